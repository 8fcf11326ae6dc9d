/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a new program is given, as the process server wants it: descriptors and
 * strings in one piece, beside the rights that the descriptors stand for.
 */
#ifndef INTERNAL_EXEC_H
#define INTERNAL_EXEC_H

#include <mach/mach_types.h>

#include <servers/io_types.h>
#include <servers/process_types.h>
#include <stddef.h>

#include "descriptor.h"

struct exec_script;

struct exec_image {
	mach_port_t file;
	char path[IO_PATH_MAX];
	char *given; /* small, or pages of its own */
	size_t given_size;
	size_t memory; /* of the pages */
	size_t arguments_size;
	size_t environment_size;
	size_t port_count;
	struct exec_script *script; /* NULL: none was met */
	mach_port_t ports[PROC_PORT_FD + PROC_FD_MAX];
	_Alignas(struct startup_fd) char small[PROC_SMALL_MAX];
};

/* How many of its ports go in the message, and how many beside it. */
static inline mach_msg_type_number_t
__exec_few_ports(const struct exec_image *image)
{
	size_t count = image->port_count;

	return count <= PROC_PORTS_FEW ? (mach_msg_type_number_t)count : 0;
}

static inline mach_msg_type_number_t
__exec_more_ports(const struct exec_image *image)
{
	return (mach_msg_type_number_t)image->port_count -
	       __exec_few_ports(image);
}

/* What is to be run, and with what. */
struct exec_request {
	const char *path;
	mach_port_t file; /* instead of what path leads to, or null */
	char *const *arguments;
	char *const *environment;
	const struct descriptor *table;
	int descriptors; /* in the table; those with O_CLOEXEC are left out */
};

/* Asks the process server; an error number. */
typedef int exec_call_t(struct exec_image *image, void *argument);

/*
 * Open a program, pack what it is given, and call. What turns out to be a
 * script is given to its interpreter. An error number.
 */
int __exec_run(
    const struct exec_request *request, exec_call_t *call, void *argument);

#endif
