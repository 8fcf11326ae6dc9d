/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a new program is given, as the process server wants it: strings in one
 * piece of memory, descriptors beside the rights they stand for.
 */
#ifndef INTERNAL_EXEC_H
#define INTERNAL_EXEC_H

#include <mach/mach_types.h>

#include <servers/io_types.h>
#include <servers/process_types.h>
#include <stdbool.h>
#include <stddef.h>

#include "descriptor.h"

struct exec_image {
	mach_port_t file;
	char path[IO_PATH_MAX];
	char *strings; /* arguments, then the environment */
	size_t arguments_size;
	size_t environment_size;
	size_t memory; /* allocated for the strings */
	size_t descriptors;
	struct startup_fd table[PROC_FD_MAX];
	mach_port_t ports[PROC_PORT_FD + PROC_FD_MAX];
	size_t port_count;
};

/*
 * Open a program, following #! lines, and pack its arguments. Returns 0 or an
 * error number; on success __exec_release() has to follow.
 */
int __exec_prepare(struct exec_image *image, const char *path,
    char *const arguments[], char *const environment[]);

/* Enter descriptors; those with O_CLOEXEC are left out. */
void __exec_descriptors(
    struct exec_image *image, const struct descriptor *table, int count);

void __exec_release(struct exec_image *image);

#endif
