/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of shared memory objects, semaphores and message queues: files of one
 * directory, which their kind's prefix keeps apart.
 */
#ifndef INTERNAL_NAMED_H
#define INTERNAL_NAMED_H

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

#define NAMED_PATH_MAX (NAME_MAX + 32)

/* The path of a name; false with errno. */
bool __named_path(
    char path[NAMED_PATH_MAX], const char *name, const char *prefix);

/*
 * Make a file of `size` bytes under a name of its own in the directory, to be
 * filled and then given its name by __named_finish(). -1 with errno.
 */
int __named_make(char path[NAMED_PATH_MAX], off_t size, mode_t mode);

/*
 * Give the file its name, if it was filled, and take the other away. The
 * descriptor; or -1 with errno, filling's own if that failed, and it is closed.
 */
int __named_finish(
    int fd, bool filled, const char *temporary, const char *path);

/* unlink(), with EACCES when it is another user's. */
int __named_remove(const char *path);

#endif
