/* SPDX-License-Identifier: BSD-2-Clause */
/* Temporary files and directories under new names. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "tempname.h"

#define TRIES 100

void
__temp_name(char *six)
{
	static const char letters[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	static uint64_t state;
	struct timespec now;
	uint64_t value;
	int i;

	clock_gettime(CLOCK_REALTIME, &now);
	value =
	    __atomic_add_fetch(&state, 0x9e3779b97f4a7c15UL, __ATOMIC_RELAXED);
	value ^= (uint64_t)now.tv_nsec << 20 ^ (uint64_t)now.tv_sec ^
		 (uint64_t)getpid() << 40;
	value = (value ^ value >> 29) * 0xbf58476d1ce4e5b9UL;
	value ^= value >> 32;
	for (i = 0; i < 6; i++) {
		six[i] = letters[value % 62];
		value /= 62;
	}
}

/* The six X in front of a suffix of so many characters, or null. */
static char *
find_pattern(char *template, int suffix)
{
	size_t length = strlen(template);

	if (suffix < 0 || length < 6 + (size_t)suffix ||
	    memcmp(template + length - (size_t)suffix - 6, "XXXXXX", 6) != 0) {
		errno = EINVAL;
		return NULL;
	}
	return template + length - (size_t)suffix - 6;
}

static int
make_file(char *template, int suffix, int flags)
{
	char *pattern = find_pattern(template, suffix);
	int tries;
	int fd;

	if (pattern == NULL)
		return -1;
	for (tries = 0; tries < TRIES; tries++) {
		__temp_name(pattern);
		fd = open(template, O_RDWR | O_CREAT | O_EXCL | flags, 0600);
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

int
mkstemp(char *template)
{
	return make_file(template, 0, 0);
}

int
mkstemps(char *template, int suffix)
{
	return make_file(template, suffix, 0);
}

int
mkostemp(char *template, int flags)
{
	return make_file(template, 0, flags & (O_APPEND | O_CLOEXEC | O_SYNC));
}

char *
mkdtemp(char *template)
{
	char *pattern = find_pattern(template, 0);
	int tries;

	if (pattern == NULL)
		return NULL;
	for (tries = 0; tries < TRIES; tries++) {
		__temp_name(pattern);
		if (mkdir(template, 0700) == 0)
			return template;
		if (errno != EEXIST)
			return NULL;
	}
	return NULL;
}
