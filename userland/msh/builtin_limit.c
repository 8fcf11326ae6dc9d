/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ulimit: resource limits of the shell and what it starts.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/resource.h>

#include "builtin.h"

static const struct kind {
	const char *name;
	rlim_t unit;
	int which;
	char option;
} kinds[] = {
    {"time(seconds)", 1, RLIMIT_CPU, 't'},
    {"file(blocks)", 512, RLIMIT_FSIZE, 'f'},
    {"data(kbytes)", 1024, RLIMIT_DATA, 'd'},
    {"stack(kbytes)", 1024, RLIMIT_STACK, 's'},
    {"coredump(blocks)", 512, RLIMIT_CORE, 'c'},
    {"nofiles", 1, RLIMIT_NOFILE, 'n'},
    {"vmemory(kbytes)", 1024, RLIMIT_AS, 'v'},
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

struct request {
	const struct kind *kind; /* NULL: all */
	bool hard, soft;
};

static void
show(const struct request *request, const struct kind *kind)
{
	struct rlimit limit = {0};
	rlim_t value;

	(void)getrlimit(kind->which, &limit);
	value =
	    request->hard && !request->soft ? limit.rlim_max : limit.rlim_cur;
	if (value == RLIM_INFINITY)
		puts("unlimited");
	else
		printf("%" PRIu64 "\n", (uint64_t)(value / kind->unit));
}

static int
set(const char *name, const struct request *request, const char *text)
{
	rlim_t value = RLIM_INFINITY;
	struct rlimit limit;
	long long number;

	if (strcmp(text, "unlimited") != 0) {
		if (!number_parse(text, 0, INT64_MAX / 1024, &number))
			return builtin_fail(name, "%s: bad number", text);
		value = (rlim_t)number * request->kind->unit;
	}
	if (getrlimit(request->kind->which, &limit) != 0)
		return builtin_fail(name, "%s", strerror(errno));
	if (request->hard || !request->soft)
		limit.rlim_max = value;
	if (request->soft || !request->hard)
		limit.rlim_cur = value;
	if (setrlimit(request->kind->which, &limit) != 0)
		return builtin_fail(
		    name, "%s: %s", request->kind->name, strerror(errno));
	return 0;
}

static bool
take_option(struct request *request, char option)
{
	size_t i = 0;

	if (option == 'H')
		request->hard = true;
	else if (option == 'S')
		request->soft = true;
	else if (option == 'a')
		request->kind = NULL;
	if (strchr("HSa", option) != NULL)
		return true;
	while (i < KINDS && kinds[i].option != option)
		i++;
	if (i == KINDS)
		return false;
	request->kind = &kinds[i];
	return true;
}

int
builtin_ulimit(int argc, char **argv)
{
	struct request request = {.kind = &kinds[1]};
	int at = 1;

	for (; at < argc && argv[at][0] == '-' && argv[at][1] != '\0'; at++) {
		if (strcmp(argv[at], "--") == 0) {
			at++;
			break;
		}
		for (const char *o = argv[at] + 1; *o != '\0'; o++)
			if (!take_option(&request, *o))
				return builtin_fail(
				    argv[0], "bad option -%c", *o);
	}
	if (at + 1 < argc || (at < argc && request.kind == NULL))
		return builtin_fail(argv[0], "too many arguments");
	if (at < argc)
		return set(argv[0], &request, argv[at]);
	if (request.kind != NULL) {
		show(&request, request.kind);
		return 0;
	}
	for (size_t i = 0; i < KINDS; i++) {
		printf("%-20s ", kinds[i].name);
		show(&request, &kinds[i]);
	}
	return 0;
}
