/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of directories: one hash for all, and a list for each directory. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tmpfs.h"

#define BUCKETS_FIRST 64U

static size_t
bucket_of(const struct tmpfs *fs, uint32_t dir, const char *name)
{
	uint32_t hash = dir * 0x9e3779b1U;

	for (; *name != '\0'; name++)
		hash = hash * 31 + (uint8_t)*name;
	return (hash ^ hash >> 15) & (fs->bucket_count - 1);
}

/* If there is no memory for more buckets, those that are there will do. */
static bool
grow(struct tmpfs *fs)
{
	struct tmpfs old = *fs;

	fs->bucket_count =
	    old.bucket_count == 0 ? BUCKETS_FIRST : old.bucket_count * 2;
	fs->buckets = calloc(fs->bucket_count, sizeof(struct tmpfs_entry *));
	if (fs->buckets == NULL) {
		fs->bucket_count = old.bucket_count;
		fs->buckets = old.buckets;
		return fs->bucket_count > 0;
	}
	for (size_t i = 0; i < old.bucket_count; i++) {
		struct tmpfs_entry *entry = old.buckets[i];

		while (entry != NULL) {
			struct tmpfs_entry *next = entry->hash_next;
			size_t at = bucket_of(fs, entry->dir, entry->name);

			entry->hash_next = fs->buckets[at];
			fs->buckets[at] = entry;
			entry = next;
		}
	}
	free(old.buckets);
	return true;
}

struct tmpfs_entry *
entry_find(const struct tmpfs *fs, uint32_t dir, const char *name)
{
	struct tmpfs_entry *entry;

	if (fs->bucket_count == 0)
		return NULL;
	entry = fs->buckets[bucket_of(fs, dir, name)];
	while (entry != NULL &&
	       (entry->dir != dir || strcmp(entry->name, name) != 0))
		entry = entry->hash_next;
	return entry;
}

uint8_t
entry_type(uint64_t mode)
{
	return (uint8_t)((mode & S_IFMT) >> 12);
}

int
entry_add(struct tmpfs *fs, struct tmpfs_inode *dir, const char *name,
    const struct io_stat *stat)
{
	size_t length = strlen(name);
	struct tmpfs_entry *entry;
	size_t at;

	if (fs->entry_count >= fs->bucket_count && !grow(fs))
		return ENOMEM;
	entry = malloc(sizeof(*entry) + length + 1);
	if (entry == NULL)
		return ENOMEM;
	at = bucket_of(fs, (uint32_t)dir->stat.ino, name);
	*entry = (struct tmpfs_entry){
	    .hash_next = fs->buckets[at],
	    .prev = dir->last,
	    .cookie = ++fs->cookie,
	    .dir = (uint32_t)dir->stat.ino,
	    .ino = (uint32_t)stat->ino,
	    .type = entry_type(stat->mode),
	    .length = (uint8_t)length,
	};
	memcpy(entry->name, name, length + 1);
	fs->buckets[at] = entry;
	fs->entry_count++;
	if (dir->last != NULL)
		dir->last->next = entry;
	else
		dir->first = entry;
	dir->last = entry;
	return 0;
}

void
entry_remove(
    struct tmpfs *fs, struct tmpfs_inode *dir, struct tmpfs_entry *entry)
{
	struct tmpfs_entry **link =
	    &fs->buckets[bucket_of(fs, entry->dir, entry->name)];

	while (*link != entry)
		link = &(*link)->hash_next;
	*link = entry->hash_next;
	if (entry->next != NULL)
		entry->next->prev = entry->prev;
	else
		dir->last = entry->prev;
	if (entry->prev != NULL)
		entry->prev->next = entry->next;
	else
		dir->first = entry->next;
	fs->entry_count--;
	free(entry);
}
