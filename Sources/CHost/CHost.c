#define _GNU_SOURCE
#include "CHost.h"

#include <fcntl.h>
#include <malloc.h>
#include <spawn.h>
#include <stdlib.h>
#include <unistd.h>

int host_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int host_temporary(char *pattern) { return mkostemp(pattern, O_CLOEXEC); }

int host_begin_in(void *actions, const char *folder) {
  return posix_spawn_file_actions_addchdir_np(actions, folder);
}

void host_trim_memory(void) { malloc_trim(0); }
