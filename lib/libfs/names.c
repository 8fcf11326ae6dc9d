/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Changes of directories, by POSIX's rules. Names are single components. A
 * node on which something is mounted, and a root, keep their names: EBUSY.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "private.h"

static bool
is_dot(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

int
fs_name_check(const char *name)
{
	size_t length = strnlen(name, IO_NAME_MAX);

	if (length == 0)
		return ENOENT;
	if (length == IO_NAME_MAX)
		return ENAMETOOLONG;
	if (is_dot(name) || memchr(name, '/', length) != NULL)
		return EINVAL;
	return 0;
}

int
fs_find(struct fs_node *dir, const char *name, struct fs_node **node)
{
	uint64_t ino;
	int error;

	if (strcmp(name, "..") != 0)
		return name_cache_find(dir, name, node);
	error = dir->fs->ops->lookup(dir, name, &ino);
	return error == 0 ? fs_node_get(dir->fs, ino, node) : error;
}

/* May cred search dir, and is the name one? */
static int
check_dir(
    const struct fs_node *dir, const char *name, const struct fs_cred *cred)
{
	int error;

	if (!S_ISDIR(dir->stat.mode))
		return ENOTDIR;
	error = fs_access(dir, cred, 1);
	return error == 0 ? fs_name_check(name) : error;
}

/* A name is to be made that may not be there: EEXIST comes first. */
static int
check_new(struct fs_node *dir, const char *name, const struct fs_cred *cred)
{
	uint64_t ino;
	int error;

	if (is_dot(name))
		return EEXIST;
	error = check_dir(dir, name, cred);
	if (error != 0)
		return error;
	error = fs_lookup(dir, name, &ino);
	if (error == 0)
		return EEXIST;
	return error == ENOENT ? fs_may_add(dir, cred) : error;
}

/* Find what is to lose its name. With a reference on success. */
static int
find_removable(struct fs_node *dir, const char *name,
    const struct fs_cred *cred, struct fs_node **result)
{
	struct fs_node *node;
	int error = fs_find(dir, name, &node);

	if (error != 0)
		return error;
	if (dir->fs->read_only)
		error = EROFS;
	else
		error = fs_may_remove(dir, node, cred);
	if (error == 0 &&
	    (node->translator != MACH_PORT_NULL || node == node->fs->root))
		error = EBUSY;
	if (error != 0)
		fs_node_put(node);
	else
		*result = node;
	return error;
}

static void
release_unlinked(struct fs_node *node)
{
	fs_note_change();
	if (node->stat.nlink == 0) {
		fs_pager_unlinked(node);
		fs_address_unlinked(node);
	}
	fs_node_put(node);
}

/* Make an inode of a type, which stands in mode, with a new name. */
static int
make(struct fs_node *dir, const char *name, uint32_t mode,
    const struct fs_cred *cred, uint64_t *ino)
{
	struct fs_cred owner;
	int error = check_new(dir, name, cred);

	if (error != 0)
		return error;
	owner = fs_new_owner(dir, cred, &mode);
	fs_note_change();
	name_cache_forget(dir, name);
	return dir->fs->ops->create(dir, name, mode, &owner, ino);
}

int
fs_mkdir(struct fs_node *dir, const char *name, uint32_t mode,
    const struct fs_cred *cred)
{
	uint64_t ino;

	return make(dir, name, S_IFDIR | (mode & 07777), cred, &ino);
}

int
fs_mkfifo(struct fs_node *dir, const char *name, uint32_t mode,
    const struct fs_cred *cred)
{
	uint64_t ino;

	return make(dir, name, S_IFIFO | (mode & 07777), cred, &ino);
}

int
fs_make_socket(struct fs_node *dir, const char *name, uint32_t mode,
    const struct fs_cred *cred, struct fs_node **node)
{
	uint64_t ino;
	int error = make(dir, name, S_IFSOCK | (mode & 07777), cred, &ino);

	return error == 0 ? fs_node_get(dir->fs, ino, node) : error;
}

int
fs_symlink(struct fs_node *dir, const char *name, const char *target,
    const struct fs_cred *cred)
{
	uint32_t mode = S_IFLNK;
	struct fs_cred owner;
	int error = check_new(dir, name, cred);

	if (error == 0 && *target == '\0')
		error = ENOENT;
	if (error == 0 && strnlen(target, IO_PATH_MAX) == IO_PATH_MAX)
		error = ENAMETOOLONG;
	if (error != 0)
		return error;
	owner = fs_new_owner(dir, cred, &mode);
	fs_note_change();
	name_cache_forget(dir, name);
	return dir->fs->ops->symlink(dir, name, target, &owner);
}

int
fs_link(struct fs_node *dir, const char *name, struct fs_node *node,
    const struct fs_cred *cred)
{
	int error = check_new(dir, name, cred);

	if (error == 0 && node->fs != dir->fs)
		error = EXDEV;
	if (error == 0 && S_ISDIR(node->stat.mode))
		error = EPERM;
	if (error == 0 && node->stat.nlink == 0)
		error = ENOENT;
	if (error != 0)
		return error;
	fs_note_change();
	name_cache_forget(dir, name);
	return dir->fs->ops->link(dir, name, node);
}

int
fs_rmdir(struct fs_node *dir, const char *name, const struct fs_cred *cred)
{
	struct fs_node *node;
	int error;

	if (strcmp(name, "..") == 0)
		return ENOTEMPTY;
	error = check_dir(dir, name, cred);
	if (error == 0)
		error = find_removable(dir, name, cred, &node);
	if (error != 0)
		return error;
	name_cache_forget(dir, name);
	error = S_ISDIR(node->stat.mode) ? dir->fs->ops->rmdir(dir, name, node)
					 : ENOTDIR;
	release_unlinked(node);
	return error;
}

int
fs_unlink(struct fs_node *dir, const char *name, const struct fs_cred *cred)
{
	struct fs_node *node;
	int error;

	if (is_dot(name))
		return EPERM;
	error = check_dir(dir, name, cred);
	if (error == 0)
		error = find_removable(dir, name, cred, &node);
	if (error != 0)
		return error;
	name_cache_forget(dir, name);
	error = S_ISDIR(node->stat.mode)
		    ? EPERM
		    : dir->fs->ops->unlink(dir, name, node);
	if (error == 0)
		node->above = 0;
	release_unlinked(node);
	return error;
}

/* Is `dir` node itself or below it? EINVAL if so. */
static int
check_below(struct fs_node *node, struct fs_node *dir)
{
	struct fs *fs = node->fs;
	int error = 0;

	fs_node_reference(dir);
	while (dir != node && dir != fs->root) {
		struct fs_node *parent;

		error = fs_find(dir, "..", &parent);
		if (error != 0 || parent == dir) {
			if (error == 0)
				fs_node_put(parent);
			break;
		}
		fs_node_put(dir);
		dir = parent;
	}
	if (dir == node)
		error = EINVAL;
	fs_node_put(dir);
	return error;
}

/* Everything that POSIX asks, once both ends are known. */
static int
check_rename(struct fs_node *old_dir, struct fs_node *node,
    struct fs_node *new_dir, const struct fs_node *target,
    const struct fs_cred *cred)
{
	bool directory = S_ISDIR(node->stat.mode);
	int error = fs_may_add(new_dir, cred);

	if (error == 0 && target != NULL)
		error = fs_may_remove(new_dir, target, cred);
	if (error == 0 && target != NULL &&
	    target->translator != MACH_PORT_NULL)
		error = EBUSY;
	if (error == 0 && directory && old_dir != new_dir) {
		error = fs_access(node, cred, 2);
		if (error == 0)
			error = check_below(node, new_dir);
	}
	if (error != 0 || target == NULL)
		return error;
	if (directory && !S_ISDIR(target->stat.mode))
		return ENOTDIR;
	if (!directory && S_ISDIR(target->stat.mode))
		return EISDIR;
	return 0;
}

/* What the new name names, if anything, goes. */
static int
rename_node(struct fs_node *old_dir, const char *old_name, struct fs_node *node,
    struct fs_node *new_dir, const char *new_name, const struct fs_cred *cred)
{
	struct fs_node *target = NULL;
	int error = fs_find(new_dir, new_name, &target);

	if (error != 0 && error != ENOENT)
		return error;
	if (target == node) {
		fs_node_put(target);
		return 0;
	}
	error = check_rename(old_dir, node, new_dir, target, cred);
	name_cache_forget(old_dir, old_name);
	name_cache_forget(new_dir, new_name);
	if (error == 0)
		error = node->fs->ops->rename(
		    old_dir, old_name, node, new_dir, new_name, target);
	if (error == 0)
		node->above = new_dir->stat.ino;
	if (target != NULL) {
		if (error == 0)
			target->above = 0;
		release_unlinked(target);
	}
	return error;
}

int
fs_rename(struct fs_node *old_dir, const char *old_name,
    struct fs_node *new_dir, const char *new_name, const struct fs_cred *cred)
{
	struct fs_node *node;
	int error = check_dir(old_dir, old_name, cred);

	if (error == 0)
		error = check_dir(new_dir, new_name, cred);
	if (error == 0 && old_dir->fs != new_dir->fs)
		error = EXDEV;
	if (error == 0)
		error = find_removable(old_dir, old_name, cred, &node);
	if (error != 0)
		return error;
	fs_note_change();
	error = rename_node(old_dir, old_name, node, new_dir, new_name, cred);
	fs_node_put(node);
	return error;
}
