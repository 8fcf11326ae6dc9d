/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libfs's operations on ext2: from nodes and names to inodes and entries.
 *
 * The order of changes lets a crash leave at worst an inode without a name: an
 * entry is written after the inode it names has its link, and removed before
 * the link count falls.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "ext2.h"

#define NS 1000000000ULL

static void
stat_from_inode(struct fs_node *node)
{
	const struct ext2_inode *inode = &ext2_node(node)->inode;
	struct io_stat *stat = &node->stat;

	stat->mode = inode->mode;
	stat->nlink = inode->links_count;
	stat->uid = inode->uid | (uint32_t)inode->uid_high << 16;
	stat->gid = inode->gid | (uint32_t)inode->gid_high << 16;
	stat->size = ext2_inode_size(inode);
	stat->blksize = ext2_of(node)->block_size;
	stat->blocks = inode->blocks;
	stat->atime = inode->atime * NS;
	stat->mtime = inode->mtime * NS;
	stat->ctime = inode->ctime * NS;
}

static void
inode_from_stat(struct fs_node *node)
{
	struct ext2_inode *inode = &ext2_node(node)->inode;
	const struct io_stat *stat = &node->stat;

	inode->mode = (uint16_t)stat->mode;
	inode->links_count = (uint16_t)stat->nlink;
	inode->uid = (uint16_t)stat->uid;
	inode->uid_high = (uint16_t)(stat->uid >> 16);
	inode->gid = (uint16_t)stat->gid;
	inode->gid_high = (uint16_t)(stat->gid >> 16);
	inode->atime = (uint32_t)(stat->atime / NS);
	inode->mtime = (uint32_t)(stat->mtime / NS);
	inode->ctime = (uint32_t)(stat->ctime / NS);
	ext2_node(node)->dirty = true;
}

/* Put the node's inode into the cache if it has changed. */
static int
write_back(struct fs_node *node)
{
	struct ext2_node *data = ext2_node(node);
	int error;

	if (!data->dirty || node->fs->read_only)
		return 0;
	error = ext2_inode_write(
	    ext2_of(node), (uint32_t)node->stat.ino, &data->inode);
	if (error == 0)
		data->dirty = false;
	return error;
}

static int
op_load(struct fs_node *node)
{
	struct ext2_fs *fs = (struct ext2_fs *)node->fs;
	struct ext2_node *data;
	int error;

	if (node->stat.ino != EXT2_ROOT_INO && node->stat.ino < fs->first_ino)
		return ext2_damaged(
		    fs, "entry names a reserved inode", node->stat.ino);
	data = calloc(1, sizeof(*data));
	if (data == NULL)
		return ENOMEM;
	error = ext2_inode_read(fs, (uint32_t)node->stat.ino, &data->inode);
	if (error == 0 && data->inode.links_count == 0)
		error = ext2_damaged(
		    fs, "entry names an unused inode", node->stat.ino);
	if (error != 0) {
		free(data);
		return error;
	}
	node->data = data;
	stat_from_inode(node);
	return 0;
}

/* The end of an inode without a name. */
static void
free_inode(struct fs_node *node)
{
	struct ext2_fs *fs = ext2_of(node);
	struct ext2_node *data = ext2_node(node);

	if (!S_ISLNK(node->stat.mode) || data->inode.blocks != 0)
		(void)ext2_bmap_cut(node, 0);
	data->inode.dtime = (uint32_t)(fs->fs.now() / NS);
	ext2_inode_set_size(&data->inode, 0);
	data->inode.links_count = 0;
	data->dirty = true;
	(void)write_back(node);
	(void)ext2_inode_free(
	    fs, (uint32_t)node->stat.ino, S_ISDIR(node->stat.mode));
}

static void
op_unload(struct fs_node *node)
{
	struct ext2_node *data = ext2_node(node);

	if (node->stat.nlink == 0 && !node->fs->read_only)
		free_inode(node);
	else
		(void)write_back(node);
	free(data);
	node->data = NULL;
}

static int
op_changed(struct fs_node *node)
{
	inode_from_stat(node);
	return write_back(node);
}

static int
op_lookup(struct fs_node *dir, const char *name, uint64_t *ino)
{
	uint32_t found;
	int error = ext2_dir_find(dir, name, &found);

	if (error == 0)
		*ino = found;
	return error;
}

static void
links_add(struct fs_node *node, int delta)
{
	node->stat.nlink = (uint64_t)((int64_t)node->stat.nlink + delta);
	node->stat.ctime = node->fs->now();
	(void)op_changed(node);
}

static void
dir_changed(struct fs_node *dir)
{
	dir->stat.mtime = dir->fs->now();
	dir->stat.ctime = dir->stat.mtime;
	(void)op_changed(dir);
}

/* A new inode, written, with one link and nothing in it. */
static int
inode_make(struct fs_node *dir, uint32_t mode, const struct fs_cred *cred,
    struct fs_node **node)
{
	struct ext2_fs *fs = ext2_of(dir);
	struct ext2_inode inode = {0};
	uint32_t now = (uint32_t)(fs->fs.now() / NS);
	bool directory = S_ISDIR(mode);
	uint32_t ino;
	int error =
	    ext2_inode_alloc(fs, (uint32_t)dir->stat.ino, directory, &ino);

	if (error != 0)
		return error;
	inode.mode = (uint16_t)mode;
	inode.uid = (uint16_t)cred->uid;
	inode.uid_high = (uint16_t)(cred->uid >> 16);
	inode.gid = (uint16_t)cred->gid;
	inode.gid_high = (uint16_t)(cred->gid >> 16);
	inode.links_count = 1;
	inode.atime = now;
	inode.ctime = now;
	inode.mtime = now;
	error = ext2_inode_write(fs, ino, &inode);
	if (error == 0)
		error = fs_node_get(&fs->fs, ino, node);
	if (error != 0)
		(void)ext2_inode_free(fs, ino, directory);
	return error;
}

static int
op_create(struct fs_node *dir, const char *name, uint32_t mode,
    const struct fs_cred *cred, uint64_t *ino)
{
	struct fs_node *node;
	int error;

	if (S_ISDIR(mode) && dir->stat.nlink >= EXT2_LINK_MAX)
		return EMLINK;
	error = inode_make(dir, mode, cred, &node);
	if (error != 0)
		return error;
	if (S_ISDIR(mode)) {
		error = ext2_dir_init(node, (uint32_t)dir->stat.ino);
		if (error == 0)
			links_add(node, 1);
	}
	if (error == 0)
		error = ext2_dir_add(dir, name, (uint32_t)node->stat.ino, mode);
	if (error == 0) {
		*ino = node->stat.ino;
		if (S_ISDIR(mode))
			links_add(dir, 1);
		dir_changed(dir);
	} else {
		node->stat.nlink = 0;
		(void)op_changed(node);
	}
	fs_node_put(node);
	return error;
}

static int
op_symlink(struct fs_node *dir, const char *name, const char *target,
    const struct fs_cred *cred)
{
	size_t length = strlen(target);
	struct fs_node *node;
	size_t put = 0;
	int error = inode_make(dir, S_IFLNK | 0777, cred, &node);

	if (error != 0)
		return error;
	if (length < EXT2_FAST_LINK) {
		memcpy(ext2_node(node)->inode.block, target, length);
		ext2_inode_set_size(&ext2_node(node)->inode, length);
		node->stat.size = length;
	} else {
		error = ext2_write(node, 0, target, length, &put);
		if (error == 0 && put != length)
			error = ENOSPC;
	}
	if (error == 0)
		error = op_changed(node);
	if (error == 0)
		error =
		    ext2_dir_add(dir, name, (uint32_t)node->stat.ino, S_IFLNK);
	if (error == 0) {
		dir_changed(dir);
	} else {
		node->stat.nlink = 0;
		(void)op_changed(node);
	}
	fs_node_put(node);
	return error;
}

static int
op_readlink(struct fs_node *node, char *target, size_t size)
{
	struct ext2_node *data = ext2_node(node);
	size_t length = (size_t)node->stat.size;
	size_t got = length;
	int error = 0;

	if (length >= size)
		return ENAMETOOLONG;
	if (data->inode.blocks == 0 && length >= EXT2_FAST_LINK)
		return ext2_damaged(
		    ext2_of(node), "bad symbolic link", node->stat.ino);
	if (data->inode.blocks == 0)
		memcpy(target, data->inode.block, length);
	else
		error = ext2_read(node, 0, target, length, &got);
	target[got] = '\0';
	return error;
}

static int
op_link(struct fs_node *dir, const char *name, struct fs_node *node)
{
	int error;

	if (node->stat.nlink >= EXT2_LINK_MAX)
		return EMLINK;
	links_add(node, 1);
	error = ext2_dir_add(
	    dir, name, (uint32_t)node->stat.ino, (uint32_t)node->stat.mode);
	if (error != 0)
		links_add(node, -1);
	else
		dir_changed(dir);
	return error;
}

static int
op_unlink(struct fs_node *dir, const char *name, struct fs_node *node)
{
	int error = ext2_dir_remove(dir, name);

	if (error != 0)
		return error;
	dir_changed(dir);
	links_add(node, -1);
	return 0;
}

static int
op_rmdir(struct fs_node *dir, const char *name, struct fs_node *node)
{
	int error = ext2_dir_empty(node);

	if (error == 0)
		error = ext2_dir_remove(dir, name);
	if (error != 0)
		return error;
	links_add(dir, -1);
	dir_changed(dir);
	node->stat.nlink = 0;
	return op_changed(node);
}

/* The name exists: let it name `node`, and drop what it named. */
static int
rename_over(struct fs_node *dir, const char *name, struct fs_node *node,
    struct fs_node *target)
{
	bool directory = S_ISDIR(target->stat.mode);
	int error = directory ? ext2_dir_empty(target) : 0;

	if (error == 0)
		error = ext2_dir_replace(dir, name, (uint32_t)node->stat.ino,
		    (uint32_t)node->stat.mode);
	if (error != 0)
		return error;
	if (directory) {
		target->stat.nlink = 0;
		links_add(dir, -1);
		return op_changed(target);
	}
	links_add(target, -1);
	return 0;
}

static int
op_rename(struct fs_node *old_dir, const char *old_name, struct fs_node *node,
    struct fs_node *new_dir, const char *new_name, struct fs_node *target)
{
	bool moves = S_ISDIR(node->stat.mode) && old_dir != new_dir;
	int error;

	if (moves && target == NULL && new_dir->stat.nlink >= EXT2_LINK_MAX)
		return EMLINK;
	error = target != NULL
		    ? rename_over(new_dir, new_name, node, target)
		    : ext2_dir_add(new_dir, new_name, (uint32_t)node->stat.ino,
			  (uint32_t)node->stat.mode);
	if (error == 0)
		error = ext2_dir_remove(old_dir, old_name);
	if (error == 0 && moves) {
		error = ext2_dir_replace(
		    node, "..", (uint32_t)new_dir->stat.ino, S_IFDIR);
		links_add(old_dir, -1);
		links_add(new_dir, 1);
	}
	dir_changed(new_dir);
	dir_changed(old_dir);
	node->stat.ctime = node->fs->now();
	(void)op_changed(node);
	return error;
}

static void
write_back_one(struct fs_node *node, void *context)
{
	int error = write_back(node);

	if (error != 0)
		*(int *)context = error;
}

static int
op_sync(struct fs *fs)
{
	int error = 0;

	fs_node_each(write_back_one, &error);
	return error != 0 ? error : ext2_sync((struct ext2_fs *)fs);
}

static int
op_sync_node(struct fs_node *node)
{
	int error = write_back(node);

	return error != 0 ? error : ext2_sync(ext2_of(node));
}

static void
free_nameless(struct fs_node *node, void *context)
{
	(void)context;
	if (node->stat.nlink == 0 && !node->fs->read_only)
		free_inode(node);
}

/* Whoever still holds a file without a name holds it no longer. */
static int
op_shutdown(struct fs *fs)
{
	int error;

	fs_node_each(free_nameless, NULL);
	error = op_sync(fs);

	return error != 0 ? error : ext2_shutdown((struct ext2_fs *)fs);
}

static void
op_statfs(struct fs *fs, struct fs_statfs *stat)
{
	ext2_statfs((struct ext2_fs *)fs, stat);
}

const struct fs_ops ext2_ops = {
    .load = op_load,
    .unload = op_unload,
    .changed = op_changed,
    .lookup = op_lookup,
    .create = op_create,
    .symlink = op_symlink,
    .link = op_link,
    .unlink = op_unlink,
    .rmdir = op_rmdir,
    .rename = op_rename,
    .readdir = ext2_dir_read,
    .readlink = op_readlink,
    .read = ext2_read,
    .read_memory = ext2_read_memory,
    .write = ext2_write,
    .truncate = ext2_truncate,
    .is_hole = ext2_is_hole,
    .sync_node = op_sync_node,
    .sync = op_sync,
    .shutdown = op_shutdown,
    .statfs = op_statfs,
};
