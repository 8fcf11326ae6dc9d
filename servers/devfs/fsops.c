/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libfs's operations: a directory, whose files are the device table's, pts
 * (pts.c) and fd with the links beside it (fds.c). Inode 1 is the directory,
 * the others follow in the table's order, then pts and fd. Mode, owner and
 * times can be changed, but of links, and last as long as this server.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "devfs.h"

#define ROOT_INO   1U
#define FIRST_INO  2U
#define MAJOR      1U
#define NODES_MAX  32U
#define PTS_INO    (FIRST_INO + device_count)
#define FD_INO     (PTS_INO + 1U)
#define BLOCK_SIZE 4096U
#define PTS_NAME   "pts"
#define FD_NAME    "fd"
#define DOTS       2U /* entries of every directory */

static struct io_stat kept[NODES_MAX]; /* by inode number; nlink 0: fresh */

static const struct device *
device_of(const struct fs_node *node)
{
	return &devices[node->stat.ino - FIRST_INO];
}

static bool
is_descriptor(const struct fs_node *node)
{
	return node->stat.ino >= FDS_FIRST_INO;
}

static bool
is_slave(const struct fs_node *node)
{
	return node->stat.ino >= PTS_FIRST_INO && !is_descriptor(node);
}

static bool
is_directory(const struct fs_node *node)
{
	return node->stat.ino == ROOT_INO || node->stat.ino == PTS_INO ||
	       node->stat.ino == FD_INO;
}

static int
make_stat(struct fs_node *node)
{
	struct io_stat *stat = &node->stat;

	stat->blksize = BLOCK_SIZE;
	stat->atime = node->fs->now();
	stat->mtime = stat->atime;
	stat->ctime = stat->atime;
	if (is_descriptor(node))
		return fds_load(stat);
	if (is_slave(node))
		return pts_load(stat);
	if (is_directory(node)) {
		stat->mode = S_IFDIR | 0755;
		stat->nlink = stat->ino == ROOT_INO ? 4 : 2;
		return 0;
	}
	stat->mode = S_IFCHR | device_of(node)->mode;
	stat->nlink = 1;
	stat->rdev = MAJOR << 8 | device_of(node)->minor;
	return 0;
}

static int
op_load(struct fs_node *node)
{
	uint64_t ino = node->stat.ino;

	if (is_slave(node) || is_descriptor(node))
		return make_stat(node);
	if (ino < ROOT_INO || ino > FD_INO || ino >= NODES_MAX)
		return ENOENT;
	if (kept[ino].nlink == 0)
		return make_stat(node);
	node->stat = kept[ino];
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
	if (is_slave(node))
		pts_changed(&node->stat);
	else if (!is_descriptor(node))
		kept[node->stat.ino] = node->stat;
	return 0;
}

static int
op_lookup(struct fs_node *dir, const char *name, uint64_t *ino)
{
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
		*ino = name[1] == '\0' ? dir->stat.ino : ROOT_INO;
		return 0;
	}
	if (dir->stat.ino == PTS_INO)
		return pts_lookup(name, ino);
	if (dir->stat.ino == FD_INO)
		return fds_lookup(name, ino);
	if (strcmp(name, PTS_NAME) == 0 || strcmp(name, FD_NAME) == 0) {
		*ino = name[0] == PTS_NAME[0] ? PTS_INO : FD_INO;
		return 0;
	}
	for (unsigned i = 0; i < device_count; i++) {
		if (strcmp(devices[i].name, name) == 0) {
			*ino = FIRST_INO + i;
			return 0;
		}
	}
	return fds_lookup_name(name, ino);
}

/* The entry with this number: its name and inode, which says what it is. */
static bool
root_entry(uint64_t at, const char **name, uint64_t *ino)
{
	if (at < device_count) {
		*name = devices[at].name;
		*ino = FIRST_INO + at;
		return true;
	}
	at -= device_count;
	if (at < 2) {
		*name = at == 0 ? PTS_NAME : FD_NAME;
		*ino = at == 0 ? PTS_INO : FD_INO;
		return true;
	}
	*name = fds_name((unsigned)(at - 2));
	return *name != NULL && fds_lookup_name(*name, ino) == 0;
}

/* Of the slaves; they come and go, so the entry's number is the slave's. */
static bool
pts_entry(uint64_t *at, char *name, size_t size, uint64_t *ino)
{
	unsigned number;

	if (*at > UINT32_MAX || pts_next((unsigned)*at, &number, ino) != 0)
		return false;
	*at = number;
	snprintf(name, size, "%u", number);
	return true;
}

static uint8_t
type_of(uint64_t ino)
{
	if (ino == PTS_INO || ino == FD_INO)
		return S_IFDIR >> 12;
	return ino >= FDS_FIRST_INO ? S_IFLNK >> 12 : S_IFCHR >> 12;
}

/* /dev/fd has none here: who wants to see it is sent on. */
static bool
entry(const struct fs_node *dir, uint64_t *at, const char **name, char *number,
    size_t size, uint64_t *ino)
{
	if (dir->stat.ino == ROOT_INO)
		return root_entry(*at, name, ino);
	*name = number;
	return dir->stat.ino == PTS_INO && pts_entry(at, number, size, ino);
}

static int
op_readdir(struct fs_node *dir, uint64_t cookie, fs_emit_t emit, void *context)
{
	static const char *const dots[] = {".", ".."};
	char number[12];
	uint64_t ino;
	uint64_t at;

	for (; cookie < DOTS; cookie++)
		if (!emit(context, cookie == 0 ? dir->stat.ino : ROOT_INO,
			cookie + 1, S_IFDIR >> 12, dots[cookie], cookie + 1))
			return 0;
	for (at = cookie - DOTS;; at++) {
		const char *name;

		if (!entry(dir, &at, &name, number, sizeof(number), &ino) ||
		    !emit(context, ino, at + DOTS + 1, type_of(ino), name,
			strlen(name)))
			return 0;
	}
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
	if (is_slave(node))
		return pts_open(node->stat.ino, flags, walk);
	if (node->stat.ino == FD_INO)
		return fds_open(walk);
	if (is_directory(node) || device_of(node)->open == NULL)
		return 0;
	return device_of(node)->open(flags, walk);
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

static int
op_readlink(struct fs_node *node, char *target, size_t size)
{
	return fds_readlink(node->stat.ino, target, size);
}

static int
op_follow(struct fs_node *link, const struct fs_cred *cred,
    struct fs_walk *walk, char *target, size_t size)
{
	(void)cred;
	return fds_follow(link->stat.ino, walk, target, size);
}

static int
op_truncate(struct fs_node *node, uint64_t size)
{
	(void)node;
	(void)size;
	return EINVAL;
}

static void
op_statfs(struct fs *fs, struct fs_statfs *stat)
{
	(void)fs;
	stat->bsize = BLOCK_SIZE;
	stat->files = device_count + 6U;
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
    .follow = op_follow,
    .read = op_read,
    .write = op_write,
    .truncate = op_truncate,
    .open = op_open,
    .statfs = op_statfs,
};
