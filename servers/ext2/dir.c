/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Directories: blocks of records that fill each block exactly. A record with
 * inode 0 is free room. Each is checked before it is used.
 *
 * Of the name that was looked for last it is known where it stands, or that it
 * is not there, and where it would find room: a file is looked up before it is
 * made, and again to be opened or removed. Who changes a directory sees to it
 * that this stays true.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "ext2.h"

/* One record found: its block's buffer is held. */
struct slot {
	struct ext2_buffer *buffer;
	struct ext2_place place;
};

/* What is looked for, and on the way to its end: room for it. */
struct search {
	const char *name; /* NULL: room only */
	size_t length;
	uint32_t room;
	bool has_room;
	struct ext2_place free; /* where */
};

static uint32_t
record_size(size_t name_length)
{
	return (uint32_t)(EXT2_DIRENT_HEAD + name_length + 3) & ~3U;
}

static struct ext2_dirent *
record_at(const struct ext2_buffer *buffer, uint32_t offset)
{
	return (struct ext2_dirent *)(void *)(buffer->data + offset);
}

static uint8_t
type_of(uint32_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:
		return 1;
	case S_IFDIR:
		return 2;
	case S_IFCHR:
		return 3;
	case S_IFBLK:
		return 4;
	case S_IFIFO:
		return 5;
	case S_IFSOCK:
		return 6;
	case S_IFLNK:
		return 7;
	default:
		return 0;
	}
}

static bool
has_types(const struct ext2_fs *fs)
{
	return fs->super.feature_incompat & EXT2_INCOMPAT_FILETYPE;
}

static bool
record_valid(
    const struct ext2_fs *fs, const struct ext2_buffer *buffer, uint32_t offset)
{
	const struct ext2_dirent *entry = record_at(buffer, offset);

	return offset + EXT2_DIRENT_HEAD <= fs->block_size &&
	       entry->rec_len >= EXT2_DIRENT_HEAD &&
	       (entry->rec_len & 3) == 0 &&
	       entry->rec_len <= fs->block_size - offset &&
	       record_size(entry->name_len) <= entry->rec_len &&
	       entry->inode <= fs->super.inodes_count;
}

static int
block_get(struct fs_node *dir, uint64_t index, struct ext2_buffer **buffer)
{
	struct ext2_fs *fs = ext2_of(dir);
	uint32_t block;
	int error = ext2_bmap(dir, index, false, &block);

	if (error == 0 && block == 0)
		error = ext2_damaged(fs, "hole in directory", dir->stat.ino);
	if (error != 0)
		return error;
	return bcache_get(&fs->cache, block, buffer);
}

static uint64_t
block_total(struct fs_node *dir)
{
	return dir->stat.size / ext2_of(dir)->block_size;
}

static bool
is_entry(const struct ext2_dirent *entry, const char *name, size_t length)
{
	return entry->inode != 0 && entry->name_len == length &&
	       memcmp(entry->name, name, length) == 0;
}

static bool
has_room(const struct ext2_dirent *entry, uint32_t room)
{
	uint32_t used = entry->inode != 0 ? record_size(entry->name_len) : 0;

	return entry->rec_len - used >= room;
}

/*
 * Find the entry in one block, or if only that is wanted, room. True leaves the
 * place in *slot.
 */
static int
search_block(struct fs_node *dir, struct ext2_buffer *buffer,
    struct search *search, struct slot *slot)
{
	struct ext2_fs *fs = ext2_of(dir);
	struct ext2_place *place = &slot->place;

	slot->buffer = buffer;
	place->offset = 0;
	place->previous = 0;
	while (place->offset < fs->block_size) {
		const struct ext2_dirent *entry =
		    record_at(buffer, place->offset);

		if (!record_valid(fs, buffer, place->offset))
			return ext2_damaged(
			    fs, "bad directory record", dir->stat.ino);
		if (!search->has_room && has_room(entry, search->room)) {
			search->has_room = true;
			search->free = *place;
			if (search->name == NULL)
				return 0;
		}
		if (search->name != NULL &&
		    is_entry(entry, search->name, search->length))
			return 0;
		place->previous = place->offset;
		place->offset += entry->rec_len;
	}
	return ENOENT;
}

static int
search_all(struct fs_node *dir, struct search *search, struct slot *slot)
{
	for (uint64_t i = 0; i < block_total(dir); i++) {
		struct ext2_buffer *buffer;
		int error = block_get(dir, i, &buffer);

		if (error != 0)
			return error;
		slot->place.block = i;
		error = search_block(dir, buffer, search, slot);
		if (error == 0)
			return 0;
		bcache_put(&ext2_of(dir)->cache, buffer);
		if (error != ENOENT)
			return error;
	}
	return ENOENT;
}

/* Nothing is known of a directory that changes. */
static void
forget(struct fs_node *dir)
{
	ext2_of(dir)->memo.ino = 0;
}

/* What is known of a name now: where it is, or else where there is room. */
static void
remember(struct fs_node *dir, const char *name, bool there,
    const struct ext2_place *place)
{
	struct ext2_memo *memo = &ext2_of(dir)->memo;
	size_t length = strlen(name);

	if (length >= sizeof(memo->name)) {
		memo->ino = 0;
		return;
	}
	memo->ino = dir->stat.ino;
	memcpy(memo->name, name, length + 1);
	memo->there = there;
	memo->room = place != NULL;
	if (place != NULL)
		memo->place = *place;
}

/* What is known of a name, or NULL. */
static const struct ext2_memo *
recall(struct fs_node *dir, const char *name)
{
	const struct ext2_memo *memo = &ext2_of(dir)->memo;

	return memo->ino == dir->stat.ino && strcmp(memo->name, name) == 0
		   ? memo
		   : NULL;
}

/* Is there still what was remembered? On a damaged disk blocks are shared. */
static bool
is_still(const struct ext2_fs *fs, const struct ext2_buffer *buffer,
    const struct ext2_place *place, const struct search *search)
{
	const struct ext2_dirent *entry = record_at(buffer, place->offset);

	if (!record_valid(fs, buffer, place->previous) ||
	    !record_valid(fs, buffer, place->offset) ||
	    (place->previous != place->offset &&
		record_at(buffer, place->previous)->rec_len !=
		    place->offset - place->previous))
		return false;
	return search->name != NULL
		   ? is_entry(entry, search->name, search->length)
		   : has_room(entry, search->room);
}

/* The record at a place that is remembered. False: look for it. */
static bool
get_place(struct fs_node *dir, const struct ext2_place *place,
    const struct search *search, struct slot *slot)
{
	struct ext2_fs *fs = ext2_of(dir);

	slot->place = *place;
	if (block_get(dir, place->block, &slot->buffer) != 0)
		return false;
	if (is_still(fs, slot->buffer, place, search))
		return true;
	bcache_put(&fs->cache, slot->buffer);
	return false;
}

/* The entry `name`. ENOENT. */
static int
find_entry(struct fs_node *dir, const char *name, struct slot *slot)
{
	const struct ext2_memo *memo = recall(dir, name);
	struct search search = {.name = name, .length = strlen(name)};
	int error;

	if (memo != NULL && !memo->there)
		return ENOENT;
	if (memo != NULL && get_place(dir, &memo->place, &search, slot))
		return 0;
	search.room = record_size(search.length);
	error = search_all(dir, &search, slot);
	if (error == 0)
		remember(dir, name, true, &slot->place);
	else if (error == ENOENT)
		remember(
		    dir, name, false, search.has_room ? &search.free : NULL);
	return error;
}

/* A record with room for the entry `name`. ENOENT. */
static int
find_room(struct fs_node *dir, const char *name, struct slot *slot)
{
	const struct ext2_memo *memo = recall(dir, name);
	struct search search = {.room = record_size(strlen(name))};

	if (memo != NULL && !memo->there && memo->room &&
	    get_place(dir, &memo->place, &search, slot))
		return 0;
	return search_all(dir, &search, slot);
}

int
ext2_dir_find(struct fs_node *dir, const char *name, uint32_t *ino)
{
	struct slot slot;
	int error = find_entry(dir, name, &slot);

	if (error != 0)
		return error;
	*ino = record_at(slot.buffer, slot.place.offset)->inode;
	bcache_put(&ext2_of(dir)->cache, slot.buffer);
	return 0;
}

static void
record_fill(struct ext2_fs *fs, struct ext2_dirent *entry, const char *name,
    uint32_t ino, uint32_t mode)
{
	entry->inode = ino;
	entry->name_len = (uint8_t)strlen(name);
	entry->file_type = has_types(fs) ? type_of(mode) : 0;
	memcpy(entry->name, name, entry->name_len);
}

/* Append an empty block to the directory and take its whole record. */
static int
append_block(struct fs_node *dir, struct slot *slot)
{
	struct ext2_fs *fs = ext2_of(dir);
	uint64_t index = block_total(dir);
	uint32_t block;
	int error = ext2_bmap(dir, index, true, &block);

	if (error != 0)
		return error;
	error = bcache_zero(&fs->cache, block, &slot->buffer);
	if (error != 0)
		return error;
	slot->place = (struct ext2_place){.block = index};
	record_at(slot->buffer, 0)->rec_len = (uint16_t)fs->block_size;
	dir->stat.size += fs->block_size;
	dir->stat.blocks = ext2_node(dir)->inode.blocks;
	ext2_inode_set_size(&ext2_node(dir)->inode, dir->stat.size);
	ext2_node(dir)->dirty = true;
	return 0;
}

int
ext2_dir_add(struct fs_node *dir, const char *name, uint32_t ino, uint32_t mode)
{
	struct ext2_fs *fs = ext2_of(dir);
	struct ext2_dirent *entry;
	struct slot slot = {0};
	int error = find_room(dir, name, &slot);

	if (error == ENOENT)
		error = append_block(dir, &slot);
	if (error != 0 || slot.buffer == NULL)
		return error;
	entry = record_at(slot.buffer, slot.place.offset);
	if (entry->inode != 0) {
		uint32_t used = record_size(entry->name_len);
		uint16_t left = (uint16_t)(entry->rec_len - used);

		entry->rec_len = (uint16_t)used;
		slot.place.previous = slot.place.offset;
		slot.place.offset += used;
		entry = record_at(slot.buffer, slot.place.offset);
		entry->rec_len = left;
	}
	record_fill(fs, entry, name, ino, mode);
	remember(dir, name, true, &slot.place);
	bcache_dirty(&fs->cache, slot.buffer);
	bcache_put(&fs->cache, slot.buffer);
	return 0;
}

int
ext2_dir_remove(struct fs_node *dir, const char *name)
{
	struct ext2_fs *fs = ext2_of(dir);
	struct ext2_dirent *entry;
	struct slot slot;
	int error = find_entry(dir, name, &slot);

	if (error != 0)
		return error;
	entry = record_at(slot.buffer, slot.place.offset);
	if (slot.place.previous != slot.place.offset) {
		record_at(slot.buffer, slot.place.previous)->rec_len +=
		    entry->rec_len;
		slot.place.offset = slot.place.previous;
	}
	entry->inode = 0;
	entry = record_at(slot.buffer, slot.place.offset);
	/* What is before a record without an entry is not known any more. */
	if (entry->inode != 0 || slot.place.offset == 0)
		remember(dir, name, false, &slot.place);
	else
		forget(dir);
	bcache_dirty(&fs->cache, slot.buffer);
	bcache_put(&fs->cache, slot.buffer);
	return 0;
}

int
ext2_dir_replace(
    struct fs_node *dir, const char *name, uint32_t ino, uint32_t mode)
{
	struct ext2_fs *fs = ext2_of(dir);
	struct slot slot;
	int error = find_entry(dir, name, &slot);

	if (error != 0)
		return error;
	record_fill(
	    fs, record_at(slot.buffer, slot.place.offset), name, ino, mode);
	bcache_dirty(&fs->cache, slot.buffer);
	bcache_put(&fs->cache, slot.buffer);
	return 0;
}

int
ext2_dir_init(struct fs_node *dir, uint32_t parent)
{
	int error = ext2_dir_add(dir, ".", (uint32_t)dir->stat.ino, S_IFDIR);

	if (error == 0)
		error = ext2_dir_add(dir, "..", parent, S_IFDIR);
	return error;
}

/* Stop at the first name that is not "." or "..". */
static bool
is_other(void *context, uint64_t ino, uint64_t next_cookie, uint8_t type,
    const char *name, size_t length)
{
	(void)ino;
	(void)next_cookie;
	(void)type;
	if (name[0] == '.' && (length == 1 || (length == 2 && name[1] == '.')))
		return true;
	*(bool *)context = true;
	return false;
}

int
ext2_dir_empty(struct fs_node *dir)
{
	bool other = false;
	int error = ext2_dir_read(dir, 0, is_other, &other);

	if (error != 0)
		return error;
	return other ? ENOTEMPTY : 0;
}

/* DT_* from the record's file type. */
static uint8_t
dt_type(const struct ext2_fs *fs, const struct ext2_dirent *entry)
{
	static const uint8_t types[] = {0, 8, 4, 2, 6, 1, 12, 10};

	if (!has_types(fs) || entry->file_type >= sizeof(types))
		return 0;
	return types[entry->file_type];
}

/* Emit the records of one block from `within` on; true: no more room. */
static int
read_block(struct fs_node *dir, uint64_t index, uint32_t within, fs_emit_t emit,
    void *context, bool *stop)
{
	struct ext2_fs *fs = ext2_of(dir);
	struct ext2_buffer *buffer;
	int error = block_get(dir, index, &buffer);

	if (error != 0)
		return error;
	for (uint32_t at = 0; at < fs->block_size && !*stop;) {
		const struct ext2_dirent *entry = record_at(buffer, at);

		if (!record_valid(fs, buffer, at)) {
			error = ext2_damaged(
			    fs, "bad directory record", dir->stat.ino);
			break;
		}
		if (at >= within && entry->inode != 0)
			*stop = !emit(context, entry->inode,
			    index * fs->block_size + at + entry->rec_len,
			    dt_type(fs, entry), entry->name, entry->name_len);
		at += entry->rec_len;
	}
	bcache_put(&fs->cache, buffer);
	return error;
}

int
ext2_dir_read(
    struct fs_node *dir, uint64_t cookie, fs_emit_t emit, void *context)
{
	uint32_t size = ext2_of(dir)->block_size;
	bool stop = false;

	for (uint64_t i = cookie / size; i < block_total(dir) && !stop; i++) {
		uint32_t within =
		    i == cookie / size ? (uint32_t)(cookie % size) : 0;
		int error = read_block(dir, i, within, emit, context, &stop);

		if (error != 0)
			return error;
	}
	return 0;
}
