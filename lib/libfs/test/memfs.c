/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Inodes in a table; a directory is a list of entries in the order of their
 * cookies, which are never used twice.
 */
#include "memfs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define INODES        4096
#define ROOT_INO      1
#define SIZE_MAX_FILE (1 << 20)

struct entry {
	struct entry *next;
	uint64_t cookie;
	uint64_t ino;
	char name[IO_NAME_MAX];
};

struct inode {
	bool used;
	struct io_stat stat;
	struct entry *entries;
	char *data;
};

struct memfs {
	struct fs fs;
	uint64_t cookie;
	struct inode inodes[INODES];
};

int memfs_loaded;
int memfs_loads;
int memfs_fail;

static uint64_t now_value;

static uint64_t
now(void)
{
	return ++now_value;
}

static struct memfs *
memfs_of(const struct fs_node *node)
{
	return (struct memfs *)node->fs;
}

static struct inode *
inode_of(const struct fs_node *node)
{
	return &memfs_of(node)->inodes[node->stat.ino];
}

static int
no_space(void)
{
	if (memfs_fail == 0)
		return 0;
	memfs_fail--;
	return ENOSPC;
}

static int
op_load(struct fs_node *node)
{
	struct inode *inode;

	if (node->stat.ino >= INODES || !inode_of(node)->used)
		return EIO;
	inode = inode_of(node);
	node->stat = inode->stat;
	node->data = inode;
	memfs_loaded++;
	memfs_loads++;
	return 0;
}

static void
free_inode(struct inode *inode)
{
	while (inode->entries != NULL) {
		struct entry *entry = inode->entries;

		inode->entries = entry->next;
		free(entry);
	}
	free(inode->data);
	memset(inode, 0, sizeof(*inode));
}

static void
op_unload(struct fs_node *node)
{
	struct inode *inode = inode_of(node);

	memfs_loaded--;
	inode->stat = node->stat;
	if (node->stat.nlink == 0)
		free_inode(inode);
}

static int
op_changed(struct fs_node *node)
{
	inode_of(node)->stat = node->stat;
	return 0;
}

static struct entry **
find(struct fs_node *dir, const char *name)
{
	struct entry **link = &inode_of(dir)->entries;

	while (*link != NULL && strcmp((*link)->name, name) != 0)
		link = &(*link)->next;
	return *link != NULL ? link : NULL;
}

static int
add(struct memfs *fs, struct inode *dir, const char *name, uint64_t ino)
{
	struct entry **link = &dir->entries;
	struct entry *entry;

	if (no_space() != 0)
		return ENOSPC;
	entry = calloc(1, sizeof(*entry));
	strncpy(entry->name, name, sizeof(entry->name) - 1);
	entry->cookie = ++fs->cookie;
	entry->ino = ino;
	while (*link != NULL)
		link = &(*link)->next;
	*link = entry;
	return 0;
}

static void
take_out(struct fs_node *dir, const char *name)
{
	struct entry **link = find(dir, name);
	struct entry *entry = *link;

	*link = entry->next;
	free(entry);
	fs_touch(dir);
}

static bool
is_empty(const struct fs_node *dir)
{
	const struct entry *entry = inode_of(dir)->entries;

	for (; entry != NULL; entry = entry->next)
		if (strcmp(entry->name, ".") != 0 &&
		    strcmp(entry->name, "..") != 0)
			return false;
	return true;
}

static int
op_lookup(struct fs_node *dir, const char *name, uint64_t *ino)
{
	struct entry **link = find(dir, name);

	if (link == NULL)
		return ENOENT;
	*ino = (*link)->ino;
	return 0;
}

static int
make_inode(
    struct memfs *fs, uint32_t mode, const struct fs_cred *cred, uint64_t *ino)
{
	uint64_t at = ROOT_INO;
	struct io_stat *stat;

	while (at < INODES && fs->inodes[at].used)
		at++;
	if (at == INODES || no_space() != 0)
		return ENOSPC;
	fs->inodes[at].used = true;
	stat = &fs->inodes[at].stat;
	stat->ino = at;
	stat->mode = mode;
	stat->nlink = 1;
	stat->uid = cred->uid;
	stat->gid = cred->gid;
	stat->atime = stat->mtime = stat->ctime = now();
	*ino = at;
	return 0;
}

static int
op_create(struct fs_node *dir, const char *name, uint32_t mode,
    const struct fs_cred *cred, uint64_t *ino)
{
	struct memfs *fs = memfs_of(dir);
	int error = make_inode(fs, mode, cred, ino);

	if (error != 0)
		return error;
	error = add(fs, inode_of(dir), name, *ino);
	if (error == 0 && S_ISDIR(mode)) {
		struct inode *inode = &fs->inodes[*ino];

		memfs_fail = 0;
		add(fs, inode, ".", *ino);
		add(fs, inode, "..", dir->stat.ino);
		inode->stat.nlink = 2;
		dir->stat.nlink++;
	}
	if (error == 0)
		fs_touch(dir);
	else
		free_inode(&fs->inodes[*ino]);
	return error;
}

static int
op_symlink(struct fs_node *dir, const char *name, const char *target,
    const struct fs_cred *cred)
{
	struct memfs *fs = memfs_of(dir);
	uint64_t ino;
	int error = make_inode(fs, S_IFLNK | 0777, cred, &ino);

	if (error != 0)
		return error;
	fs->inodes[ino].data = strdup(target);
	fs->inodes[ino].stat.size = strlen(target);
	error = add(fs, inode_of(dir), name, ino);
	if (error != 0)
		free_inode(&fs->inodes[ino]);
	else
		fs_touch(dir);
	return error;
}

static int
op_link(struct fs_node *dir, const char *name, struct fs_node *node)
{
	int error = add(memfs_of(dir), inode_of(dir), name, node->stat.ino);

	if (error != 0)
		return error;
	node->stat.nlink++;
	fs_touch(dir);
	return 0;
}

static int
op_unlink(struct fs_node *dir, const char *name, struct fs_node *node)
{
	take_out(dir, name);
	node->stat.nlink--;
	return 0;
}

static int
op_rmdir(struct fs_node *dir, const char *name, struct fs_node *node)
{
	if (!is_empty(node))
		return ENOTEMPTY;
	take_out(dir, name);
	dir->stat.nlink--;
	node->stat.nlink = 0;
	return 0;
}

static int
op_rename(struct fs_node *old_dir, const char *old_name, struct fs_node *node,
    struct fs_node *new_dir, const char *new_name, struct fs_node *target)
{
	bool directory = S_ISDIR(node->stat.mode);

	if (target != NULL && S_ISDIR(target->stat.mode)) {
		int error = op_rmdir(new_dir, new_name, target);

		if (error != 0)
			return error;
	} else if (target != NULL) {
		op_unlink(new_dir, new_name, target);
	}
	take_out(old_dir, old_name);
	memfs_fail = 0;
	add(memfs_of(node), inode_of(new_dir), new_name, node->stat.ino);
	fs_touch(new_dir);
	if (directory && old_dir != new_dir) {
		(*find(node, ".."))->ino = new_dir->stat.ino;
		old_dir->stat.nlink--;
		new_dir->stat.nlink++;
	}
	return 0;
}

static int
op_readdir(struct fs_node *dir, uint64_t cookie, fs_emit_t emit, void *context)
{
	const struct entry *entry = inode_of(dir)->entries;

	for (; entry != NULL; entry = entry->next)
		if (entry->cookie > cookie &&
		    !emit(context, entry->ino, entry->cookie, 0, entry->name,
			strlen(entry->name)))
			break;
	return 0;
}

static int
op_readlink(struct fs_node *node, char *target, size_t size)
{
	const char *data = inode_of(node)->data;

	if (strlen(data) >= size)
		return ENAMETOOLONG;
	memcpy(target, data, strlen(data) + 1);
	return 0;
}

static int
op_read(
    struct fs_node *node, uint64_t offset, void *data, size_t size, size_t *got)
{
	*got = 0;
	if (offset >= node->stat.size)
		return 0;
	if (size > node->stat.size - offset)
		size = node->stat.size - offset;
	memcpy(data, inode_of(node)->data + offset, size);
	*got = size;
	return 0;
}

static void
resize(struct fs_node *node, uint64_t size)
{
	struct inode *inode = inode_of(node);

	inode->data = realloc(inode->data, size + 1);
	if (size > node->stat.size)
		memset(
		    inode->data + node->stat.size, 0, size - node->stat.size);
	node->stat.size = size;
}

static int
op_write(struct fs_node *node, uint64_t offset, const void *data, size_t size,
    size_t *put)
{
	*put = 0;
	if (no_space() != 0)
		return ENOSPC;
	if (offset + size > SIZE_MAX_FILE)
		return EFBIG;
	if (offset + size > node->stat.size)
		resize(node, offset + size);
	memcpy(inode_of(node)->data + offset, data, size);
	*put = size;
	return 0;
}

static int
op_truncate(struct fs_node *node, uint64_t size)
{
	if (size > SIZE_MAX_FILE)
		return EFBIG;
	resize(node, size);
	return 0;
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
	stat->bsize = 512;
}

static const struct fs_ops memfs_ops = {
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
    .readdir = op_readdir,
    .readlink = op_readlink,
    .read = op_read,
    .write = op_write,
    .truncate = op_truncate,
    .sync_node = op_sync_node,
    .sync = op_sync,
    .shutdown = op_sync,
    .statfs = op_statfs,
};

struct fs *
memfs_create(void)
{
	static const struct fs_cred root = {0, 0, 0};
	struct memfs *memfs = calloc(1, sizeof(*memfs));
	uint64_t ino;

	memfs->fs.ops = &memfs_ops;
	memfs->fs.source = "memory";
	memfs->fs.type = "memfs";
	memfs->fs.keeps_names = true;
	memfs->fs.now = now;
	make_inode(memfs, S_IFDIR | 0755, &root, &ino);
	memfs->inodes[ino].stat.nlink = 2;
	add(memfs, &memfs->inodes[ino], ".", ino);
	add(memfs, &memfs->inodes[ino], "..", ino);
	fs_node_get(&memfs->fs, ino, &memfs->fs.root);
	return &memfs->fs;
}

int
memfs_destroy(struct fs *fs)
{
	struct memfs *memfs = (struct memfs *)fs;
	int left = -1;

	fs_node_put(fs->root);
	fs_node_forget();
	for (int i = 0; i < INODES; i++) {
		if (!memfs->inodes[i].used)
			continue;
		free_inode(&memfs->inodes[i]);
		left++;
	}
	free(fs->mount_path);
	free(memfs);
	return left;
}
