/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What names of directories were found to mean: (file system, directory, name)
 * to inode number, 0 for a name that is not there, and to the node while that
 * is in memory. One place for each hash, so the last one found wins it. Long
 * names are not kept.
 *
 * An entry is as true as the directory: whatever changes a name forgets it
 * first. A directory whose inode is freed was empty, as one that gets the
 * number later is: what is kept of it, that names are not there, stays true.
 * Only file systems that change by this library alone use it (keeps_names).
 *
 * Names are compared and hashed by words; what follows a name in its last word
 * is zero. An entry that has a node is the node's `name`.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "private.h"

#define ENTRY_BITS 9
#define WORDS      4 /* of a name */
#define LENGTH_MAX (WORDS * sizeof(uint64_t))

#define ONES       0x0101010101010101UL
#define HIGHS      0x8080808080808080UL

struct fs_name {
	const struct fs *fs; /* NULL: empty */
	uint64_t dir;
	uint64_t ino;
	struct fs_node *node; /* or NULL */
	uint64_t text[WORDS];
};

static struct fs_name entries[1U << ENTRY_BITS];

/* Bits at the zero bytes of a word; the lowest is right, those above may not.
 */
static uint64_t
zero_bytes(uint64_t word)
{
	return (word - ONES) & ~word & HIGHS;
}

static uint64_t
mixed(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * 0x9e3779b97f4a7c15UL;
	return hash ^ hash >> 32;
}

static struct fs_name *
place(uint64_t hash)
{
	return &entries[hash >> (64 - ENTRY_BITS)];
}

static bool
is_of(const struct fs_name *entry, const struct fs_node *dir,
    const uint64_t text[WORDS])
{
	return entry->dir == dir->stat.ino && entry->fs == dir->fs &&
	       ((entry->text[0] ^ text[0]) | (entry->text[1] ^ text[1]) |
		   (entry->text[2] ^ text[2]) | (entry->text[3] ^ text[3])) ==
		   0;
}

/*
 * The component of a path that starts at `at`, up to a slash or the end; up to
 * seven bytes behind that are looked at. Where it ends; NULL: it is too long.
 */
static const char *
read_component(const char *at, uint64_t text[WORDS], uint64_t *hash)
{
	for (unsigned i = 0; i < WORDS; i++) {
		uint64_t word;
		uint64_t ends;

		memcpy(&word, at + i * sizeof(word), sizeof(word));
		ends = zero_bytes(word) | zero_bytes(word ^ ONES * '/');
		if (ends == 0) {
			text[i] = word;
			*hash = mixed(*hash, word);
			continue;
		}
		text[i] = word & (ends ^ (ends - 1)) >> 8;
		*hash = mixed(*hash, text[i]);
		return at + i * sizeof(word) +
		       (unsigned)__builtin_ctzl(ends) / 8;
	}
	return NULL;
}

/* The same of a name alone. Its place; NULL: it is not to be kept. */
static struct fs_name *
read_name(const struct fs_node *dir, const char *name, uint64_t text[WORDS])
{
	size_t length = strnlen(name, LENGTH_MAX + 1);
	uint64_t hash = dir->stat.ino;

	if (!dir->fs->keeps_names || length > LENGTH_MAX)
		return NULL;
	memset(text, 0, LENGTH_MAX);
	memcpy(text, name, length);
	for (unsigned i = 0; i < WORDS && i <= length / 8; i++)
		hash = mixed(hash, text[i]);
	return place(hash);
}

/* One component of the path, if it is known and nothing special. */
static struct fs_node *
known(const struct fs_node *dir, const struct fs_cred *cred, const char **path,
    bool *slash)
{
	uint64_t text[WORDS] = {0};
	uint64_t hash = dir->stat.ino;
	struct fs_node *node;
	const char *at = *path;
	const char *end;

	while (*at == '/')
		at++;
	if (*at == '.' || *at == '\0')
		return NULL;
	end = read_component(at, text, &hash);
	if (end == NULL || !is_of(place(hash), dir, text))
		return NULL;
	node = place(hash)->node;
	if (node == NULL || S_ISLNK(node->stat.mode) ||
	    node->translator != MACH_PORT_NULL ||
	    (cred->uid != 0 && fs_access(dir, cred, 1) != 0))
		return NULL;
	*slash = *end == '/';
	*path = end;
	return node;
}

struct fs_node *
name_cache_walk(struct fs_node *dir, const struct fs_cred *cred,
    const char **path, bool *slash)
{
	struct fs_node *next;

	while ((next = known(dir, cred, path, slash)) != NULL)
		dir = next;
	return dir;
}

static void
set_node(struct fs_name *entry, struct fs_node *node)
{
	if (entry->node != NULL)
		entry->node->name = NULL;
	if (node != NULL && node->name != NULL)
		node->name->node = NULL;
	entry->node = node;
	if (node != NULL)
		node->name = entry;
}

void
name_cache_unload(struct fs_node *node)
{
	if (node->name != NULL)
		set_node(node->name, NULL);
}

/* What the name means, and where that is kept. */
static int
look_up(struct fs_node *dir, const char *name, uint64_t *ino,
    struct fs_name **where)
{
	uint64_t text[WORDS];
	struct fs_name *entry = read_name(dir, name, text);
	int error;

	*where = entry;
	if (entry != NULL && is_of(entry, dir, text)) {
		*ino = entry->ino;
		return entry->ino != 0 ? 0 : ENOENT;
	}
	error = dir->fs->ops->lookup(dir, name, ino);
	if (entry == NULL || (error != 0 && error != ENOENT))
		return error;
	set_node(entry, NULL);
	entry->fs = dir->fs;
	entry->dir = dir->stat.ino;
	entry->ino = error == 0 ? *ino : 0;
	memcpy(entry->text, text, sizeof(text));
	return error;
}

int
fs_lookup(struct fs_node *dir, const char *name, uint64_t *ino)
{
	struct fs_name *entry;

	return look_up(dir, name, ino, &entry);
}

int
name_cache_find(struct fs_node *dir, const char *name, struct fs_node **node)
{
	struct fs_name *entry;
	uint64_t ino;
	int error = look_up(dir, name, &ino, &entry);

	if (error != 0)
		return error;
	if (entry != NULL && entry->node != NULL) {
		*node = entry->node;
		fs_node_reference(*node);
		return 0;
	}
	error = fs_node_get(dir->fs, ino, node);
	if (error != 0)
		return error;
	(*node)->above = dir->stat.ino;
	if (entry != NULL)
		set_node(entry, *node);
	return 0;
}

void
name_cache_forget(const struct fs_node *dir, const char *name)
{
	uint64_t text[WORDS];
	struct fs_name *entry = read_name(dir, name, text);

	if (entry == NULL || !is_of(entry, dir, text))
		return;
	set_node(entry, NULL);
	entry->fs = NULL;
}

void
name_cache_clear(void)
{
	for (unsigned i = 0; i < 1U << ENTRY_BITS; i++) {
		set_node(&entries[i], NULL);
		entries[i].fs = NULL;
	}
}
