/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ext2 file system: disk layout, the mounted file system, and what the
 * files of this directory call of each other.
 *
 *	main.c     the server		fsops.c  libfs operations
 *	super.c    mount, unmount	dir.c    entries of directories
 *	bcache.c   cached blocks	file.c   contents of files
 *	chunk.c    their memory
 *	bmap.c     file block -> block	inode.c  inodes
 *	alloc.c    bitmaps		disk.c   the device, with dma.c
 *
 * One thread runs all of it. Every number read from the disk is checked where
 * it is used; a bad one is EIO and a message, never a crash. Functions return
 * 0 or an errno.
 */
#ifndef EXT2_H
#define EXT2_H

#include <libfs/fs.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EXT2_MAGIC               0xef53
#define EXT2_ROOT_INO            2
#define EXT2_NDIR                12
#define EXT2_NAME_MAX            255
#define EXT2_STATE_OK            1
#define EXT2_LINK_MAX            32000
#define EXT2_FAST_LINK           60 /* a target shorter than this is in the inode */

#define EXT2_INCOMPAT_FILETYPE   0x0002U
#define EXT2_ROCOMPAT_SPARSE     0x0001U
#define EXT2_ROCOMPAT_LARGE_FILE 0x0002U

struct ext2_super {
	uint32_t inodes_count;
	uint32_t blocks_count;
	uint32_t r_blocks_count;
	uint32_t free_blocks_count;
	uint32_t free_inodes_count;
	uint32_t first_data_block;
	uint32_t log_block_size;
	uint32_t log_frag_size;
	uint32_t blocks_per_group;
	uint32_t frags_per_group;
	uint32_t inodes_per_group;
	uint32_t mtime;
	uint32_t wtime;
	uint16_t mnt_count;
	uint16_t max_mnt_count;
	uint16_t magic;
	uint16_t state;
	uint16_t errors;
	uint16_t minor_rev;
	uint32_t lastcheck;
	uint32_t checkinterval;
	uint32_t creator_os;
	uint32_t rev_level;
	uint16_t def_resuid;
	uint16_t def_resgid;
	uint32_t first_ino;
	uint16_t inode_size;
	uint16_t block_group;
	uint32_t feature_compat;
	uint32_t feature_incompat;
	uint32_t feature_rocompat;
	uint8_t uuid[16];
	char volume_name[16];
	uint8_t rest[888];
};
_Static_assert(sizeof(struct ext2_super) == 1024, "ext2 superblock is 1024");

struct ext2_group {
	uint32_t block_bitmap;
	uint32_t inode_bitmap;
	uint32_t inode_table;
	uint16_t free_blocks_count;
	uint16_t free_inodes_count;
	uint16_t used_dirs_count;
	uint16_t pad;
	uint8_t reserved[12];
};
_Static_assert(sizeof(struct ext2_group) == 32, "ext2 group descriptor is 32");

struct ext2_inode {
	uint16_t mode;
	uint16_t uid;
	uint32_t size;
	uint32_t atime;
	uint32_t ctime;
	uint32_t mtime;
	uint32_t dtime;
	uint16_t gid;
	uint16_t links_count;
	uint32_t blocks; /* of 512 bytes, with indirect blocks */
	uint32_t flags;
	uint32_t osd1;
	uint32_t block[15];
	uint32_t generation;
	uint32_t file_acl;
	uint32_t size_high;
	uint32_t faddr;
	uint16_t osd2;
	uint16_t pad;
	uint16_t uid_high;
	uint16_t gid_high;
	uint32_t reserved;
};
_Static_assert(sizeof(struct ext2_inode) == 128, "ext2 inode is 128");

struct ext2_dirent {
	uint32_t inode;
	uint16_t rec_len;
	uint8_t name_len;
	uint8_t file_type;
	char name[];
};
#define EXT2_DIRENT_HEAD 8U

/* The medium; offsets and sizes in bytes, multiples of 512. */
struct ext2_disk {
	uint64_t size;
	int (*read)(void *context, uint64_t offset, void *data, size_t size);
	int (*write)(
	    void *context, uint64_t offset, const void *data, size_t size);
	int (*sync)(void *context);
	/* Optional: whole pages as memory of our task's. ENOTSUP, EIO. */
	int (*read_memory)(
	    void *context, uint64_t offset, size_t size, uintptr_t *memory);
	/*
	 * Optional, both: memory from which is written, and to which is read,
	 * without a copy. NULL: there is none; false: it is not from here.
	 */
	void *(*memory)(void *context, size_t size);
	bool (*memory_free)(void *context, void *memory, size_t size);
	void *context;
};

struct ext2_buffer {
	struct ext2_buffer *hash_next;
	struct ext2_buffer *newer; /* use order */
	struct ext2_buffer *older;
	struct ext2_buffer *next_dirty; /* in bcache_sync() */
	uint32_t block;
	unsigned references;
	bool dirty;
	uint8_t *data;
	struct ext2_chunk *chunk; /* whose it is */
};

/* Transferred at once, at most; a power of two of blocks. */
#define EXT2_CHUNK 65536U

struct ext2_cache {
	struct ext2_disk *disk;
	uint32_t block_size;
	uint32_t block_count;
	unsigned buffer_max;
	unsigned buffer_count;
	unsigned dirty_count;
	struct ext2_buffer **hash;
	uint8_t *run; /* what does not lie in order, or NULL yet */
	struct ext2_chunk *chunks;
	struct ext2_buffer *newest;
	struct ext2_buffer *oldest;
};

/* A directory's record: its block and where it begins there, and the one before
   it, or itself. */
struct ext2_place {
	uint64_t block;
	uint32_t offset;
	uint32_t previous;
};

/* What dir.c knows of one name. */
struct ext2_memo {
	uint64_t ino; /* of the directory; 0: nothing */
	char name[48];
	bool there;
	bool room; /* if not: `place` has room for it */
	struct ext2_place place;
};

struct ext2_fs {
	struct fs fs; /* first */
	struct ext2_disk disk;
	struct ext2_cache cache;
	struct ext2_super super;
	struct ext2_group *groups;
	uint32_t group_count;
	uint32_t block_size;
	uint32_t inode_size;
	uint32_t first_ino;
	bool super_dirty; /* super or groups */
	struct ext2_memo memo;
};

/* What libfs's node carries for us. */
struct ext2_node {
	struct ext2_inode inode;
	bool dirty;
	uint32_t last_block; /* allocated last, for the next one's place */
};

static inline struct ext2_fs *
ext2_of(struct fs_node *node)
{
	return (struct ext2_fs *)node->fs;
}

static inline struct ext2_node *
ext2_node(struct fs_node *node)
{
	return node->data;
}

/* Report damage; the file system is not clean any more. Returns EIO. */
extern int ext2_damaged(struct ext2_fs *fs, const char *what, uint64_t where);

/* super.c: 0, EINVAL (no ext2, said on the console), ENOTSUP, EIO, ENOMEM. */
extern int ext2_mount(
    struct ext2_fs *fs, const struct ext2_disk *disk, unsigned buffers);
extern int ext2_sync(struct ext2_fs *fs);
extern int ext2_shutdown(struct ext2_fs *fs);
extern void ext2_statfs(struct ext2_fs *fs, struct fs_statfs *stat);

/* bcache.c. A buffer from get/zero is held until put. */
extern int bcache_init(struct ext2_cache *cache, struct ext2_disk *disk,
    uint32_t block_size, uint32_t block_count, unsigned buffers);
extern void bcache_free(struct ext2_cache *cache);
extern int bcache_get(
    struct ext2_cache *cache, uint32_t block, struct ext2_buffer **buffer);
/* As get, but nothing is read: the caller has contents for all of it. */
extern int bcache_new(
    struct ext2_cache *cache, uint32_t block, struct ext2_buffer **buffer);
/* As get, but the contents become zero and are not read. */
extern int bcache_zero(
    struct ext2_cache *cache, uint32_t block, struct ext2_buffer **buffer);
extern void bcache_put(struct ext2_cache *cache, struct ext2_buffer *buffer);
extern void bcache_dirty(struct ext2_cache *cache, struct ext2_buffer *buffer);
/* Forget a freed block's contents. */
extern void bcache_forget(struct ext2_cache *cache, uint32_t block);
extern bool bcache_has(struct ext2_cache *cache, uint32_t block);
/* Read `count` consecutive blocks with one transfer where not cached. */
extern void bcache_prefetch(
    struct ext2_cache *cache, uint32_t block, uint32_t count);
extern int bcache_sync(struct ext2_cache *cache);

/*
 * chunk.c: a buffer for bcache.c, contents undefined, next to the one that was
 * taken before if that can be; NULL: no memory. And EXT2_CHUNK bytes, or NULL.
 */
extern struct ext2_buffer *chunk_take(struct ext2_cache *cache);
extern void chunk_give(struct ext2_cache *cache, struct ext2_buffer *buffer);
extern void chunk_end(struct ext2_cache *cache);
extern uint8_t *ext2_memory(struct ext2_cache *cache);
extern void ext2_memory_free(struct ext2_cache *cache, uint8_t *memory);

/* alloc.c: near `goal` (0: anywhere). ENOSPC. */
extern int ext2_block_alloc(struct ext2_fs *fs, uint32_t goal, uint32_t *block);
extern int ext2_block_free(struct ext2_fs *fs, uint32_t block);
extern int ext2_inode_alloc(
    struct ext2_fs *fs, uint32_t parent, bool directory, uint32_t *ino);
extern int ext2_inode_free(struct ext2_fs *fs, uint32_t ino, bool directory);

/* inode.c */
extern int ext2_inode_read(
    struct ext2_fs *fs, uint32_t ino, struct ext2_inode *inode);
extern int ext2_inode_write(
    struct ext2_fs *fs, uint32_t ino, const struct ext2_inode *inode);
extern uint64_t ext2_inode_size(const struct ext2_inode *inode);
extern void ext2_inode_set_size(struct ext2_inode *inode, uint64_t size);

/* bmap.c: *block 0 is a hole; with create it is allocated (zeroed). */
extern int ext2_bmap(
    struct fs_node *node, uint64_t index, bool create, uint32_t *block);
/*
 * With create for who has contents for all of it: a new block is cached, and
 * the contents undefined until the caller has set them, at once.
 */
extern int ext2_bmap_whole(
    struct fs_node *node, uint64_t index, uint32_t *block);
/*
 * How many blocks from file block `index` on, up to max, stand one behind the
 * other on the disk and in what names them, from *block on; 0: a hole, or bad.
 */
extern uint32_t ext2_bmap_run(
    struct fs_node *node, uint64_t index, uint32_t max, uint32_t *block);
/* Free every block from file block `index` on. */
extern int ext2_bmap_cut(struct fs_node *node, uint64_t index);
extern uint64_t ext2_size_max(const struct ext2_fs *fs);

/* file.c */
extern int ext2_read(struct fs_node *node, uint64_t offset, void *data,
    size_t size, size_t *got);
extern int ext2_read_memory(
    struct fs_node *node, uint64_t offset, size_t *size, uintptr_t *memory);
extern int ext2_write(struct fs_node *node, uint64_t offset, const void *data,
    size_t size, size_t *put);
extern bool ext2_is_hole(struct fs_node *node, uint64_t offset, uint64_t *end);
extern int ext2_truncate(struct fs_node *node, uint64_t size);

/* dir.c */
extern int ext2_dir_find(struct fs_node *dir, const char *name, uint32_t *ino);
extern int ext2_dir_add(
    struct fs_node *dir, const char *name, uint32_t ino, uint32_t mode);
extern int ext2_dir_remove(struct fs_node *dir, const char *name);
/* Let the entry `name` name another inode. */
extern int ext2_dir_replace(
    struct fs_node *dir, const char *name, uint32_t ino, uint32_t mode);
extern int ext2_dir_init(struct fs_node *dir, uint32_t parent);
/* 0 or ENOTEMPTY. */
extern int ext2_dir_empty(struct fs_node *dir);
extern int ext2_dir_read(
    struct fs_node *dir, uint64_t cookie, fs_emit_t emit, void *context);

extern const struct fs_ops ext2_ops;

#endif
