// What the C library has and Swift's view of it leaves out: descriptors that no child inherits, made
// in one step, and the folder that a child begins in.
#pragma once
#include <spawn.h>

int spawn_pipe(int ends[2]);
int spawn_temporary(char *pattern);
int spawn_begin_in(posix_spawn_file_actions_t *actions, const char *folder);
