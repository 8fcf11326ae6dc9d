/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tmpfs by paths: data against a model, holes, the two limits, every name rule
 * that is its own, each allocation failing in turn; and that nothing is left.
 */
#include <errno.h>
#include <fcntl.h>
#include <libfs/private.h>
#include <libtest/test.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "short_memory.h"
#include "tmpfs.h"

#define PAGES 64U
#define NAMES 40U

static const struct fs_cred root = {0, 0, 0};
static struct tmpfs *fs;
static unsigned char data[PAGES * PAGE_SIZE];
static unsigned char back[PAGES * PAGE_SIZE];

static uint64_t
now(void)
{
	static uint64_t value;

	return ++value;
}

static void
make_fs(const struct tmpfs_options *options)
{
	fs = calloc(1, sizeof(*fs));
	fs->fs.now = now;
	if (tmpfs_make(fs, options) != 0)
		abort();
}

/* The file system is empty: give back what it holds, and count. */
static void
end_fs(const char *what)
{
	is_int(fs->names, 1, what);
	is_int(fs->entry_count, 0, "no name is left");
	is_int(fs->store.used, 0, "nor a page");
	ok(chunks_mapped <= 1, "nor memory but for the spare chunk");
	fs->fs.root->stat.nlink = 0;
	fs_node_put(fs->fs.root);
	fs_node_forget();
	is_int(fs->names, 0, "nor an inode");
	store_free(&fs->store);
	is_int(chunks_mapped, 0, "all memory was given back");
	free(fs->slots);
	free(fs->buckets);
	free(fs);
}

static struct fs_node *
open_at(const char *path, int flags, int *error)
{
	static struct fs_walk walk;

	*error = fs_walk(fs->fs.root, path, flags, 0644, &root, &walk);
	return *error == 0 ? walk.node : NULL;
}

static int
create(const char *path)
{
	int error;
	struct fs_node *node =
	    open_at(path, O_CREAT | O_EXCL | O_WRONLY, &error);

	if (node != NULL)
		fs_node_put(node);
	return error;
}

static struct fs_node *
get(const char *path)
{
	int error;

	return open_at(path, FS_LOOKUP_PATH | O_NOFOLLOW, &error);
}

static struct io_stat
stat_of(const char *path)
{
	struct fs_node *node = get(path);
	struct io_stat stat = {.ino = 0};

	if (node != NULL) {
		stat = node->stat;
		fs_node_put(node);
	}
	return stat;
}

/* What was written, or minus an errno. */
static long
write_at(const char *path, uint64_t offset, const void *from, size_t size)
{
	struct fs_node *node = get(path);
	size_t put = 0;
	int error =
	    node != NULL ? tmpfs_write(node, offset, from, size, &put) : ENOENT;

	if (node != NULL)
		fs_node_put(node);
	return error != 0 ? -error : (long)put;
}

static long
read_at(const char *path, uint64_t offset, size_t size)
{
	struct fs_node *node = get(path);
	size_t got = 0;

	memset(back, 0xee, sizeof(back));
	if (node == NULL)
		return -ENOENT;
	(void)tmpfs_read(node, offset, back, size, &got);
	fs_node_put(node);
	return (long)got;
}

static int
truncate_at(const char *path, uint64_t size)
{
	struct fs_node *node = get(path);
	int error = fs_truncate(node, size);

	fs_node_put(node);
	return error;
}

static bool
all_zero(const unsigned char *at, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (at[i] != 0)
			return false;
	return true;
}

/* Random writes and cuts, and the same in a buffer. */
static void
test_model(void)
{
	static unsigned char model[PAGES * PAGE_SIZE];
	const struct tmpfs_options options = {
	    .size = sizeof(model), .names = NAMES};
	size_t size = 0;
	bool good = true;

	make_fs(&options);
	create("f");
	memset(model, 0, sizeof(model));
	for (int i = 0; i < 2000 && good; i++) {
		size_t at = (size_t)rand() % sizeof(model);
		size_t part = (size_t)rand() % 9000;

		if (part > sizeof(model) - at)
			part = sizeof(model) - at;
		if (i % 5 == 4) {
			good = truncate_at("f", at) == 0;
			if (at < size)
				memset(model + at, 0, size - at);
			size = at;
		} else {
			good = write_at("f", at, data + i, part) == (long)part;
			memcpy(model + at, data + i, part);
			if (part > 0 && at + part > size)
				size = at + part;
		}
		good = good && read_at("f", 0, sizeof(back)) == (long)size &&
		       memcmp(back, model, size) == 0 &&
		       stat_of("f").blocks == fs->store.used * 8;
	}
	ok(good, "2000 changes of a file, as in a buffer");
	is_int(fs_unlink(fs->fs.root, "f", &root), 0, "unlink");
	end_fs("one name: the root");
}

static void
test_sparse(void)
{
	static const uint64_t places[] = {0, 31, 32, 1023, 1024, 1U << 20,
	    1ULL << 40, INT64_MAX / PAGE_SIZE - 1};
	const struct tmpfs_options options = {
	    .size = PAGES * PAGE_SIZE, .names = NAMES};
	const size_t count = sizeof(places) / sizeof(places[0]);
	bool good = true;

	make_fs(&options);
	create("f");
	for (size_t i = count; i-- > 0;)
		good = good &&
		       write_at("f", places[i] * PAGE_SIZE, &places[i], 8) == 8;
	ok(good, "a page here and there");
	is_int(stat_of("f").size, places[count - 1] * PAGE_SIZE + 8, "size");
	is_int(stat_of("f").blocks, 8 * count, "holes have no pages");
	for (size_t i = 0; i < count; i++)
		good = good && read_at("f", places[i] * PAGE_SIZE, 16) >= 8 &&
		       memcmp(back, &places[i], 8) == 0;
	ok(good, "each is found");
	is_int(read_at("f", 5000, PAGE_SIZE), PAGE_SIZE, "a hole");
	ok(all_zero(back, PAGE_SIZE), "reads as zeros");
	for (size_t i = count - 1; i > 0; i--) {
		good = good && truncate_at("f", places[i] * PAGE_SIZE) == 0 &&
		       fs->store.used == i;
	}
	ok(good, "each goes when the file is cut before it");
	is_int(truncate_at("f", 3), 0, "cut in the first page");
	is_int(truncate_at("f", 100), 0, "and longer again");
	is_int(read_at("f", 0, 200), 100, "it is so long");
	ok(all_zero(back, 100), "and zeros where something was");
	is_int(truncate_at("f", 0), 0, "emptied");
	is_int(stat_of("f").blocks, 0, "no pages");
	fs_unlink(fs->fs.root, "f", &root);
	end_fs("the root alone");
}

static void
test_reserve(void)
{
	const struct tmpfs_options options = {
	    .size = PAGES * PAGE_SIZE, .names = NAMES};
	struct fs_node *node;

	make_fs(&options);
	create("f");
	truncate_at("f", 100 * PAGE_SIZE);
	write_at("f", 3 * PAGE_SIZE + 5, "x", 1);
	node = get("f");
	is_int(tmpfs_reserve(node, 0, 16 * PAGE_SIZE), 16 * PAGE_SIZE,
	    "room for a mapping");
	is_int(fs->store.used, 16, "is taken");
	is_int(tmpfs_reserve(node, 0, 16 * PAGE_SIZE), 16 * PAGE_SIZE, "once");
	is_int(fs->store.used, 16, "only");
	is_int(tmpfs_reserve(node, 16 * PAGE_SIZE, 64 * PAGE_SIZE),
	    48 * PAGE_SIZE, "as far as there is some");
	fs_node_put(node);
	is_int(read_at("f", 3 * PAGE_SIZE, 10), 10, "what was there");
	ok(back[5] == 'x' && back[4] == 0, "is still there");
	fs_unlink(fs->fs.root, "f", &root);
	end_fs("the root alone");
}

static struct fs_statfs
statfs(void)
{
	struct fs_statfs stat = {.type = 0};

	tmpfs_ops.statfs(&fs->fs, &stat);
	return stat;
}

static void
test_limits(void)
{
	const struct tmpfs_options options = {
	    .size = PAGES * PAGE_SIZE, .names = NAMES, .mode = 01777};
	char name[16];
	unsigned made = 0;

	make_fs(&options);
	is_int(statfs().blocks, PAGES, "statfs: the limit");
	is_int(statfs().bfree, PAGES, "all is free");
	is_int(statfs().ffree, NAMES - 1, "but the root's name");
	is_int(fs->fs.root->stat.mode, S_IFDIR | 01777, "the mode asked for");
	create("f");
	is_int(write_at("f", 100, data, sizeof(data)), PAGES * PAGE_SIZE - 100,
	    "a write as far as there is room");
	is_int(write_at("f", PAGES * PAGE_SIZE, data, 1), -ENOSPC, "ENOSPC");
	is_int(statfs().bfree, 0, "nothing is free");
	is_int(read_at("f", 100, sizeof(back)), PAGES * PAGE_SIZE - 100,
	    "nothing is lost");
	ok(memcmp(back, data, PAGES * PAGE_SIZE - 100) == 0, "of it");
	is_int(write_at("f", 0, data, 100), 100, "what is there is written");
	is_int(truncate_at("f", 10 * PAGE_SIZE), 0, "cut");
	is_int(statfs().bfree, PAGES - 10, "what was cut is free");
	is_int(chunks_mapped, 2, "its memory, too, but for one chunk");
	while (snprintf(name, sizeof(name), "n%u", made), create(name) == 0)
		made++;
	is_int(made, NAMES - 2, "so many names");
	is_int(create("more"), ENOSPC, "then ENOSPC");
	is_int(fs_mkdir(fs->fs.root, "more", 0755, &root), ENOSPC, "mkdir");
	is_int(fs_symlink(fs->fs.root, "more", "x", &root), ENOSPC, "symlink");
	is_int(statfs().ffree, 0, "none is free");
	fs_unlink(fs->fs.root, "n0", &root);
	{
		struct fs_node *node = get("f");

		is_int(fs_link(fs->fs.root, "l", node, &root), 0, "a link");
		is_int(fs_link(fs->fs.root, "m", node, &root), ENOSPC,
		    "is a name as well");
		fs_node_put(node);
	}
	is_int(fs_rename(fs->fs.root, "n1", fs->fs.root, "l", &root), 0,
	    "over a link");
	is_int(statfs().ffree, 1, "gives its name back");
	fs_unlink(fs->fs.root, "l", &root);
	fs_unlink(fs->fs.root, "f", &root);
	for (unsigned i = 2; i < made; i++) {
		snprintf(name, sizeof(name), "n%u", i);
		fs_unlink(fs->fs.root, name, &root);
	}
	end_fs("the root alone");
}

struct listing {
	char text[4096];
	uint64_t cookie;
	unsigned left; /* entries to take */
};

static bool
list_entry(void *context, uint64_t ino, uint64_t next, uint8_t type,
    const char *name, size_t length)
{
	struct listing *list = context;

	(void)ino;
	(void)type;
	if (list->left == 0)
		return false;
	list->left--;
	list->cookie = next;
	strncat(list->text, name, length);
	strcat(list->text, " ");
	return true;
}

static void
test_names(void)
{
	const struct tmpfs_options options = {
	    .size = PAGES * PAGE_SIZE, .names = NAMES};
	struct listing list = {.text = ""};
	struct fs_node *a, *b, *file;
	uint64_t ino;
	char path[64];

	make_fs(&options);
	fs_mkdir(fs->fs.root, "a", 0755, &root);
	fs_mkdir(fs->fs.root, "b", 0755, &root);
	a = get("a");
	b = get("b");
	is_int(fs->fs.root->stat.nlink, 4, "two directories");
	is_int(fs_mkdir(a, "c", 0755, &root), 0, "one in one");
	create("a/x");
	create("a/y");
	is_int(fs_rename(fs->fs.root, "a", b, "d", &root), 0, "moved");
	is_int(b->stat.nlink, 3, "one more there");
	is_int(fs->fs.root->stat.nlink, 3, "one less here");
	is_int(tmpfs_ops.lookup(a, "..", &ino), 0, "dot-dot");
	is_int(ino, b->stat.ino, "is where it is now");
	is_int(fs_path(a, path, sizeof(path)), 0, "its path");
	is_str(path, "/b/d", "is right");
	is_int(fs_rename(b, "d", a, "e", &root), EINVAL, "not into itself");
	is_int(fs_rmdir(b, "d", &root), ENOTEMPTY, "not empty");
	is_int(fs_mkdir(fs->fs.root, "full", 0755, &root), 0, "another");
	create("full/x");
	is_int(fs_rename(b, "d", fs->fs.root, "full", &root), ENOTEMPTY,
	    "nor renamed over one that is not");
	/* Some, then one goes, then the rest. */
	list.left = 3;
	tmpfs_ops.readdir(a, 0, list_entry, &list);
	fs_unlink(a, "x", &root);
	create("b/d/z");
	list.left = 9;
	tmpfs_ops.readdir(a, list.cookie, list_entry, &list);
	is_str(list.text, ". .. c y z ", "a directory in two parts");
	is_int(fs_rename(a, "c", b, "c2", &root), 0, "out of it");
	fs_unlink(a, "y", &root);
	/* A file that is open stays, without a name. */
	write_at("b/d/z", 0, "text", 4);
	file = get("b/d/z");
	is_int(fs_unlink(a, "z", &root), 0, "an open file is unlinked");
	is_int(file->stat.nlink, 0, "it has no name");
	is_int(fs->store.used, 1, "but its page");
	fs_node_put(file);
	is_int(fs->store.used, 0, "until it is closed");
	is_int(fs_rmdir(b, "d", &root), 0, "an open directory goes");
	is_int(tmpfs_ops.lookup(a, "..", &ino), ENOENT, "has no dot-dot");
	list.left = 9;
	list.text[0] = '\0';
	tmpfs_ops.readdir(a, 0, list_entry, &list);
	is_str(list.text, "", "and no entries");
	is_int(fs_mkdir(a, "q", 0755, &root), ENOENT, "nor will it have");
	fs_node_put(a);
	fs_rmdir(b, "c2", &root);
	fs_node_put(b);
	fs_rmdir(fs->fs.root, "b", &root);
	file = get("full");
	fs_unlink(file, "x", &root);
	fs_node_put(file);
	fs_rmdir(fs->fs.root, "full", &root);
	is_int(fs->fs.root->stat.nlink, 2, "the root's links");
	end_fs("the root alone");
}

/* More than stay loaded: what they say is kept by tmpfs then. */
static void
test_many(void)
{
	const struct tmpfs_options options = {
	    .size = PAGES * PAGE_SIZE, .names = 6000};
	char name[16];
	bool good = true;

	make_fs(&options);
	for (unsigned i = 0; i < 5000; i++) {
		snprintf(name, sizeof(name), "file%u", i);
		good = good && create(name) == 0;
		if (i % 100 == 0)
			good = good && write_at(name, 0, &i, 4) == 4;
	}
	ok(good, "5000 files");
	for (unsigned i = 0; i < 5000; i++) {
		snprintf(name, sizeof(name), "file%u", i);
		good = good && stat_of(name).size == (i % 100 == 0 ? 4 : 0) &&
		       stat_of(name).mode == (S_IFREG | 0644);
	}
	ok(good, "each as it was made");
	for (unsigned i = 0; i < 5000; i++) {
		snprintf(name, sizeof(name), "file%u", i * 7 % 5000);
		good = good && fs_unlink(fs->fs.root, name, &root) == 0;
	}
	ok(good, "and unlinked");
	end_fs("the root alone");
}

/* All kinds of changes; false as soon as one fails, with *error. */
static bool
change_all(int *error)
{
	struct fs_node *dir;
	long done;

	if ((*error = fs_mkdir(fs->fs.root, "d", 0755, &root)) != 0 ||
	    (*error = create("d/f")) != 0)
		return false;
	for (unsigned i = 0; i < 40; i += 13) {
		done = write_at("d/f", i * 40ULL * PAGE_SIZE, data, PAGE_SIZE);
		*error = done < 0 ? (int)-done : 0;
		if (done != PAGE_SIZE)
			return false;
	}
	dir = get("d");
	if (dir == NULL) {
		*error = ENOMEM;
		return false;
	}
	*error = fs_symlink(dir, "s", "target", &root);
	if (*error == 0)
		*error = fs_rename(dir, "f", fs->fs.root, "g", &root);
	fs_node_put(dir);
	return *error == 0;
}

static void
remove_all(void)
{
	struct fs_node *dir = get("d");

	if (dir != NULL) {
		(void)fs_unlink(dir, "f", &root);
		(void)fs_unlink(dir, "s", &root);
		fs_node_put(dir);
	}
	(void)fs_rmdir(fs->fs.root, "d", &root);
	(void)fs_unlink(fs->fs.root, "g", &root);
}

static void
test_failures(void)
{
	const struct tmpfs_options options = {
	    .size = PAGES * PAGE_SIZE, .names = NAMES};
	bool done = false;
	bool good = true;
	int turns = 0;

	while (!done && turns < 1000) {
		int error = 0;

		make_fs(&options);
		memory_left = turns++;
		done = change_all(&error);
		memory_left = -1;
		good = good && (done || error == ENOMEM || error == ENOSPC);
		remove_all();
		good = good && fs->store.used == 0 && fs->entry_count == 0 &&
		       fs->names == 1;
		fs->fs.root->stat.nlink = 0;
		fs_node_put(fs->fs.root);
		fs_node_forget();
		store_free(&fs->store);
		free(fs->slots);
		free(fs->buckets);
		free(fs);
	}
	ok(done && turns > 10, "each allocation fails once, then none");
	ok(good, "every time an error, and nothing left");
	is_int(chunks_mapped, 0, "no memory either");
}

static bool
parsed(const char *text, uint64_t size, uint64_t names, uint32_t mode)
{
	struct tmpfs_options options = {.size = 1, .names = 2, .mode = 3};

	return options_parse(&options, text, 1000000) && options.size == size &&
	       options.names == names && options.mode == mode;
}

static void
test_options(void)
{
	static const char *const wrong[] = {"size", "size=", "size=x",
	    "size=-1", "size=1", "size=1mm", "size=101%", "size=0%",
	    "size=99999999999999999999", "size=9999999999999g", "mode=9",
	    "mode=10000", "nr_inodes=0", "what=1", "size=1m;mode=1"};

	ok(parsed("", 1, 2, 3), "no options");
	ok(parsed("size=1m", 1 << 20, 2, 3), "a size");
	ok(parsed("size=65536,nr_inodes=2k,mode=1777", 65536, 2048, 01777),
	    "all of them");
	ok(parsed("size=20%", 200000, 2, 3), "a part of memory");
	ok(parsed("size=2G", 2ULL << 30, 2, 3), "large");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ok(!parsed(wrong[i], 0, 0, 0) &&
			!options_parse(&(struct tmpfs_options){.size = 0},
			    wrong[i], 1000000),
		    wrong[i]);
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (unsigned char)(i * 7 + i / 251);
	test_model();
	test_sparse();
	test_reserve();
	test_limits();
	test_names();
	test_many();
	test_failures();
	test_options();
	return test_done();
}
