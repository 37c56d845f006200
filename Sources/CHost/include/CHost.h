// What the C library has and Swift's view of it leaves out: descriptors that no child inherits, made
// in one step, and the folder that a child begins in. No system header stands here: its types would
// be this module's then, and no longer those of Glibc, in a static build.
#pragma once

int host_pipe(int ends[2]);
int host_temporary(char *pattern);
/// Takes a posix_spawn_file_actions_t.
int host_begin_in(void *actions, const char *folder);
void host_trim_memory(void);
