/* SPDX-License-Identifier: BSD-2-Clause */
/* Permission bits, and the changes of mode, owner, times and size. */
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "memfs.h"

static const struct fs_cred root = {0, 0, 0};
static const struct fs_cred owner = {100, 100, 0};
static const struct fs_cred member = {300, 100, 0};
static const struct fs_cred extra = {300, 300, 9}; /* and in group 500 */
static const struct fs_cred other = {200, 200, 0};
static struct fs *fs;

static struct fs_node *
make(const char *name, uint32_t mode)
{
	static struct fs_walk walk;

	fs_walk(fs->root, name, O_CREAT | O_RDWR, mode, &owner, &walk);
	return walk.node;
}

/* Every mode for every class: the bits are those of the first that fits. */
static void
test_access(struct fs_node *node)
{
	unsigned wrong = 0;

	for (uint32_t mode = 0; mode < 01000; mode++) {
		node->stat.mode = S_IFREG | mode;
		for (unsigned bits = 0; bits < 8; bits++) {
			bool own = (bits & ~(mode >> 6)) == 0;
			bool group = (bits & ~(mode >> 3 & 7)) == 0;
			bool rest = (bits & ~(mode & 7)) == 0;
			bool all = (bits & 1) == 0 || (mode & 0111) != 0;

			wrong += (fs_access(node, &owner, bits) == 0) != own;
			wrong += (fs_access(node, &member, bits) == 0) != group;
			wrong += (fs_access(node, &other, bits) == 0) != rest;
			wrong += (fs_access(node, &root, bits) == 0) != all;
		}
	}
	is_int(wrong, 0, "permission bits");
	node->stat.mode = S_IFREG | 0644;
	is_int(fs_access(fs->root, &root, 7), 0, "root searches directories");
	node->stat.mode = S_IFREG | 0604;
	node->stat.gid = 500;
	is_int(fs_access(node, &extra, 4), EACCES, "further groups count");
	node->stat.mode = S_IFREG | 0640;
	is_int(fs_access(node, &extra, 4), 0, "for better and for worse");
	node->stat.gid = 100;
}

static void
test_chmod(struct fs_node *node)
{
	uint64_t before = node->stat.ctime;

	is_int(fs_chmod(node, 0600, &other), EPERM, "another's mode");
	is_int(fs_chmod(node, 0600, &owner), 0, "one's own");
	is_int(node->stat.mode, S_IFREG | 0600, "the type stays");
	ok(node->stat.ctime > before, "ctime moves");
	is_int(fs_chmod(node, S_IFDIR | 07755, &root), 0, "all bits");
	is_int(node->stat.mode, S_IFREG | 07755, "and no other");
	is_int(fs_chmod(node, 07755, &owner), 0, "by the owner");
	is_int(node->stat.mode, S_IFREG | 06755, "sticky is root's");
	node->stat.gid = 5;
	fs_chmod(node, 06755, &owner);
	is_int(node->stat.mode, S_IFREG | 04755, "set-gid needs the group");
	node->stat.gid = 100;
	fs->read_only = true;
	is_int(fs_chmod(node, 0600, &root), EROFS, "read-only");
	fs->read_only = false;
}

static void
test_chown(struct fs_node *node)
{
	is_int(fs_chown(node, ~0U, ~0U, &owner), 0, "nothing to do");
	is_int(fs_chown(node, 100, 100, &owner), 0, "to oneself");
	is_int(fs_chown(node, 200, ~0U, &owner), EPERM, "give away");
	is_int(fs_chown(node, ~0U, 200, &owner), EPERM, "a strange group");
	is_int(fs_chown(node, ~0U, 100, &other), EPERM, "another's file");
	fs_chmod(node, 06755, &root);
	is_int(fs_chown(node, 7, 8, &root), 0, "root may");
	ok(node->stat.uid == 7 && node->stat.gid == 8, "both are set");
	is_int(node->stat.mode, S_IFREG | 0755, "it is not set-id any more");
	fs_chmod(node, 02644, &root);
	is_int(fs_chown(node, 100, 100, &root), 0, "back");
	is_int(node->stat.mode, S_IFREG | 02644,
	    "set-gid without execution is not set-id");
	fs_chmod(node, 0644, &root);
}

static void
test_utimes(struct fs_node *node)
{
	is_int(fs_utimes(node, 5, 6, &owner), 0, "times");
	ok(node->stat.atime == 5 && node->stat.mtime == 6, "both");
	is_int(fs_utimes(node, IO_TIME_OMIT, 7, &owner), 0, "one");
	ok(node->stat.atime == 5 && node->stat.mtime == 7, "of them");
	is_int(fs_utimes(node, IO_TIME_NOW, IO_TIME_OMIT, &owner), 0, "now");
	ok(node->stat.atime > 7 && node->stat.mtime == 7, "is later");
	is_int(fs_utimes(node, 5, 6, &other), EPERM, "another's");
	is_int(fs_utimes(node, IO_TIME_NOW, IO_TIME_NOW, &other), EACCES,
	    "now, without permission");
	fs_chmod(node, 0666, &root);
	is_int(fs_utimes(node, IO_TIME_NOW, IO_TIME_NOW, &other), 0,
	    "now, with it");
	is_int(fs_utimes(node, IO_TIME_NOW, IO_TIME_OMIT, &other), EPERM,
	    "but only both");
	is_int(fs_utimes(node, IO_TIME_OMIT, IO_TIME_OMIT, &other), 0,
	    "nothing to do");
}

static void
test_truncate(struct fs_node *node)
{
	uint64_t before = node->stat.mtime;

	pager_before_calls = 0;
	pager_after_calls = 0;
	is_int(fs_truncate(node, 100), 0, "longer");
	is_int(pager_before_calls, 0, "no page is lost");
	is_int(fs_truncate(node, 10), 0, "shorter");
	is_int(pager_before_calls, 1, "pages are taken back");
	is_int(pager_after_calls, 2, "and readers' let go");
	is_int(node->stat.size, 10, "the size");
	ok(node->stat.mtime > before, "mtime moves");
	is_int(fs_truncate(node, UINT64_MAX), EFBIG, "beyond all bounds");
	is_int(fs_truncate(node, 1ULL << 40), EFBIG, "beyond this one's");
	is_int(fs_truncate(fs->root, 0), EISDIR, "a directory");
	fs->read_only = true;
	is_int(fs_truncate(node, 0), EROFS, "read-only");
	fs->read_only = false;
}

static void
test_marks(struct fs_node *node)
{
	uint64_t atime;

	fs_chmod(node, 06755, &root);
	fs_write_mark(node, &root);
	is_int(node->stat.mode, S_IFREG | 06755, "root's write keeps set-id");
	fs_write_mark(node, &other);
	is_int(node->stat.mode, S_IFREG | 0755, "another's does not");
	fs_read_mark(node);
	ok(node->stat.atime > node->stat.mtime, "read after written");
	atime = node->stat.atime;
	fs_read_mark(node);
	ok(node->stat.atime == atime, "once");
	ok(changes_noted > 0, "changes are noted");
}

int
main(void)
{
	struct fs_node *node;

	fs = memfs_create();
	fs_chmod(fs->root, 0777, &root);
	node = make("f", 0644);
	is_int(node->stat.uid, owner.uid, "the creator owns it");
	test_access(node);
	test_chmod(node);
	test_chown(node);
	test_utimes(node);
	test_truncate(node);
	test_marks(node);
	fs_node_put(node);
	memfs_destroy(fs);
	is_int(memfs_loaded, 0, "every reference is returned");
	return test_done();
}
