/* SPDX-License-Identifier: BSD-2-Clause */
/* Without a server no file is mapped, nothing written back: hooks count. */
#include <libports/ports.h>

#include "memfs.h"

int pager_before_calls;
int pager_after_calls;
int pager_unlinked_calls;
int changes_noted;

void
fs_note_change(void)
{
	changes_noted++;
}

void
fs_pager_before(struct fs_node *node, uint64_t offset, uint64_t size)
{
	(void)node;
	(void)offset;
	(void)size;
	pager_before_calls++;
}

void
fs_pager_after(struct fs_node *node, uint64_t offset, uint64_t size)
{
	(void)node;
	(void)offset;
	(void)size;
	pager_after_calls++;
}

void
fs_pager_unlinked(struct fs_node *node)
{
	(void)node;
	pager_unlinked_calls++;
}

/* The set 9 has the group 500. */
bool
ports_groups_have(natural_t groups, uint32_t gid)
{
	return groups == 9 && gid == 500;
}

/* Where there is one (server_socket.c), that. */
__attribute__((__weak__)) void
fs_address_unlinked(struct fs_node *node)
{
	(void)node;
}
