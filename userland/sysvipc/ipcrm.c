/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: ipcrm [-q ID|-Q KEY|-m ID|-M KEY|-s ID|-S KEY]...
 * help: remove message queues, shared memory and semaphores
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("ipcrm [-q ID|-Q KEY|-m ID|-M KEY|-s ID|-S KEY]...",
    "remove message queues, shared memory and semaphores");

static int
remove_id(int letter, int id)
{
	switch (letter) {
	case 'q':
		return msgctl(id, IPC_RMID, NULL);
	case 'm':
		return shmctl(id, IPC_RMID, NULL);
	default:
		return semctl(id, 0, IPC_RMID);
	}
}

static int
find_key(int letter, key_t key)
{
	switch (letter) {
	case 'Q':
		return msgget(key, 0);
	case 'M':
		return shmget(key, 0, 0);
	default:
		return semget(key, 0, 0);
	}
}

/* Keys are printed as 0x..., so any base will do. */
static long long
number_of(const char *text, long long most)
{
	char *end;
	long long number;

	errno = 0;
	number = strtoll(text, &end, 0);
	if (end == text || *end != '\0' || errno != 0 || number < 0 ||
	    number > most)
		die("%s: not a number", text);
	return number;
}

static void
remove_one(int option, const char *text)
{
	bool by_key = strchr("QMS", option) != NULL;
	int letter = by_key ? option - 'A' + 'a' : option;
	int id;

	if (by_key)
		id = find_key(option, (key_t)number_of(text, UINT_MAX));
	else
		id = (int)number_of(text, INT_MAX);
	if (id < 0 || remove_id(letter, id) != 0)
		warn_errno(text);
}

int
main(int argc, char **argv)
{
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "q:Q:m:M:s:S:")) != -1) {
		if (option == '?')
			util_usage_exit();
		remove_one(option, optarg);
	}
	if (optind != argc || argc == 1)
		util_usage_exit();
	return util_exit(0);
}
