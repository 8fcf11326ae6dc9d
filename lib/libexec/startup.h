/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The start-up block of a new program: what lies on its stack when it starts
 * (servers/process_types.h). Built in the caller's memory for the address that
 * it will have in the program's.
 */
#ifndef LIBEXEC_STARTUP_H
#define LIBEXEC_STARTUP_H

#include <servers/process_types.h>
#include <stddef.h>

#include "elf_image.h"

struct startup_aux {
	uint64_t type;
	uint64_t value;
};

#define STARTUP_RANDOM_SIZE 16

/* Where parts of the block are in it, and its size. */
struct startup_place {
	size_t arg_count;
	size_t args;
	size_t envs;
	size_t random;
	size_t fds;
	size_t size;
};

struct startup {
	const struct elf_image *image;
	const char *args; /* strings, each with its NUL, args_size in all */
	size_t args_size;
	const char *envs;
	size_t envs_size;
	const struct startup_fd *fds;
	size_t fd_count;
	const struct startup_aux *aux; /* more than the block has by itself */
	size_t aux_count;
	uint8_t random[STARTUP_RANDOM_SIZE];
	struct startup_place place; /* startup_size() fills it in */
};

/*
 * Bytes that startup_build() needs; 0 when a string table lacks its last NUL.
 * Comes first, and is followed by no change.
 */
extern size_t startup_size(struct startup *startup);

/*
 * Fill buffer, whose startup_size() bytes will end at address top in the new
 * program. The stack pointer to start with, 16-byte aligned.
 */
extern uint64_t startup_build(
    const struct startup *startup, void *buffer, uint64_t top);

#endif
