/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Directories: blocks of records that fill each block exactly. A record with
 * inode 0 is free room. Each is checked before it is used.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "ext2.h"

/* One record found: its block's buffer is held. */
struct slot {
	struct ext2_buffer *buffer;
	uint32_t offset;
	uint32_t previous; /* offset of the record before, or offset itself */
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

/*
 * Find a record in one block: the entry `name`, or with name NULL one with
 * `room` bytes to spare. True leaves the place in *slot.
 */
static int
search_block(struct fs_node *dir, struct ext2_buffer *buffer, const char *name,
    uint32_t room, struct slot *slot)
{
	struct ext2_fs *fs = ext2_of(dir);
	size_t length = name != NULL ? strlen(name) : 0;
	uint32_t previous = 0;

	for (uint32_t at = 0; at < fs->block_size;) {
		const struct ext2_dirent *entry = record_at(buffer, at);
		uint32_t used;

		if (!record_valid(fs, buffer, at))
			return ext2_damaged(
			    fs, "bad directory record", dir->stat.ino);
		slot->buffer = buffer;
		slot->offset = at;
		slot->previous = previous;
		used = entry->inode != 0 ? record_size(entry->name_len) : 0;
		if (name == NULL && entry->rec_len - used >= room)
			return 0;
		if (name != NULL && entry->inode != 0 &&
		    entry->name_len == length &&
		    memcmp(entry->name, name, length) == 0)
			return 0;
		previous = at;
		at += entry->rec_len;
	}
	return ENOENT;
}

static int
search(struct fs_node *dir, const char *name, uint32_t room, struct slot *slot)
{
	for (uint64_t i = 0; i < block_total(dir); i++) {
		struct ext2_buffer *buffer;
		int error = block_get(dir, i, &buffer);

		if (error != 0)
			return error;
		error = search_block(dir, buffer, name, room, slot);
		if (error == 0)
			return 0;
		bcache_put(&ext2_of(dir)->cache, buffer);
		if (error != ENOENT)
			return error;
	}
	return ENOENT;
}

int
ext2_dir_find(struct fs_node *dir, const char *name, uint32_t *ino)
{
	struct slot slot;
	int error = search(dir, name, 0, &slot);

	if (error != 0)
		return error;
	*ino = record_at(slot.buffer, slot.offset)->inode;
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
	slot->offset = 0;
	slot->previous = 0;
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
	uint32_t need = record_size(strlen(name));
	struct ext2_dirent *entry;
	struct slot slot = {0};
	int error = search(dir, NULL, need, &slot);

	if (error == ENOENT)
		error = append_block(dir, &slot);
	if (error != 0 || slot.buffer == NULL)
		return error;
	entry = record_at(slot.buffer, slot.offset);
	if (entry->inode != 0) {
		uint32_t used = record_size(entry->name_len);
		uint16_t left = (uint16_t)(entry->rec_len - used);

		entry->rec_len = (uint16_t)used;
		entry = record_at(slot.buffer, slot.offset + used);
		entry->rec_len = left;
	}
	record_fill(fs, entry, name, ino, mode);
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
	int error = search(dir, name, 0, &slot);

	if (error != 0)
		return error;
	entry = record_at(slot.buffer, slot.offset);
	if (slot.previous != slot.offset)
		record_at(slot.buffer, slot.previous)->rec_len +=
		    entry->rec_len;
	entry->inode = 0;
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
	int error = search(dir, name, 0, &slot);

	if (error != 0)
		return error;
	record_fill(fs, record_at(slot.buffer, slot.offset), name, ino, mode);
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
