/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Supplementary groups. The process server keeps each set of them that some
 * process has in a table, which bootstrap hands out as "groups": a right to
 * memory that can be read. What the kernel tells of a message's sender
 * (ports_sender_groups) names a set; 0 is none. A place in the table is used
 * again under another name only, so an old message's sender has no groups
 * rather than another's.
 */
#ifndef SERVERS_GROUPS_H
#define SERVERS_GROUPS_H

#include <stdbool.h>
#include <stdint.h>

#define GROUPS_MAX 32   /* NGROUPS_MAX */
#define GROUP_SETS 1024 /* places; the first is not used */

struct group_set {
	uint32_t name; /* place + a multiple of GROUP_SETS; 0: nobody's */
	uint32_t count;
	uint32_t groups[GROUPS_MAX];
};

static inline bool
group_set_has(const struct group_set *table, uint32_t name, uint32_t gid)
{
	const struct group_set *set = &table[name % GROUP_SETS];

	if (name == 0 || set->name != name)
		return false;
	for (uint32_t i = 0; i < set->count && i < GROUPS_MAX; i++)
		if (set->groups[i] == gid)
			return true;
	return false;
}

#endif
