/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How long this server waits for what users' processes do: their memory may be
 * paged by themselves, and their files be their own servers'. Each such wait
 * has an end (memory.c, rights.c), and whose processes have cost time is not
 * waited for again until ten times as much has passed. So nobody takes more
 * than a tenth of the time from the others. User 0 is trusted.
 */
#include <mach/traps.h>

#include "procfs.h"

#define CLOCK_BOOT 0
#define FREE_NS    20000000U /* what anything may take */
#define FACTOR     10U
#define USERS_MAX  32U

struct user {
	uint64_t uid;
	uint64_t until; /* ns since boot */
};

static struct user users[USERS_MAX];

bool
patience_left(const struct proc_details *process)
{
	uint64_t now = clock_get_ns(CLOCK_BOOT);

	for (unsigned i = 0; i < USERS_MAX; i++)
		if (users[i].uid == process->uid && now < users[i].until)
			return false;
	return true;
}

void
patience_spend(const struct proc_details *process, uint64_t since)
{
	uint64_t now = clock_get_ns(CLOCK_BOOT);
	struct user *user = &users[0];

	if (process->uid == 0 || now - since < FREE_NS)
		return;
	for (unsigned i = 0; i < USERS_MAX; i++) {
		if (users[i].uid == process->uid) {
			user = &users[i];
			break;
		}
		if (users[i].until < user->until)
			user = &users[i];
	}
	*user = (struct user){process->uid, now + (now - since) * FACTOR};
}
