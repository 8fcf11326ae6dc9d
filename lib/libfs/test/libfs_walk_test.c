/* SPDX-License-Identifier: BSD-2-Clause */
/* Path walks: links, "..", mounts, creation, flags, permissions, limits. */
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "memfs.h"

static const struct fs_cred root = {0, 0, 0};
static const struct fs_cred user = {100, 100, 0};
static struct fs *fs;
static struct fs_walk walk;

static int
go_as(const struct fs_cred *cred, const char *path, int flags)
{
	int error = fs_walk(fs->root, path, flags, 0644, cred, &walk);

	if (error != 0 && walk.node != NULL)
		return -1;
	return error;
}

/* Walk and let go; the error, or the negative retry. */
static int
go(const char *path, int flags)
{
	int error = go_as(&root, path, flags);

	if (walk.node != NULL)
		fs_node_put(walk.node);
	return error != 0 ? error : -walk.retry;
}

static int
go_user(const char *path, int flags)
{
	int error = go_as(&user, path, flags);

	if (walk.node != NULL)
		fs_node_put(walk.node);
	return error != 0 ? error : -walk.retry;
}

static struct fs_node *
get(const char *path)
{
	return go_as(&root, path, FS_LOOKUP_PATH | O_NOFOLLOW) == 0 ? walk.node
								    : NULL;
}

static void
mkdir_at(const char *dir, const char *name, uint32_t mode)
{
	struct fs_node *node = get(dir);

	fs_mkdir(node, name, mode, &root);
	fs_node_put(node);
}

static void
symlink_at(const char *dir, const char *name, const char *target)
{
	struct fs_node *node = get(dir);

	is_int(fs_symlink(node, name, target, &root), 0, "symlink made");
	fs_node_put(node);
}

static void
set_mode(const char *path, uint32_t mode)
{
	struct fs_node *node = get(path);

	is_int(fs_chmod(node, mode, &root), 0, "chmod");
	fs_node_put(node);
}

static void
make_tree(void)
{
	mkdir_at("", "a", 0755);
	mkdir_at("a", "b", 0755);
	mkdir_at("a/b", "c", 0755);
	is_int(go("a/b/file", O_CREAT | O_WRONLY), 0, "a file is created");
	ok(walk.created, "and said to be");
}

static void
test_plain(void)
{
	is_int(go("", FS_LOOKUP_PATH), 0, "the empty path is the start");
	is_int(go("a/b/c", O_RDONLY), 0, "a path");
	is_int(go("a//b///c", O_RDONLY), 0, "many slashes");
	is_int(go("a/b/c/", O_RDONLY), 0, "a slash behind a directory");
	is_int(go("./a/./b/.", O_RDONLY), 0, "dots");
	is_int(go("a/b/../../a/b/file", O_RDONLY), 0, "dot-dots");
	is_int(go("../../..", O_RDONLY), 0, "above the root is the root");
	is_int(go("x", O_RDONLY), ENOENT, "no such name");
	is_int(go("x/y", O_RDONLY), ENOENT, "no such directory");
	is_int(go("a/b/file/", O_RDONLY), ENOTDIR, "a slash behind a file");
	is_int(go("a/b/file/x", O_RDONLY), ENOTDIR, "below a file");
	is_int(go("a/b/file/..", O_RDONLY), ENOTDIR, "above a file");
	is_int(go("a/b/file/.", O_RDONLY), ENOTDIR, "a file's dot");
}

static void
test_flags(void)
{
	is_int(go("a", O_WRONLY), EISDIR, "a directory is not written to");
	is_int(go("a", O_RDONLY | O_TRUNC), EISDIR, "nor truncated");
	is_int(go("a", O_RDONLY | O_CREAT), EISDIR, "nor created");
	is_int(go("a", O_RDONLY | O_DIRECTORY), 0, "O_DIRECTORY");
	is_int(go("a/b/file", O_RDONLY | O_DIRECTORY), ENOTDIR, "no directory");
	is_int(go("a/b/file", O_ACCMODE), EINVAL, "no access mode");
	is_int(go("a/b/file", O_CREAT | O_EXCL | O_WRONLY), EEXIST, "O_EXCL");
	is_int(go("a", O_CREAT | O_EXCL), EEXIST, "O_EXCL, directory");
	is_int(go(".", O_CREAT | O_EXCL), EEXIST, "O_EXCL, dot");
	is_int(go("a/b/file", O_CREAT | O_WRONLY), 0, "O_CREAT of an old one");
	ok(!walk.created, "which was there");
	is_int(go("new/", O_CREAT | O_WRONLY), EISDIR, "a slash behind a new");
	is_int(go("new/x", O_CREAT | O_WRONLY), ENOENT, "no directory made");
	is_int(go("new", O_CREAT | O_DIRECTORY), EINVAL,
	    "a directory is not opened into being");
	is_int(go("new", O_CREAT | FS_LOOKUP_PATH), ENOENT,
	    "a handle creates nothing");
	is_int(go("new", O_CREAT | O_EXCL | O_RDWR), 0, "O_EXCL of a new one");
	ok(walk.created, "created");
}

static void
test_truncate(void)
{
	struct fs_node *node = get("a/b/file");
	size_t put;

	node->fs->ops->write(node, 0, "hello", 5, &put);
	is_int(go("a/b/file", O_RDONLY), 0, "opened");
	is_int(node->stat.size, 5, "and as it was");
	is_int(go("a/b/file", O_WRONLY | O_TRUNC), 0, "opened with O_TRUNC");
	is_int(node->stat.size, 0, "and emptied");
	fs_node_put(node);
}

static void
test_links(void)
{
	char name[16] = "l0";
	char target[16];

	symlink_at("", "rel", "a/b");
	symlink_at("a/b", "up", "../b/file");
	symlink_at("", "abs", "/a/b");
	symlink_at("", "gone", "nowhere");
	symlink_at("", "self", "self");
	symlink_at("", "slash", "a/b/");
	is_int(go("rel/file", O_RDONLY), 0, "through a link");
	is_int(go("rel", O_RDONLY | O_DIRECTORY), 0, "a link at the end");
	is_int(go("rel/", FS_LOOKUP_PATH | O_NOFOLLOW), 0, "with a slash");
	ok(S_ISDIR(get("rel/")->stat.mode), "it is followed in any case");
	fs_node_put(walk.node);
	is_int(go("rel/up", O_RDONLY), 0, "two links");
	is_int(go("slash/file", O_RDONLY), 0, "a target with a slash");
	is_int(go("rel", O_RDONLY | O_NOFOLLOW), ELOOP, "O_NOFOLLOW");
	is_int(go("rel", FS_LOOKUP_PATH | O_NOFOLLOW), 0, "a handle on it");
	is_int(go("rel", O_CREAT | O_EXCL | O_WRONLY), EEXIST,
	    "O_EXCL does not follow");
	is_int(go("abs/x", O_RDONLY), -FS_RETRY_ROOT, "an absolute link");
	is_str(walk.rest, "/a/b/x", "and what is left of the path");
	is_int(go("gone", O_RDONLY), ENOENT, "a dangling link");
	is_int(go("gone", O_WRONLY | O_CREAT), 0, "creates what it names");
	is_int(go("nowhere", O_RDONLY), 0, "which is there then");
	is_int(go("self", O_RDONLY), ELOOP, "a loop");
	symlink_at("", name, "a");
	for (int i = 1; i <= 40; i++) {
		snprintf(target, sizeof(target), "l%d", i - 1);
		snprintf(name, sizeof(name), "l%d", i);
		symlink_at("", name, target);
	}
	is_int(go("l39/b", O_RDONLY), 0, "forty links");
	is_int(go("l40/b", O_RDONLY), ELOOP, "are the most");
}

static void
test_lengths(void)
{
	char path[IO_PATH_MAX + 8];
	char name[IO_NAME_MAX + 1];

	memset(name, 'n', sizeof(name));
	name[IO_NAME_MAX] = '\0';
	is_int(go(name, O_RDONLY), ENAMETOOLONG, "a long name");
	is_int(go(name, O_CREAT | O_WRONLY), ENAMETOOLONG, "not to be created");
	name[IO_NAME_MAX - 1] = '\0';
	is_int(go(name, O_RDONLY), ENOENT, "one shorter is a name");
	is_int(go(name, O_CREAT | O_WRONLY), 0, "that can be created");
	memset(path, '/', sizeof(path));
	path[IO_PATH_MAX - 1] = '\0';
	is_int(go(path, O_RDONLY), 0, "a path of full length");
	path[IO_PATH_MAX - 1] = '/';
	path[IO_PATH_MAX] = '\0';
	is_int(go(path, O_RDONLY), ENAMETOOLONG, "and one more");
	memset(path, '/', sizeof(path));
	memcpy(path, "rel", 3);
	path[IO_PATH_MAX - 1] = '\0';
	is_int(go(path, O_RDONLY), ENAMETOOLONG, "a link in it has no room");
	path[IO_PATH_MAX - 1 - 4] = '\0';
	is_int(go(path, O_RDONLY), 0, "or just so");
}

static void
test_mount(void)
{
	struct fs_node *node = get("a/b/c");
	struct fs_node *below;

	node->translator = 77;
	is_int(go("a/b/c/x/y", O_RDONLY), -FS_RETRY_PORT, "into a mount");
	is_int(walk.port, 77, "its root is named");
	is_str(walk.rest, "x/y", "with the rest");
	is_int(go("a/b/c", O_RDONLY), -FS_RETRY_PORT, "the mount itself");
	is_str(walk.rest, "", "nothing is left");
	is_int(go("a/b/c/", O_RDONLY), -FS_RETRY_PORT, "and with a slash");
	is_int(go("a/b/c/..", O_RDONLY), -FS_RETRY_PORT, "what is above is");
	is_str(walk.rest, "..", "the mounted root's to tell");
	is_int(fs_walk(node, "", O_RDONLY, 0, &root, &walk), 0,
	    "the directory below, by its port");
	ok(walk.node == node && walk.retry == FS_RETRY_NONE, "is itself");
	fs_node_put(walk.node);
	below = get("a/b");
	is_int(fs_rmdir(below, "c", &root), EBUSY, "rmdir of a mount point");
	is_int(fs_rename(below, "c", below, "d", &root), EBUSY, "rename of it");
	fs_mkdir(below, "e", 0755, &root);
	is_int(fs_rename(below, "e", below, "c", &root), EBUSY, "onto it");
	fs_rmdir(below, "e", &root);
	fs_node_put(below);
	node->translator = MACH_PORT_NULL;
	fs_node_put(node);
	fs->parent = 55;
	is_int(go("a/../../x", O_RDONLY), -FS_RETRY_PORT, "out of a mount");
	is_int(walk.port, 55, "to the parent");
	is_str(walk.rest, "../x", "which goes up itself");
	ok(walk.node == NULL, "and no node");
	is_int(go("..", O_RDONLY), -FS_RETRY_PORT, "just up");
	is_str(walk.rest, "..", "the same");
	fs->parent = MACH_PORT_NULL;
}

static void
test_permissions(void)
{
	is_int(go_user("a/b/file", O_RDONLY), 0, "others may read");
	is_int(go_user("a/b/file", O_WRONLY), EACCES, "not write");
	is_int(go_user("a/b/file", O_RDONLY | O_TRUNC), EACCES, "not empty");
	is_int(go_user("a/b/file", FS_LOOKUP_PATH), 0, "have a handle");
	is_int(go_user("a/b/file", O_SEARCH), EACCES, "not execute");
	is_int(go("a/b/file", O_SEARCH), EACCES, "nor may root");
	is_int(go_user("a/new", O_CREAT | O_WRONLY), EACCES, "not create");
	set_mode("a/b", 0700);
	is_int(go_user("a/b/file", O_RDONLY), EACCES, "nor search");
	is_int(go_user("a/b/..", O_RDONLY), EACCES, "not even for dots");
	set_mode("a/b", 0711);
	is_int(go_user("a/b", O_RDONLY), EACCES, "search is not read");
	is_int(go_user("a/b", O_SEARCH | O_DIRECTORY), 0, "but search");
	set_mode("a/b", 0777);
	is_int(go_user("a/b/mine", O_CREAT | O_EXCL | O_RDWR), 0, "create");
	set_mode("a/b/mine", 0000);
	is_int(go_user("a/b/mine", O_RDONLY), EACCES, "the owner's bits count");
	is_int(go("a/b/mine", O_RDWR), 0, "but not for root");
	set_mode("a/b", 02777);
	is_int(fs_walk(fs->root, "a/b/grouped", O_CREAT | O_WRONLY, 0400, &user,
		   &walk),
	    0, "a read-only file is created for writing");
	is_int(walk.node->stat.gid, 0, "with the directory's group");
	is_int(walk.node->stat.mode, S_IFREG | 0400, "and its mode");
	fs_node_put(walk.node);
	fs->read_only = true;
	is_int(go("a/b/file", O_WRONLY), EROFS, "a read-only file system");
	is_int(go("a/b/x", O_CREAT | O_WRONLY), EROFS, "creates nothing");
	is_int(go("a/b/file", O_RDONLY), 0, "reads");
	fs->read_only = false;
}

static void
test_removed(void)
{
	struct fs_node *node;
	struct fs_node *above = get("");

	mkdir_at("", "dead", 0755);
	node = get("dead");
	is_int(fs_rmdir(above, "dead", &root), 0, "rmdir of an open one");
	is_int(fs_walk(node, "x", O_CREAT | O_WRONLY, 0, &root, &walk), ENOENT,
	    "nothing is created in it");
	is_int(fs_walk(node, ".", O_RDONLY, 0, &root, &walk), 0, "it is there");
	fs_node_put(walk.node);
	fs_node_put(node);
	fs_node_put(above);
}

static void
test_failure(void)
{
	memfs_fail = 1;
	is_int(go("full", O_CREAT | O_WRONLY), ENOSPC, "no space");
	is_int(go("full", O_RDONLY), ENOENT, "leaves no name");
}

static void
test_path(void)
{
	struct fs_node *node = get("a/b/c");
	char path[IO_PATH_MAX];
	char tight[7];

	is_int(fs_path(node, path, sizeof(path)), 0, "the path of a directory");
	is_str(path, "/a/b/c", "is it");
	is_int(fs_path(node, tight, sizeof(tight)), 0, "it just fits");
	is_int(fs_path(node, tight, sizeof(tight) - 1), ENAMETOOLONG, "or not");
	is_int(fs_path(fs->root, path, sizeof(path)), 0, "the root's");
	is_str(path, "/", "is a slash");
	fs_node_put(node);
	node = get("a/b/file");
	is_int(fs_path(node, path, sizeof(path)), 0, "a file's");
	is_str(path, "/a/b/file", "is where it was found");
	fs_node_put(node);
}

/* A file's path follows its name, and ends with it. */
static void
test_path_changes(void)
{
	struct fs_node *b = get("a/b");
	struct fs_node *a = get("a");
	struct fs_node *node;
	char path[IO_PATH_MAX];

	is_int(go_as(&root, "a/b/new", O_CREAT | O_WRONLY), 0, "a new file");
	node = walk.node;
	is_int(fs_path(node, path, sizeof(path)), 0, "has a path");
	is_str(path, "/a/b/new", "at once");
	is_int(fs_rename(b, "new", a, "old", &root), 0, "renamed");
	is_int(fs_path(node, path, sizeof(path)), 0, "it has another");
	is_str(path, "/a/old", "its new name's");
	is_int(fs_unlink(a, "old", &root), 0, "unlinked");
	is_int(fs_path(node, path, sizeof(path)), ENOENT, "it has none");
	fs_node_put(node);
	fs_node_put(a);
	fs_node_put(b);
}

/* Links of a file system that knows better where they lead. */
static int
follow(struct fs_node *link, const struct fs_cred *cred, struct fs_walk *to,
    char *target, size_t size)
{
	int error = link->fs->ops->readlink(link, target, size);

	if (error != 0 || strncmp(target, "//", 2) != 0)
		return error;
	if (cred->uid != 0)
		return EACCES;
	to->retry = target[2] == 'p' ? FS_RETRY_PORT : FS_RETRY_DESCRIPTOR;
	to->port = 42;
	memmove(target, target + 3, strlen(target + 3) + 1);
	return 0;
}

static void
test_follow(void)
{
	const struct fs_ops *ops = fs->ops;
	struct fs_ops following = *ops;

	symlink_at("a", "port", "//p");
	symlink_at("a", "fd", "//d0/3");
	symlink_at("a", "plain", "b");
	following.follow = follow;
	fs->ops = &following;
	is_int(go("a/port", O_RDONLY), -FS_RETRY_PORT, "a link to a port");
	ok(walk.port == 42 && walk.rest[0] == '\0', "which is told");
	is_int(go("a/port/x/y", O_RDONLY), -FS_RETRY_PORT, "through it");
	is_str(walk.rest, "/x/y", "the rest is for there");
	is_int(go("a/fd", O_RDONLY), -FS_RETRY_DESCRIPTOR, "a descriptor");
	is_str(walk.rest, "0/3", "by number");
	is_int(go("a/fd/x", O_RDONLY), -FS_RETRY_DESCRIPTOR, "from one");
	is_str(walk.rest, "0/3/x", "with what follows");
	is_int(go("a/fd", FS_LOOKUP_PATH | O_NOFOLLOW), 0, "the link itself");
	is_int(go_user("a/fd", O_RDONLY), EACCES, "it knows who asks");
	is_int(go("a/plain/c", O_RDONLY), 0, "and other links are as ever");
	fs->ops = ops;
}

int
main(void)
{
	int loads;

	fs = memfs_create();
	make_tree();
	test_plain();
	test_flags();
	test_truncate();
	test_links();
	test_lengths();
	test_mount();
	test_permissions();
	test_removed();
	test_failure();
	test_path();
	test_path_changes();
	test_follow();
	go("a/b/file", O_RDONLY);
	loads = memfs_loads;
	go("a/b/file", O_RDONLY);
	is_int(memfs_loads, loads, "a second walk loads nothing");
	memfs_destroy(fs);
	is_int(memfs_loaded, 0, "every reference is returned");
	return test_done();
}
