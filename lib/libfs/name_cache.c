/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What names of directories were found to mean: (file system, directory, name)
 * to inode number, 0 for a name that is not there. One place for each hash, so
 * the last one found wins it. Long names are not kept.
 *
 * An entry is as true as the directory: whatever changes a name forgets it
 * first. A directory whose inode is freed was empty, as one that gets the
 * number later is: what is kept of it, that names are not there, stays true.
 * Only file systems that change by this library alone use it (keeps_names).
 */
#include <errno.h>
#include <string.h>

#include "private.h"

#define ENTRIES  512U /* a power of two */
#define NAME_MAX 36U  /* with its NUL: an entry has 64 bytes */

struct entry {
	const struct fs *fs; /* NULL: empty */
	uint64_t dir;
	uint64_t ino;
	uint32_t length; /* of the name, with its NUL */
	char name[NAME_MAX];
};

static struct entry entries[ENTRIES];

/* Where the name's entry is, if it has one; NULL: it is not to be kept. */
static struct entry *
place_of(const struct fs_node *dir, const char *name, uint32_t *length)
{
	uint32_t hash = (uint32_t)dir->stat.ino;
	uint32_t i;

	if (!dir->fs->keeps_names)
		return NULL;
	for (i = 0; name[i] != '\0'; i++) {
		if (i == NAME_MAX - 1)
			return NULL;
		hash = hash * 31 + (uint8_t)name[i];
	}
	*length = i + 1;
	return &entries[(hash ^ hash >> 9) % ENTRIES];
}

static bool
is_of(const struct entry *entry, const struct fs_node *dir, const char *name,
    uint32_t length)
{
	return entry->dir == dir->stat.ino && entry->fs == dir->fs &&
	       entry->length == length &&
	       memcmp(entry->name, name, length) == 0;
}

int
fs_lookup(struct fs_node *dir, const char *name, uint64_t *ino)
{
	uint32_t length = 0;
	struct entry *entry = place_of(dir, name, &length);
	int error;

	if (entry != NULL && is_of(entry, dir, name, length)) {
		*ino = entry->ino;
		return entry->ino != 0 ? 0 : ENOENT;
	}
	error = dir->fs->ops->lookup(dir, name, ino);
	if (entry == NULL || (error != 0 && error != ENOENT))
		return error;
	entry->fs = dir->fs;
	entry->dir = dir->stat.ino;
	entry->ino = error == 0 ? *ino : 0;
	entry->length = length;
	memcpy(entry->name, name, length);
	return error;
}

void
name_cache_forget(const struct fs_node *dir, const char *name)
{
	uint32_t length = 0;
	struct entry *entry = place_of(dir, name, &length);

	if (entry != NULL && is_of(entry, dir, name, length))
		entry->fs = NULL;
}

void
name_cache_clear(void)
{
	memset(entries, 0, sizeof(entries));
}
