/* SPDX-License-Identifier: BSD-2-Clause */
/* The start-up block as a new program reads it. */
#include <libexec/startup.h>
#include <libtest/test.h>
#include <stdlib.h>

#define TOP 0x7fff00000000UL

static uint64_t base;
static char *block;

/* What lies at an address of the new program. */
static void *
at(uint64_t address)
{
	return block + (address - base);
}

static uint64_t
value_of(const uint64_t *aux, uint64_t type)
{
	for (; aux[0] != STARTUP_AT_NULL; aux += 2) {
		if (aux[0] == type)
			return aux[1];
	}
	return UINT64_MAX;
}

static void
test_block(void)
{
	static const struct elf_image image = {
	    .entry = 0x400100, .phdr = 0x400040, .phnum = 3};
	static const struct startup_fd fds[2] = {{.fd = 5}, {.fd = 7}};
	static const struct startup_aux aux[1] = {{STARTUP_PROC, 99}};
	struct startup startup = {
	    .image = &image,
	    .args = "cat\0\0/etc/motd",
	    .args_size = 15,
	    .envs = "A=b",
	    .envs_size = 4,
	    .fds = fds,
	    .fd_count = 2,
	    .aux = aux,
	    .aux_count = 1,
	    .random = {1, 2, 3},
	};
	size_t size = startup_size(&startup);
	const struct startup_fd *table;
	const uint64_t *word;

	block = malloc(size);
	memset(block, 0xaa, size);
	base = startup_build(&startup, block, TOP);
	word = at(base);
	is_int(base % 16, 0, "the stack pointer is aligned");
	is_int(base + size, TOP, "the block ends at the top");
	is_int(word[0], 3, "argc counts empty arguments");
	is_str(at(word[1]), "cat", "argv[0]");
	is_str(at(word[2]), "", "an empty argument");
	is_str(at(word[3]), "/etc/motd", "argv[2]");
	is_int(word[4], 0, "argv ends");
	is_str(at(word[5]), "A=b", "envp[0]");
	is_int(word[6], 0, "envp ends");
	word += 7;
	is_int(value_of(word, STARTUP_AT_ENTRY), 0x400100, "the entry");
	is_int(value_of(word, STARTUP_AT_PHDR), 0x400040, "the headers");
	is_int(value_of(word, STARTUP_PROC), 99, "the caller's own pair");
	is_int(value_of(word, STARTUP_FD_COUNT), 2, "number of descriptors");
	table = at(value_of(word, STARTUP_FD_TABLE));
	is_int(table[1].fd, 7, "the descriptors");
	ok(memcmp(at(value_of(word, STARTUP_AT_RANDOM)), startup.random,
	       STARTUP_RANDOM_SIZE) == 0,
	    "the random bytes");
	free(block);
}

static void
test_sizes(void)
{
	static const struct elf_image image;
	static char args[64];
	struct startup startup = {.image = &image, .args = args};
	bool aligned = true;

	/* Every length of arguments; the sanitizer sees a byte too many. */
	for (size_t size = 0; size < sizeof(args); size++) {
		memset(args, 'x', size);
		if (size > 0)
			args[size - 1] = '\0';
		startup.args_size = size;
		block = malloc(startup_size(&startup));
		base = startup_build(&startup, block, TOP);
		aligned = aligned && base % 16 == 0 &&
			  *(uint64_t *)(void *)block == (size > 0);
		free(block);
	}
	ok(aligned, "arguments of every length");
	args[0] = 'x';
	startup.args_size = 1;
	is_int(startup_size(&startup), 0, "arguments without an end: refused");
	startup.args_size = 0;
	startup.envs = args;
	startup.envs_size = 1;
	is_int(startup_size(&startup), 0, "and the environment");
}

int
main(void)
{
	test_block();
	test_sizes();
	return test_done();
}
