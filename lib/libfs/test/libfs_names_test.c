/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Changes of directories: the rules of each call, and every kind of rename
 * against a model of what POSIX says.
 */
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <string.h>
#include <sys/stat.h>

#include "../private.h"
#include "memfs.h"

static const struct fs_cred root = {0, 0, 0};
static const struct fs_cred user = {100, 100, 0};
static const struct fs_cred other = {200, 200, 0};
static struct fs *fs;

/* The node at a path, with a reference, or NULL. */
static struct fs_node *
get(const char *path)
{
	static struct fs_walk walk;

	if (fs_walk(fs->root, path, FS_LOOKUP_PATH | O_NOFOLLOW, 0, &root,
		&walk) != 0)
		return NULL;
	return walk.node;
}

static bool
is_there(const char *path)
{
	struct fs_node *node = get(path);

	if (node != NULL)
		fs_node_put(node);
	return node != NULL;
}

static void
make_file(struct fs_node *dir, const char *name, const struct fs_cred *cred)
{
	static struct fs_walk walk;

	if (fs_walk(dir, name, O_CREAT | O_WRONLY, 0644, cred, &walk) == 0)
		fs_node_put(walk.node);
}

static void
test_names(void)
{
	char longest[IO_NAME_MAX + 1];

	memset(longest, 'x', sizeof(longest));
	longest[IO_NAME_MAX] = '\0';
	is_int(fs_name_check("a"), 0, "a name");
	is_int(fs_name_check(""), ENOENT, "no name");
	is_int(fs_name_check("."), EINVAL, "a dot");
	is_int(fs_name_check(".."), EINVAL, "two");
	is_int(fs_name_check("..."), 0, "three are a name");
	is_int(fs_name_check("a/b"), EINVAL, "a slash");
	is_int(fs_name_check(longest), ENAMETOOLONG, "too long");
	longest[IO_NAME_MAX - 1] = '\0';
	is_int(fs_name_check(longest), 0, "just so");
}

static void
test_mkdir(void)
{
	struct fs_node *top = fs->root;
	struct fs_node *dir;

	is_int(fs_mkdir(top, "d", 0750, &root), 0, "mkdir");
	dir = get("d");
	is_int(dir->stat.mode, S_IFDIR | 0750, "its mode");
	is_int(dir->stat.nlink, 2, "its links");
	is_int(top->stat.nlink, 3, "and its parent's");
	is_int(fs_mkdir(top, "d", 0750, &root), EEXIST, "again");
	is_int(fs_mkdir(top, "d", 0750, &user), EEXIST,
	    "EEXIST comes before EACCES");
	is_int(fs_mkdir(top, "e", 0750, &user), EACCES, "no permission");
	is_int(fs_mkdir(top, ".", 0750, &root), EEXIST, "mkdir .");
	is_int(fs_mkdir(top, "..", 0750, &root), EEXIST, "mkdir ..");
	is_int(fs_mkdir(top, "a/b", 0750, &root), EINVAL, "mkdir a/b");
	make_file(dir, "f", &root);
	is_int(fs_mkdir(dir, "f", 0750, &root), EEXIST, "mkdir of a file");
	fs->read_only = true;
	is_int(fs_mkdir(top, "e", 0750, &root), EROFS, "read-only");
	is_int(fs_mkdir(top, "d", 0750, &root), EEXIST, "but EEXIST first");
	is_int(fs_unlink(dir, "f", &root), EROFS, "unlink, read-only");
	is_int(fs_rename(dir, "f", dir, "g", &root), EROFS, "rename");
	fs->read_only = false;
	is_int(fs_rmdir(top, "d", &root), ENOTEMPTY, "rmdir of a full one");
	is_int(fs_rmdir(dir, "f", &root), ENOTDIR, "rmdir of a file");
	is_int(fs_rmdir(dir, ".", &root), EINVAL, "rmdir .");
	is_int(fs_rmdir(dir, "..", &root), ENOTEMPTY, "rmdir ..");
	is_int(fs_rmdir(top, "x", &root), ENOENT, "rmdir of nothing");
	is_int(fs_unlink(top, "d", &root), EPERM, "unlink of a directory");
	is_int(fs_unlink(dir, ".", &root), EPERM, "unlink .");
	is_int(fs_unlink(dir, "f", &root), 0, "unlink");
	is_int(fs_unlink(dir, "f", &root), ENOENT, "again");
	is_int(fs_rmdir(top, "d", &root), 0, "rmdir");
	is_int(top->stat.nlink, 2, "the parent's links");
	is_int(fs_mkdir(dir, "x", 0700, &root), ENOENT, "mkdir in a dead one");
	is_int(fs_symlink(dir, "x", "y", &root), ENOENT, "symlink in it");
	fs_node_put(dir);
}

static void
test_links(void)
{
	struct fs *second = memfs_create();
	struct fs_node *top = fs->root;
	struct fs_node *node;
	char target[IO_PATH_MAX + 1];

	make_file(top, "f", &root);
	node = get("f");
	is_int(fs_link(top, "g", node, &root), 0, "link");
	is_int(node->stat.nlink, 2, "two links");
	is_int(fs_link(top, "g", node, &root), EEXIST, "the name is taken");
	is_int(fs_link(second->root, "g", node, &root), EXDEV,
	    "on another file system");
	is_int(fs_link(top, "h", top, &root), EPERM, "of a directory");
	is_int(fs_link(top, "h", node, &user), EACCES, "no permission");
	is_int(fs_unlink(top, "f", &root), 0, "one goes");
	is_int(node->stat.nlink, 1, "one link");
	pager_unlinked_calls = 0;
	is_int(fs_unlink(top, "g", &root), 0, "the other");
	is_int(pager_unlinked_calls, 1, "and mapped pages with it");
	is_int(fs_link(top, "g", node, &root), ENOENT, "nothing to link to");
	is_int(fs_rename(top, "x", second->root, "x", &root), EXDEV,
	    "rename to another file system");
	fs_node_put(node);
	is_int(fs_symlink(top, "s", "", &root), ENOENT, "an empty target");
	memset(target, 't', sizeof(target));
	target[IO_PATH_MAX] = '\0';
	is_int(fs_symlink(top, "s", target, &root), ENAMETOOLONG, "too long");
	target[IO_PATH_MAX - 1] = '\0';
	is_int(fs_symlink(top, "s", target, &root), 0, "the longest");
	is_int(fs_symlink(top, "s", "x", &root), EEXIST, "again");
	is_int(fs_unlink(top, "s", &root), 0, "unlink of a link");
	is_int(memfs_destroy(second), 0, "nothing left");
}

static void
test_sticky(void)
{
	struct fs_node *top = fs->root;
	struct fs_node *dir;

	fs_mkdir(top, "tmp", 01777, &root);
	dir = get("tmp");
	make_file(dir, "u", &user);
	make_file(dir, "o", &other);
	is_int(fs_unlink(dir, "o", &user), EPERM, "another's file");
	is_int(fs_rename(dir, "o", dir, "x", &user), EPERM, "nor rename it");
	is_int(fs_rename(dir, "u", dir, "o", &user), EPERM, "nor replace it");
	is_int(fs_unlink(dir, "u", &user), 0, "one's own");
	is_int(fs_unlink(dir, "o", &root), 0, "root may");
	fs_mkdir(dir, "d", 0755, &other);
	is_int(fs_rmdir(dir, "d", &user), EPERM, "another's directory");
	is_int(fs_rmdir(dir, "d", &other), 0, "one's own");
	fs_node_put(dir);
	is_int(fs_rmdir(top, "tmp", &root), 0, "gone");
}

/* What can stand at a name; in two directories, p and q. */
enum kind {
	NONE,
	FILE_,
	LINK,
	EMPTY,
	FULL,
	KINDS,
};

static void
put_kind(struct fs_node *dir, const char *name, enum kind kind)
{
	struct fs_node *node = NULL;
	uint64_t ino;

	switch (kind) {
	case FILE_:
		make_file(dir, name, &root);
		break;
	case LINK:
		fs_symlink(dir, name, "target", &root);
		break;
	case EMPTY:
	case FULL:
		fs_mkdir(dir, name, 0755, &root);
		if (kind == EMPTY)
			break;
		dir->fs->ops->lookup(dir, name, &ino);
		fs_node_get(dir->fs, ino, &node);
		make_file(node, "inside", &root);
		fs_node_put(node);
		break;
	case NONE:
	case KINDS:
	default:
		break;
	}
}

static void
clear(struct fs_node *dir, const char *name)
{
	uint64_t ino;
	struct fs_node *node;

	if (dir->fs->ops->lookup(dir, name, &ino) != 0)
		return;
	fs_node_get(dir->fs, ino, &node);
	if (S_ISDIR(node->stat.mode)) {
		fs_unlink(node, "inside", &root);
		fs_rmdir(dir, name, &root);
	} else {
		fs_unlink(dir, name, &root);
	}
	fs_node_put(node);
}

static int
expected(enum kind from, enum kind to)
{
	bool from_dir = from == EMPTY || from == FULL;
	bool to_dir = to == EMPTY || to == FULL;

	if (from == NONE)
		return ENOENT;
	if (to == NONE)
		return 0;
	if (from_dir && !to_dir)
		return ENOTDIR;
	if (!from_dir && to_dir)
		return EISDIR;
	return to == FULL ? ENOTEMPTY : 0;
}

static void
rename_one(struct fs_node *p, struct fs_node *q, enum kind from, enum kind to)
{
	char what[64];
	uint64_t before = 0;
	uint64_t after = 0;
	int error;

	put_kind(p, "old", from);
	put_kind(q, "new", to);
	fs->ops->lookup(p, "old", &before);
	error = fs_rename(p, "old", q, "new", &root);
	snprintf(what, sizeof(what), "rename %d to %d%s", (int)from, (int)to,
	    p == q ? ", one directory" : "");
	is_int(error, expected(from, to), what);
	if (error == 0) {
		fs->ops->lookup(q, "new", &after);
		ok(before == after, "it is there");
		is_int(fs->ops->lookup(p, "old", &after), ENOENT, "and moved");
	}
	clear(p, "old");
	clear(q, "new");
	is_int(p->stat.nlink, 2, "links of the old directory");
	is_int(q->stat.nlink, 2, "links of the new one");
}

static void
test_matrix(void)
{
	struct fs_node *p;
	struct fs_node *q;

	fs_mkdir(fs->root, "p", 0755, &root);
	fs_mkdir(fs->root, "q", 0755, &root);
	p = get("p");
	q = get("q");
	for (enum kind from = NONE; from < KINDS; from++) {
		for (enum kind to = NONE; to < KINDS; to++) {
			rename_one(p, q, from, to);
			rename_one(p, p, from, to);
		}
	}
	fs_node_put(p);
	fs_node_put(q);
	is_int(fs_rmdir(fs->root, "p", &root), 0, "p is empty");
	is_int(fs_rmdir(fs->root, "q", &root), 0, "q is empty");
}

static void
test_rename(void)
{
	struct fs_node *top = fs->root;
	struct fs_node *a;
	struct fs_node *b;
	struct fs_node *c;

	fs_mkdir(top, "a", 0755, &root);
	a = get("a");
	fs_mkdir(a, "b", 0755, &root);
	b = get("a/b");
	fs_mkdir(b, "c", 0755, &root);
	c = get("a/b/c");
	is_int(fs_rename(top, "a", c, "x", &root), EINVAL, "below itself");
	is_int(fs_rename(top, "a", a, "x", &root), EINVAL, "into itself");
	is_int(fs_rename(top, "a", a, "b", &root), EINVAL, "onto its child");
	is_int(fs_rename(b, "c", top, "a", &root), ENOTEMPTY, "onto a parent");
	is_int(fs_rename(top, "a", top, "a", &root), 0, "onto itself");
	is_int(fs_rename(top, ".", top, "x", &root), EINVAL, "dot");
	is_int(fs_rename(top, "a", top, "..", &root), EINVAL, "onto dot-dot");
	is_int(fs_rename(top, "a", top, "", &root), ENOENT, "onto nothing");
	is_int(fs_rename(b, "c", top, "c", &user), EACCES, "no permission");
	is_int(fs_rename(b, "c", top, "c", &root), 0, "up");
	ok(is_there("c") && !is_there("a/b/c"), "it is up");
	is_int(fs_rename(top, "a", c, "a", &root), 0, "a into c, now allowed");
	ok(is_there("c/a/b/../../../c"), "and dot-dot leads there");
	make_file(top, "f", &root);
	fs_link(top, "g", (fs_node_put(b), b = get("f")), &root);
	is_int(fs_rename(top, "f", top, "g", &root), 0, "one file's two names");
	ok(is_there("f") && is_there("g"), "both stay");
	fs_unlink(top, "f", &root);
	fs_unlink(top, "g", &root);
	make_file(top, "open", &root);
	make_file(top, "over", &root);
	fs_node_put(b);
	b = get("over");
	is_int(fs_rename(top, "open", top, "over", &root), 0, "replace");
	is_int(b->stat.nlink, 0, "the old one has no name");
	fs_node_put(a);
	fs_node_put(b);
	fs_node_put(c);
}

static void
test_moved_directory(void)
{
	struct fs_node *top = fs->root;
	struct fs_node *mine;
	struct fs_node *theirs;

	fs_mkdir(top, "free", 0777, &root);
	mine = get("free");
	fs_mkdir(mine, "sub", 0777, &root);
	theirs = get("free/sub");
	fs_mkdir(mine, "d", 0555, &user);
	is_int(fs_rename(mine, "d", mine, "e", &user), 0, "a new name");
	is_int(fs_rename(mine, "e", theirs, "e", &user), EACCES,
	    "its dot-dot may not be written");
	is_int(fs_rename(mine, "e", theirs, "e", &root), 0, "root may");
	fs_node_put(mine);
	fs_node_put(theirs);
}

/* Any change, over and over: what is kept of names stays true. */
#define DIRS    4
#define NAMES   5
#define CHANGES 20000

static struct fs_node *dirs[DIRS];
static uint64_t seed = 1;

static unsigned
roll(unsigned below)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(seed >> 33) % below;
}

static const char *
roll_name(void)
{
	static const char *const names[NAMES] = {
	    "a", "b", "c", "d", "a-name-that-is-too-long-to-be-kept-at-all"};

	return names[roll(NAMES)];
}

static void
change(void)
{
	struct fs_node *dir = dirs[roll(DIRS)];
	const char *name = roll_name();

	switch (roll(6)) {
	case 0:
		make_file(dir, name, &root);
		break;
	case 1:
		(void)fs_mkdir(dir, name, 0755, &root);
		break;
	case 2:
		(void)fs_unlink(dir, name, &root);
		break;
	case 3:
		(void)fs_rmdir(dir, name, &root);
		break;
	case 4:
		(void)fs_symlink(dir, name, "x", &root);
		break;
	default:
		(void)fs_rename(
		    dir, name, dirs[roll(DIRS)], roll_name(), &root);
		break;
	}
}

/* Hold other directories: an inode that was freed may be one's again. */
static void
take_another(void)
{
	struct fs_node **dir = &dirs[1 + roll(DIRS - 1)];
	struct fs_node *node;

	if (fs_find(dirs[roll(DIRS)], roll_name(), &node) != 0)
		return;
	if (S_ISDIR(node->stat.mode)) {
		fs_node_put(*dir);
		*dir = node;
	} else {
		fs_node_put(node);
	}
}

static bool
is_true(struct fs_node *dir, const char *name)
{
	uint64_t kept = 0;
	uint64_t real = 0;
	int error = fs_lookup(dir, name, &kept);

	return error == dir->fs->ops->lookup(dir, name, &real) &&
	       (error != 0 || kept == real);
}

static void
test_kept_names(void)
{
	unsigned lies = 0;

	for (int i = 0; i < DIRS; i++) {
		dirs[i] = fs->root;
		fs_node_reference(fs->root);
	}
	for (int i = 0; i < CHANGES; i++) {
		change();
		take_another();
		for (int j = 0; j < 4; j++)
			if (!is_true(dirs[roll(DIRS)], roll_name()))
				lies++;
	}
	is_int(lies, 0, "names mean what they did, or what they now do");
	for (int i = 0; i < DIRS; i++)
		fs_node_put(dirs[i]);
}

int
main(void)
{
	fs = memfs_create();
	test_names();
	test_mkdir();
	test_links();
	test_sticky();
	test_matrix();
	test_rename();
	test_moved_directory();
	test_kept_names();
	memfs_destroy(fs);
	is_int(memfs_loaded, 0, "every reference is returned");
	return test_done();
}
