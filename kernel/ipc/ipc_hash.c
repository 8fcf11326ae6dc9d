/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From (space, port) to the entry with the send right: one table for all
 * spaces, chained through the entries. It is sized by the machine's memory, so
 * that however many ports that holds, a chain has no more than some 30.
 */
#include <arch/types.h>

#include <ipc/ipc_entry.h>
#include <kern/panic.h>
#include <kern/slab.h>
#include <vm/vm_kernel.h>

#define HASH_BITS_MIN 9
#define HASH_BITS_MAX 20

static struct ipc_entry **buckets;
static unsigned hash_bits = HASH_BITS_MIN;

void
ipc_hash_init(void)
{
	vm_statistics_data_t statistics;

	vm_statistics_get(&statistics);
	while (hash_bits < HASH_BITS_MAX &&
	       (2UL << hash_bits) < statistics.total_count)
		hash_bits++;
	buckets = kalloc_zero(sizeof(void *) << hash_bits);
	if (buckets == NULL)
		panic("no memory for the port hash");
}

static inline struct ipc_entry **
bucket(const struct ipc_space *space, const void *object)
{
	uint64_t key = ((uintptr_t)space >> 6) * 0x9e3779b97f4a7c15UL ^
		       (uintptr_t)object >> 6;

	return &buckets[(key * 0xff51afd7ed558ccdUL) >> (64 - hash_bits)];
}

struct ipc_entry *
ipc_hash_lookup(const struct ipc_space *space, const struct ipc_port *port)
{
	struct ipc_entry *entry = *bucket(space, port);

	while (entry != NULL &&
	       ((const void *)entry->object != (const void *)port ||
		   ipc_entry_space(entry) != space))
		entry = entry->hash_next;
	return entry;
}

void
ipc_hash_insert(struct ipc_entry *entry)
{
	struct ipc_entry **head = bucket(ipc_entry_space(entry), entry->object);

	entry->hash_next = *head;
	*head = entry;
}

void
ipc_hash_remove(struct ipc_entry *entry)
{
	struct ipc_entry **link = bucket(ipc_entry_space(entry), entry->object);

	while (*link != entry) {
		assert(*link != NULL);
		link = &(*link)->hash_next;
	}
	*link = entry->hash_next;
	entry->hash_next = NULL;
}
