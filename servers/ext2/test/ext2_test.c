/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the server does to a file system, judged by e2fsck after each part; with
 * blocks of 1, 2 and 4 KiB.
 */
#include <errno.h>
#include <libtest/test.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "image.h"

#define KB 1024UL
#define MB (1024UL * 1024)

static unsigned char *data;
static unsigned char *back;

static bool
same(const char *path, uint64_t offset, size_t size)
{
	memset(back, 0xee, size);
	return at_read(path, offset, back, size) == (long)size &&
	       memcmp(back, data + offset, size) == 0;
}

static void
test_files(void)
{
	struct io_stat stat;

	is_int(at_create("file"), 0, "create");
	is_int(at_create("file"), EEXIST, "twice");
	is_int(at_write("file", 0, data, 5 * MB), (long)(5 * MB),
	    "5 MB, into double indirect blocks");
	ok(same("file", 0, 5 * MB), "and back");
	is_int(
	    at_write("file", 12345, data + 12345, 100), 100, "in its middle");
	ok(same("file", 12000, 3 * KB), "and back");
	is_int(at_truncate("file", 100 * KB + 7), 0, "cut");
	is_int(at_read("file", 100 * KB, back, 4 * KB), 7, "is its end");
	is_int(at_truncate("file", 200 * KB), 0, "lengthened");
	is_int(at_read("file", 100 * KB + 7, back, KB), (long)KB, "zeros");
	ok(back[0] == 0 && back[KB - 1] == 0, "follow");
	is_int(at_truncate("file", 0), 0, "emptied");
	at_stat("file", &stat);
	is_int(stat.blocks, 0, "it has no blocks");
	is_int(at_unlink("file"), 0, "unlink");
	is_int(at_unlink("file"), ENOENT, "twice");
}

static void
test_sparse(void)
{
	struct io_stat stat;

	at_create("sparse");
	is_int(at_write("sparse", 200 * MB, data, 10), 10,
	    "far out, in a triple or double indirect block");
	at_stat("sparse", &stat);
	is_int(stat.size, 200 * MB + 10, "the size");
	ok(stat.blocks < 100, "holes have no blocks");
	is_int(at_read("sparse", 100 * MB, back, KB), (long)KB, "a hole");
	ok(back[0] == 0 && back[KB - 1] == 0, "reads as zeros");
	is_int(at_truncate("sparse", 1), 0, "cut");
	at_stat("sparse", &stat);
	is_int(stat.blocks, 0, "gives the blocks back");
	at_unlink("sparse");
}

static void
test_names(void)
{
	char name[300];
	struct fs_node *node;
	struct io_stat stat;
	int i;

	is_int(at_mkdir("a"), 0, "mkdir");
	is_int(at_mkdir("a/b"), 0, "in it");
	is_int(at_rmdir("a"), ENOTEMPTY, "rmdir of a full one");
	at_stat("a", &stat);
	is_int(stat.nlink, 3, "three links");
	at_mkdir("c");
	is_int(at_rename("a/b", "c/d"), 0, "a folder elsewhere");
	at_stat("a", &stat);
	is_int(stat.nlink, 2, "its old parent has one less");
	at_stat("c/d/..", &stat);
	is_int(at_get("c", &node), 0, "its new parent");
	is_int(stat.ino, node->stat.ino, "is its dot-dot");
	fs_node_put(node);
	is_int(at_rename("c", "c/d/e"), EINVAL, "a folder into itself");
	for (i = 0; i < 400; i++) {
		snprintf(name, sizeof(name), "a/entry-number-%d", i);
		if (at_create(name) != 0)
			break;
	}
	is_int(i, 400, "400 entries");
	is_int(at_count("a"), 400, "are there");
	for (i = 0; i < 400; i += 2) {
		snprintf(name, sizeof(name), "a/entry-number-%d", i);
		at_unlink(name);
	}
	is_int(at_count("a"), 200, "half of them gone");
	memset(name, 'n', 255);
	name[255] = '\0';
	is_int(at_create(name), 0, "a name of 255");
	name[255] = 'n';
	name[256] = '\0';
	is_int(at_create(name), ENAMETOOLONG, "but not of 256");
	is_int(at_link("a/entry-number-1", "hard"), 0, "a link");
	at_stat("hard", &stat);
	is_int(stat.nlink, 2, "counts");
	is_int(at_symlink("short", "s1"), 0, "a short symbolic link");
	memset(name, 'l', 100);
	name[100] = '\0';
	is_int(at_symlink(name, "s2"), 0, "a long one");
	at_stat("s2", &stat);
	is_int(stat.size, 100, "of its length");
	is_int(at_rename("hard", "s2"), 0, "rename over it");
}

static void
test_unlinked(void)
{
	struct fs_statfs before, after;
	struct fs_node *node;
	size_t got;

	image_fs.fs.ops->statfs(&image_fs.fs, &before);
	at_create("open");
	at_write("open", 0, data, 100 * KB);
	at_get("open", &node);
	is_int(at_unlink("open"), 0, "unlink an open file");
	is_int(ext2_ops.read(node, 0, back, KB, &got), 0, "still there");
	fs_node_put(node);
	image_fs.fs.ops->statfs(&image_fs.fs, &after);
	is_int(after.bfree, before.bfree, "its blocks come back at the close");
	is_int(after.ffree, before.ffree, "and its inode");
}

static void
test_full(void)
{
	struct fs_statfs stat;
	uint64_t done = 0;
	long put;

	at_create("big");
	while ((put = at_write("big", done, data, MB)) > 0)
		done += (uint64_t)put;
	is_int(put, -ENOSPC, "a full disk says so");
	is_int(at_create("one-more"), 0, "a name still has room");
	is_int(at_write("one-more", 0, data, 10), -ENOSPC, "but no data");
	is_int(at_unlink("one-more"), 0, "unlink");
	is_int(at_unlink("big"), 0, "and the big one");
	image_fs.fs.ops->statfs(&image_fs.fs, &stat);
	ok(stat.bfree > stat.blocks / 2, "there is room again");
}

static void
test_again(void)
{
	is_int(image_unmount(), 0, "shut down");
	is_int(image_check(), 0, "e2fsck finds nothing wrong");
	is_int(image_mount(), 0, "mounted again");
}

static unsigned seed = 1;

static unsigned
any(unsigned limit)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 10) % limit;
}

static void
random_path(char *path)
{
	static const char *const folders[] = {"", "x/", "y/", "x/z/"};

	sprintf(path, "%s%c", folders[any(4)], 'a' + (int)any(12));
}

static void
random_operation(void)
{
	char path[32], other[32];

	random_path(path);
	random_path(other);
	switch (any(10)) {
	case 0:
	case 1:
		at_create(path);
		break;
	case 2:
	case 3:
		at_write(path, any(300000), data, any(20000));
		break;
	case 4:
		at_truncate(path, any(300000));
		break;
	case 5:
		at_unlink(path);
		break;
	case 6:
		at_rename(path, other);
		break;
	case 7:
		at_mkdir(path);
		break;
	case 8:
		at_rmdir(path);
		break;
	default:
		at_link(path, other);
		break;
	}
}

/* The file as pages from the disk; how much of it comes so. -1: not the file */
static long
read_memory(struct fs_node *node, uint64_t end)
{
	long got = 0;

	for (uint64_t at = 0; at < end;) {
		size_t left = (size_t)(end - at);
		size_t size =
		    (left < 64 * KB ? left + 4095 : 64 * KB) & ~4095UL;
		uintptr_t memory;
		const char *bytes;
		bool good;

		if (ext2_ops.read_memory(node, at, &size, &memory) == 0) {
			bytes = (const char *)memory;
			good = memcmp(bytes, data + at,
				   size < left ? size : left) == 0;
			for (size_t i = left; i < size; i++)
				good = good && bytes[i] == 0;
			free((void *)memory);
			if (!good)
				return -1;
			got += (long)size;
		}
		if (size == 0)
			return -1;
		at += size;
	}
	return got;
}

static void
test_memory(void)
{
	static const size_t size = 3 * MB + 77;
	struct fs_node *node;
	long got;

	(void)at_create("big");
	is_int(at_write("big", 0, data, size), (long)size, "a file");
	(void)at_truncate("big", size - 1);
	(void)at_truncate("big", size);
	data[size - 1] = 0;
	is_int(at_get("big", &node), 0, "its node");
	got = read_memory(node, size);
	ok(got >= 0 && got < (long)size, "what is cached is not read again");
	fs_node_put(node);
	test_again();
	is_int(at_get("big", &node), 0, "its node");
	ok(read_memory(node, size) > (long)(2 * MB), "most comes as pages");
	is_int(at_read("big", 100 * KB, back, 10), 10, "some is read");
	ok(read_memory(node, size) > (long)MB, "the rest still does");
	fs_node_put(node);
	(void)at_unlink("big");
}

static void
test_random(void)
{
	at_mkdir("x");
	at_mkdir("y");
	at_mkdir("x/z");
	for (int i = 0; i < 4000; i++)
		random_operation();
	ok(true, "4000 operations in any order");
}

static void
test_size(const char *options)
{
	printf("# %s\n", options);
	ok(image_make(options, 24 * 1024), "an image");
	is_int(image_mount(), 0, "mounts");
	test_files();
	test_sparse();
	test_again();
	test_names();
	test_again();
	is_int(at_count("a"), 200, "entries are what they were");
	test_unlinked();
	test_full();
	test_again();
	test_memory();
	test_random();
	is_int(image_unmount(), 0, "shut down");
	is_int(image_check(), 0, "e2fsck finds nothing wrong");
}

static void
test_refused(void)
{
	static const char zeros[1024];

	ok(image_make("-t ext4", 4096), "an ext4 image");
	ok(image_mount() != 0, "is refused");
	ok(image_make("-t ext3", 4096), "an ext3 image");
	is_int(image_mount(), 0, "which was left in order, mounts");
	is_int(image_unmount(), 0, "and is left in order");
	is_int(image_check(), 0, "says e2fsck");
	image_make("-t ext2", 1024);
	image_poke(1024, zeros, sizeof(zeros));
	ok(image_mount() != 0, "no superblock is refused");
	image_make("-t ext2", 1024);
	image_poke(1024 + 4, "\377\377\377\177", 4);
	ok(image_mount() != 0, "more blocks than the disk: refused");
}

int
main(void)
{
	data = malloc(6 * MB);
	back = malloc(6 * MB);
	for (size_t i = 0; i < 6 * MB; i++)
		data[i] = (unsigned char)(i * 31 + i / 4099);
	test_size("-t ext2 -b 1024 -N 2000");
	test_size("-t ext2 -b 2048 -N 2000");
	test_size("-t ext2 -b 4096 -N 2000 -O ^dir_index,^resize_inode");
	test_refused();
	image_remove();
	free(data);
	free(back);
	return test_done();
}
