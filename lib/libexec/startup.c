/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From low to high: argc, argv, NULL, envp, NULL, the auxiliary vector; the
 * descriptor table; random bytes; the strings of envs and of args, up to top.
 */
#include "startup.h"

#include <stdbool.h>
#include <string.h>

/* Pairs that the block has by itself, with the end. */
#define OWN_AUX 9

/* Of which the last has its NUL. */
static size_t
count_strings(const char *strings, size_t size)
{
	const char *end = strings + size;
	size_t count = 0;

	for (; strings < end; count++)
		strings += strlen(strings) + 1;
	return count;
}

static bool
is_terminated(const char *strings, size_t size)
{
	return size == 0 || strings[size - 1] == '\0';
}

static size_t
vector_words(const struct startup *startup, size_t arg_count)
{
	return 1 + arg_count + 1 +
	       count_strings(startup->envs, startup->envs_size) + 1 +
	       2 * (OWN_AUX + startup->aux_count);
}

/* Offsets from the block's start. */
static struct startup_place
place_all(const struct startup *startup)
{
	size_t strings = startup->args_size + startup->envs_size;
	size_t arg_count = count_strings(startup->args, startup->args_size);
	struct startup_place place = {.arg_count = arg_count};
	size_t at = vector_words(startup, arg_count) * sizeof(uint64_t);

	place.fds = at;
	at += startup->fd_count * sizeof(*startup->fds);
	place.random = at;
	at += STARTUP_RANDOM_SIZE;
	/* The strings end where the block does, which is a multiple of 16. */
	place.size = (at + strings + 15) & ~(size_t)15;
	place.args = place.size - startup->args_size;
	place.envs = place.args - startup->envs_size;
	return place;
}

size_t
startup_size(struct startup *startup)
{
	if (!is_terminated(startup->args, startup->args_size) ||
	    !is_terminated(startup->envs, startup->envs_size))
		return 0;
	startup->place = place_all(startup);
	return startup->place.size;
}

/* Addresses of the strings, and the NULL after them. */
static uint64_t *
put_pointers(uint64_t *to, const char *strings, size_t size, uint64_t address)
{
	for (size_t i = 0; i < size; i += strlen(strings + i) + 1)
		*to++ = address + i;
	*to++ = 0;
	return to;
}

static uint64_t *
put_aux(uint64_t *to, uint64_t type, uint64_t value)
{
	*to++ = type;
	*to++ = value;
	return to;
}

static uint64_t *
put_vector(uint64_t *to, const struct startup *startup,
    const struct startup_place *place, uint64_t base)
{
	const struct elf_image *image = startup->image;

	to = put_aux(to, STARTUP_AT_PHDR, image->phdr);
	to = put_aux(to, STARTUP_AT_PHENT, ELF_IMAGE_PHDR_SIZE);
	to = put_aux(to, STARTUP_AT_PHNUM, image->phnum);
	to = put_aux(to, STARTUP_AT_PAGESZ, ELF_IMAGE_PAGE);
	to = put_aux(to, STARTUP_AT_ENTRY, image->entry);
	to = put_aux(to, STARTUP_AT_RANDOM, base + place->random);
	to = put_aux(to, STARTUP_FD_TABLE, base + place->fds);
	to = put_aux(to, STARTUP_FD_COUNT, startup->fd_count);
	for (size_t i = 0; i < startup->aux_count; i++)
		to = put_aux(to, startup->aux[i].type, startup->aux[i].value);
	return put_aux(to, STARTUP_AT_NULL, 0);
}

static void
put_bytes(char *block, size_t at, const void *from, size_t size)
{
	if (size > 0)
		memcpy(block + at, from, size);
}

uint64_t
startup_build(const struct startup *startup, void *buffer, uint64_t top)
{
	const struct startup_place place = startup->place;
	uint64_t base = top - place.size;
	uint64_t *to = buffer;

	memset(buffer, 0, place.size);
	*to++ = place.arg_count;
	to = put_pointers(
	    to, startup->args, startup->args_size, base + place.args);
	to = put_pointers(
	    to, startup->envs, startup->envs_size, base + place.envs);
	put_vector(to, startup, &place, base);
	put_bytes(buffer, place.fds, startup->fds,
	    startup->fd_count * sizeof(*startup->fds));
	put_bytes(buffer, place.random, startup->random, STARTUP_RANDOM_SIZE);
	put_bytes(buffer, place.envs, startup->envs, startup->envs_size);
	put_bytes(buffer, place.args, startup->args, startup->args_size);
	return base;
}
