/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libfs's operations: one directory, whose files are the device table's. Inode
 * 1 is the directory, the others follow in the table's order. Mode, owner and
 * times can be changed, and last as long as this server.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "devfs.h"

#define ROOT_INO   1U
#define FIRST_INO  2U
#define MAJOR      1U
#define NODES_MAX  32U
#define BLOCK_SIZE 4096U

static struct io_stat kept[NODES_MAX]; /* by inode number; nlink 0: fresh */

static const struct device *
device_of(const struct fs_node *node)
{
	return &devices[node->stat.ino - FIRST_INO];
}

static void
make_stat(struct fs_node *node)
{
	struct io_stat *stat = &node->stat;

	stat->blksize = BLOCK_SIZE;
	stat->atime = node->fs->now();
	stat->mtime = stat->atime;
	stat->ctime = stat->atime;
	if (stat->ino == ROOT_INO) {
		stat->mode = S_IFDIR | 0755;
		stat->nlink = 2;
		return;
	}
	stat->mode = S_IFCHR | device_of(node)->mode;
	stat->nlink = 1;
	stat->rdev = MAJOR << 8 | device_of(node)->minor;
}

static int
op_load(struct fs_node *node)
{
	uint64_t ino = node->stat.ino;

	if (ino < ROOT_INO || ino >= FIRST_INO + device_count ||
	    ino >= NODES_MAX)
		return ENOENT;
	if (kept[ino].nlink != 0)
		node->stat = kept[ino];
	else
		make_stat(node);
	return 0;
}

static void
op_unload(struct fs_node *node)
{
	(void)node;
}

static int
op_changed(struct fs_node *node)
{
	kept[node->stat.ino] = node->stat;
	return 0;
}

static int
op_lookup(struct fs_node *dir, const char *name, uint64_t *ino)
{
	(void)dir;
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
		*ino = ROOT_INO;
		return 0;
	}
	for (unsigned i = 0; i < device_count; i++) {
		if (strcmp(devices[i].name, name) == 0) {
			*ino = FIRST_INO + i;
			return 0;
		}
	}
	return ENOENT;
}

static int
op_readdir(struct fs_node *dir, uint64_t cookie, fs_emit_t emit, void *context)
{
	static const char *const dots[] = {".", ".."};

	(void)dir;
	for (uint64_t at = cookie; at < device_count + 2U; at++) {
		bool dot = at < 2;
		const char *name = dot ? dots[at] : devices[at - 2].name;

		if (!emit(context, dot ? ROOT_INO : FIRST_INO + at - 2, at + 1,
			dot ? S_IFDIR >> 12 : S_IFCHR >> 12, name,
			strlen(name)))
			return 0;
	}
	return 0;
}

static int
op_read(
    struct fs_node *node, uint64_t offset, void *data, size_t size, size_t *got)
{
	const struct device *device = device_of(node);

	*got = 0;
	return device->read != NULL ? device->read(offset, data, size, got) : 0;
}

static int
op_write(struct fs_node *node, uint64_t offset, const void *data, size_t size,
    size_t *put)
{
	const struct device *device = device_of(node);
	int error = device->write != NULL ? device->write(data, size) : 0;

	(void)offset;
	*put = error == 0 ? size : 0;
	return error;
}

static int
op_open(struct fs_node *node, int flags, struct fs_walk *walk)
{
	(void)flags;
	if (node->stat.ino == ROOT_INO || device_of(node)->open == NULL)
		return 0;
	return device_of(node)->open(walk);
}

/* The set of files is fixed. */
static int
op_create(struct fs_node *dir, const char *name, uint32_t mode,
    const struct fs_cred *cred, uint64_t *ino)
{
	(void)dir;
	(void)name;
	(void)mode;
	(void)cred;
	(void)ino;
	return EPERM;
}

static int
op_symlink(struct fs_node *dir, const char *name, const char *target,
    const struct fs_cred *cred)
{
	(void)dir;
	(void)name;
	(void)target;
	(void)cred;
	return EPERM;
}

static int
op_name(struct fs_node *dir, const char *name, struct fs_node *node)
{
	(void)dir;
	(void)name;
	(void)node;
	return EPERM;
}

static int
op_rename(struct fs_node *old_dir, const char *old_name, struct fs_node *node,
    struct fs_node *new_dir, const char *new_name, struct fs_node *target)
{
	(void)old_dir;
	(void)old_name;
	(void)node;
	(void)new_dir;
	(void)new_name;
	(void)target;
	return EPERM;
}

/* There is no link among the files. */
static int
op_readlink(struct fs_node *node, char *target, size_t size)
{
	(void)node;
	(void)target;
	(void)size;
	return EINVAL;
}

static int
op_truncate(struct fs_node *node, uint64_t size)
{
	(void)node;
	(void)size;
	return EINVAL;
}

static int
op_sync_node(struct fs_node *node)
{
	(void)node;
	return 0;
}

static int
op_sync(struct fs *fs)
{
	(void)fs;
	return 0;
}

static void
op_statfs(struct fs *fs, struct fs_statfs *stat)
{
	(void)fs;
	stat->bsize = BLOCK_SIZE;
	stat->files = device_count + 1U;
	stat->namemax = IO_NAME_MAX - 1;
}

const struct fs_ops devfs_ops = {
    .load = op_load,
    .unload = op_unload,
    .changed = op_changed,
    .lookup = op_lookup,
    .create = op_create,
    .symlink = op_symlink,
    .link = op_name,
    .unlink = op_name,
    .rmdir = op_name,
    .rename = op_rename,
    .readdir = op_readdir,
    .readlink = op_readlink,
    .read = op_read,
    .write = op_write,
    .truncate = op_truncate,
    .sync_node = op_sync_node,
    .open = op_open,
    .sync = op_sync,
    .shutdown = op_sync,
    .statfs = op_statfs,
};
