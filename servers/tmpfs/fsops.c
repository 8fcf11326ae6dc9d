/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libfs's operations on files in memory. Whatever needs memory is done before
 * anything is changed, so an error leaves all as it was.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tmpfs.h"

#define MAGIC        0x01021994U
#define COOKIE_DOT   1U
#define COOKIE_UP    2U
#define NAME_LONGEST 255U

static int
op_load(struct fs_node *node)
{
	struct tmpfs_inode *inode = tmpfs_inode(tmpfs_of(node), node->stat.ino);

	if (inode == NULL)
		return EIO;
	node->stat = inode->stat;
	node->data = inode;
	return 0;
}

static void
op_unload(struct fs_node *node)
{
	if (node->stat.nlink == 0)
		tmpfs_inode_free(tmpfs_of(node), inode_of(node));
	else
		inode_of(node)->stat = node->stat;
}

static int
op_changed(struct fs_node *node)
{
	(void)node;
	return 0;
}

static void
dir_changed(struct fs_node *dir)
{
	dir->stat.mtime = dir->fs->now();
	dir->stat.ctime = dir->stat.mtime;
}

static int
op_lookup(struct fs_node *dir, const char *name, uint64_t *ino)
{
	const struct tmpfs_entry *entry;

	if (strcmp(name, "..") == 0 && dir->stat.nlink > 0) {
		*ino = inode_of(dir)->parent;
		return 0;
	}
	entry = entry_find(tmpfs_of(dir), (uint32_t)dir->stat.ino, name);
	if (entry == NULL)
		return ENOENT;
	*ino = entry->ino;
	return 0;
}

/* An inode and its name; `target` if it is a symbolic link. */
static int
make(struct fs_node *dir, const char *name, uint32_t mode,
    const struct fs_cred *cred, const char *target, uint64_t *ino)
{
	struct tmpfs *fs = tmpfs_of(dir);
	struct tmpfs_inode *inode;
	int error = tmpfs_inode_make(fs, mode, cred, &inode);

	if (error != 0)
		return error;
	if (target != NULL) {
		inode->target = strdup(target);
		inode->stat.size = strlen(target);
		error = inode->target != NULL ? 0 : ENOMEM;
	}
	if (error == 0)
		error = entry_add(fs, inode_of(dir), name, &inode->stat);
	if (error != 0) {
		tmpfs_inode_free(fs, inode);
		return error;
	}
	if (S_ISDIR(mode)) {
		inode->parent = (uint32_t)dir->stat.ino;
		inode->stat.nlink = 2;
		dir->stat.nlink++;
	}
	dir_changed(dir);
	*ino = inode->stat.ino;
	return 0;
}

static int
op_create(struct fs_node *dir, const char *name, uint32_t mode,
    const struct fs_cred *cred, uint64_t *ino)
{
	return make(dir, name, mode, cred, NULL, ino);
}

static int
op_symlink(struct fs_node *dir, const char *name, const char *target,
    const struct fs_cred *cred)
{
	uint64_t ino;

	return make(dir, name, S_IFLNK | 0777, cred, target, &ino);
}

static int
op_readlink(struct fs_node *node, char *target, size_t size)
{
	const char *from = inode_of(node)->target;
	size_t length = strlen(from);

	if (length >= size)
		return ENAMETOOLONG;
	memcpy(target, from, length + 1);
	return 0;
}

static int
op_link(struct fs_node *dir, const char *name, struct fs_node *node)
{
	struct tmpfs *fs = tmpfs_of(dir);
	int error;

	if (fs->names >= fs->names_limit)
		return ENOSPC;
	error = entry_add(fs, inode_of(dir), name, &node->stat);
	if (error != 0)
		return error;
	fs->names++;
	node->stat.nlink++;
	node->stat.ctime = fs->fs.now();
	dir_changed(dir);
	return 0;
}

/* A file loses a link; its inode has the last name of the limit. */
static void
drop_link(struct fs_node *node)
{
	node->stat.nlink--;
	node->stat.ctime = node->fs->now();
	if (node->stat.nlink > 0)
		tmpfs_of(node)->names--;
}

static int
remove_name(struct fs_node *dir, const char *name)
{
	struct tmpfs *fs = tmpfs_of(dir);
	struct tmpfs_entry *entry =
	    entry_find(fs, (uint32_t)dir->stat.ino, name);

	if (entry == NULL)
		return ENOENT;
	entry_remove(fs, inode_of(dir), entry);
	dir_changed(dir);
	return 0;
}

static int
op_unlink(struct fs_node *dir, const char *name, struct fs_node *node)
{
	int error = remove_name(dir, name);

	if (error == 0)
		drop_link(node);
	return error;
}

static int
op_rmdir(struct fs_node *dir, const char *name, struct fs_node *node)
{
	int error =
	    inode_of(node)->first != NULL ? ENOTEMPTY : remove_name(dir, name);

	if (error != 0)
		return error;
	dir->stat.nlink--;
	node->stat.nlink = 0;
	return 0;
}

/* The name exists: let it name `node`, and drop what it named. */
static int
rename_over(struct fs_node *dir, const char *name, const struct fs_node *node,
    struct fs_node *target)
{
	struct tmpfs_entry *entry =
	    entry_find(tmpfs_of(dir), (uint32_t)dir->stat.ino, name);

	if (entry == NULL)
		return ENOENT;
	if (inode_of(target)->first != NULL)
		return ENOTEMPTY;
	entry->ino = (uint32_t)node->stat.ino;
	entry->type = entry_type(node->stat.mode);
	if (S_ISDIR(target->stat.mode)) {
		dir->stat.nlink--;
		target->stat.nlink = 0;
	} else {
		drop_link(target);
	}
	return 0;
}

static int
op_rename(struct fs_node *old_dir, const char *old_name, struct fs_node *node,
    struct fs_node *new_dir, const char *new_name, struct fs_node *target)
{
	int error = target != NULL
			? rename_over(new_dir, new_name, node, target)
			: entry_add(tmpfs_of(node), inode_of(new_dir), new_name,
			      &node->stat);

	if (error == 0)
		error = remove_name(old_dir, old_name);
	if (error != 0)
		return error;
	if (S_ISDIR(node->stat.mode)) {
		inode_of(node)->parent = (uint32_t)new_dir->stat.ino;
		old_dir->stat.nlink--;
		new_dir->stat.nlink++;
	}
	dir_changed(new_dir);
	node->stat.ctime = node->fs->now();
	return 0;
}

static int
op_readdir(struct fs_node *dir, uint64_t cookie, fs_emit_t emit, void *context)
{
	const struct tmpfs_inode *inode = inode_of(dir);
	const struct tmpfs_entry *entry = inode->first;

	if (dir->stat.nlink == 0)
		return 0;
	if (cookie < COOKIE_DOT && !emit(context, dir->stat.ino, COOKIE_DOT,
				       entry_type(S_IFDIR), ".", 1))
		return 0;
	if (cookie < COOKIE_UP && !emit(context, inode->parent, COOKIE_UP,
				      entry_type(S_IFDIR), "..", 2))
		return 0;
	while (entry != NULL && entry->cookie <= cookie)
		entry = entry->next;
	while (entry != NULL && emit(context, entry->ino, entry->cookie,
				    entry->type, entry->name, entry->length))
		entry = entry->next;
	return 0;
}

static void
op_statfs(struct fs *fs, struct fs_statfs *stat)
{
	const struct tmpfs *tmpfs = (const struct tmpfs *)fs;

	stat->type = MAGIC;
	stat->bsize = PAGE_SIZE;
	stat->blocks = tmpfs->store.limit;
	stat->bfree = tmpfs->store.limit - tmpfs->store.used;
	stat->bavail = stat->bfree;
	stat->files = tmpfs->names_limit;
	stat->ffree = tmpfs->names_limit - tmpfs->names;
	stat->fsid = fs->dev;
	stat->namemax = NAME_LONGEST;
}

const struct fs_ops tmpfs_ops = {
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
    .read = tmpfs_read,
    .is_hole = tmpfs_is_hole,
    .write = tmpfs_write,
    .truncate = tmpfs_truncate,
    .reserve = tmpfs_reserve,
    .statfs = op_statfs,
};

int
tmpfs_make(struct tmpfs *fs, const struct tmpfs_options *options)
{
	static const struct fs_cred root = {0, 0, 0};
	struct tmpfs_inode *inode;
	int error;

	fs->fs.ops = &tmpfs_ops;
	fs->fs.type = "tmpfs";
	fs->store.limit = options->size / PAGE_SIZE;
	fs->names_limit =
	    options->names != 0 ? options->names : fs->store.limit;
	fs->cookie = COOKIE_UP;
	error = tmpfs_inode_make(fs, S_IFDIR | options->mode, &root, &inode);
	if (error != 0)
		return error;
	inode->parent = ROOT_INO;
	inode->stat.nlink = 2;
	return fs_node_get(&fs->fs, ROOT_INO, &fs->fs.root);
}
