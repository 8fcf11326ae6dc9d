/* SPDX-License-Identifier: BSD-2-Clause */
/* The groups a user is a member of. */
#include <grp.h>
#include <string.h>

static void
add(gid_t group, gid_t *groups, int room, int *count)
{
	int i;

	for (i = 0; i < *count && i < room; i++)
		if (groups[i] == group)
			return;
	if (*count < room)
		groups[*count] = group;
	(*count)++;
}

int
getgrouplist(const char *name, gid_t group, gid_t *groups, int *size)
{
	const struct group *entry;
	int count = 0;
	int room = *size;

	add(group, groups, room, &count);
	setgrent();
	while ((entry = getgrent()) != NULL) {
		char **member;

		for (member = entry->gr_mem; *member != NULL; member++)
			if (strcmp(*member, name) == 0)
				add(entry->gr_gid, groups, room, &count);
	}
	endgrent();
	*size = count;
	return count <= room ? count : -1;
}
