/* SPDX-License-Identifier: BSD-2-Clause */
#include "image.h"

#include <errno.h>
#include <fcntl.h>
#include <libfs/private.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFERS 64

static const struct fs_cred root = {0, 0, 0};
static char folder[64];
static char path_of_image[128];
static int image = -1;

struct ext2_fs image_fs;
unsigned image_writes_left = ~0U;

static uint64_t
now(void)
{
	return 1700000000000000000ULL;
}

static int
disk_read(void *context, uint64_t offset, void *data, size_t size)
{
	(void)context;
	return pread(image, data, size, (off_t)offset) == (ssize_t)size ? 0
									: EIO;
}

static int
disk_write(void *context, uint64_t offset, const void *data, size_t size)
{
	(void)context;
	if (image_writes_left == 0)
		return EIO;
	if (image_writes_left != ~0U)
		image_writes_left--;
	return pwrite(image, data, size, (off_t)offset) == (ssize_t)size ? 0
									 : EIO;
}

static int
disk_read_memory(void *context, uint64_t offset, size_t size, uintptr_t *memory)
{
	void *data = malloc(size);

	*memory = (uintptr_t)data;
	return disk_read(context, offset, data, size);
}

static int
disk_sync(void *context)
{
	(void)context;
	return image_writes_left != 0 ? 0 : EIO;
}

void
image_poke(uint64_t offset, const void *data, size_t size)
{
	if (pwrite(image, data, size, (off_t)offset) != (ssize_t)size)
		abort();
}

void
image_peek(uint64_t offset, void *data, size_t size)
{
	if (pread(image, data, size, (off_t)offset) != (ssize_t)size)
		abort();
}

bool
image_make(const char *options, unsigned kilobytes)
{
	char command[512];

	if (folder[0] == '\0') {
		strcpy(folder, "/tmp/ext2-test-XXXXXX");
		if (mkdtemp(folder) == NULL)
			abort();
		snprintf(
		    path_of_image, sizeof(path_of_image), "%s/image", folder);
	}
	if (image >= 0)
		close(image);
	snprintf(command, sizeof(command),
	    "PATH=$PATH:/sbin:/usr/sbin; rm -f %s; mke2fs -q -F %s %s %uk "
	    ">/dev/null 2>&1",
	    path_of_image, options, path_of_image, kilobytes);
	if (system(command) != 0) /* NOLINT(cert-env33-c) */
		return false;
	image = open(path_of_image, O_RDWR);
	return image >= 0;
}

int
image_mount(void)
{
	struct stat status;
	struct ext2_disk disk = {
	    .read = disk_read,
	    .read_memory = disk_read_memory,
	    .write = disk_write,
	    .sync = disk_sync,
	};
	int error;

	memset(&image_fs, 0, sizeof(image_fs));
	image_fs.fs.ops = &ext2_ops;
	image_fs.fs.source = "image";
	image_fs.fs.type = "ext2";
	image_fs.fs.keeps_names = true;
	image_fs.fs.now = now;
	fstat(image, &status);
	disk.size = (uint64_t)status.st_size;
	error = ext2_mount(&image_fs, &disk, BUFFERS);
	if (error == 0)
		error =
		    fs_node_get(&image_fs.fs, EXT2_ROOT_INO, &image_fs.fs.root);
	if (error != 0)
		image_drop();
	return error;
}

void
image_drop(void)
{
	if (image_fs.fs.root != NULL)
		fs_node_put(image_fs.fs.root);
	image_fs.fs.root = NULL;
	fs_node_forget();
	if (image_fs.cache.hash != NULL)
		bcache_free(&image_fs.cache);
	free(image_fs.groups);
	image_fs.groups = NULL;
}

int
image_unmount(void)
{
	int error;

	fs_node_put(image_fs.fs.root);
	image_fs.fs.root = NULL;
	fs_node_forget();
	error = image_fs.fs.ops->shutdown(&image_fs.fs);
	image_drop();
	return error;
}

int
image_check(void)
{
	char command[512];
	int status;

	snprintf(command, sizeof(command),
	    "PATH=$PATH:/sbin:/usr/sbin; e2fsck -fn %s >%s/check 2>&1 || "
	    "{ sed 's/^/# /' %s/check; exit 1; }",
	    path_of_image, folder, folder);
	fflush(stdout);
	status = system(command); /* NOLINT(cert-env33-c) */
	return status;
}

int
image_repair(void)
{
	char command[512];

	snprintf(command, sizeof(command),
	    "PATH=$PATH:/sbin:/usr/sbin; e2fsck -fy %s >/dev/null 2>&1; "
	    "e2fsck -fn %s >/dev/null 2>&1",
	    path_of_image, path_of_image);
	fflush(stdout);
	return system(command); /* NOLINT(cert-env33-c) */
}

void
image_remove(void)
{
	char command[256];

	snprintf(command, sizeof(command), "rm -rf %s", folder);
	(void)!system(command); /* NOLINT(cert-env33-c) */
}

int
at_get(const char *path, struct fs_node **node)
{
	static struct fs_walk walk;
	int error = fs_walk(image_fs.fs.root, path, FS_LOOKUP_PATH | O_NOFOLLOW,
	    0, &root, &walk);

	*node = walk.node;
	if (error == 0 && walk.retry != FS_RETRY_NONE)
		error = EXDEV;
	return error;
}

/* The folder a path's last name is in. */
static int
get_parent(const char *path, struct fs_node **node, const char **name)
{
	const char *slash = strrchr(path, '/');
	char parent[IO_PATH_MAX];

	*name = slash != NULL ? slash + 1 : path;
	if (slash == NULL) {
		fs_node_reference(image_fs.fs.root);
		*node = image_fs.fs.root;
		return 0;
	}
	memcpy(parent, path, (size_t)(slash - path));
	parent[slash - path] = '\0';
	return at_get(parent, node);
}

int
at_mkdir(const char *path)
{
	struct fs_node *dir;
	const char *name;
	int error = get_parent(path, &dir, &name);

	if (error != 0)
		return error;
	error = fs_mkdir(dir, name, 0755, &root);
	fs_node_put(dir);
	return error;
}

int
at_rmdir(const char *path)
{
	struct fs_node *dir;
	const char *name;
	int error = get_parent(path, &dir, &name);

	if (error != 0)
		return error;
	error = fs_rmdir(dir, name, &root);
	fs_node_put(dir);
	return error;
}

int
at_unlink(const char *path)
{
	struct fs_node *dir;
	const char *name;
	int error = get_parent(path, &dir, &name);

	if (error != 0)
		return error;
	error = fs_unlink(dir, name, &root);
	fs_node_put(dir);
	return error;
}

int
at_create(const char *path)
{
	static struct fs_walk walk;
	int error = fs_walk(image_fs.fs.root, path, O_CREAT | O_EXCL | O_WRONLY,
	    0644, &root, &walk);

	if (error == 0)
		fs_node_put(walk.node);
	return error;
}

int
at_link(const char *from, const char *to)
{
	struct fs_node *node, *dir;
	const char *name;
	int error = at_get(from, &node);

	if (error != 0)
		return error;
	error = get_parent(to, &dir, &name);
	if (error == 0) {
		error = fs_link(dir, name, node, &root);
		fs_node_put(dir);
	}
	fs_node_put(node);
	return error;
}

int
at_symlink(const char *target, const char *path)
{
	struct fs_node *dir;
	const char *name;
	int error = get_parent(path, &dir, &name);

	if (error != 0)
		return error;
	error = fs_symlink(dir, name, target, &root);
	fs_node_put(dir);
	return error;
}

int
at_rename(const char *from, const char *to)
{
	struct fs_node *old_dir, *new_dir;
	const char *old_name, *new_name;
	int error = get_parent(from, &old_dir, &old_name);

	if (error != 0)
		return error;
	error = get_parent(to, &new_dir, &new_name);
	if (error == 0) {
		error = fs_rename(old_dir, old_name, new_dir, new_name, &root);
		fs_node_put(new_dir);
	}
	fs_node_put(old_dir);
	return error;
}

int
at_truncate(const char *path, uint64_t size)
{
	struct fs_node *node;
	int error = at_get(path, &node);

	if (error != 0)
		return error;
	error = fs_truncate(node, size);
	fs_node_put(node);
	return error;
}

int
at_stat(const char *path, struct io_stat *stat)
{
	struct fs_node *node;
	int error = at_get(path, &node);

	if (error != 0)
		return error;
	*stat = node->stat;
	fs_node_put(node);
	return 0;
}

long
at_write(const char *path, uint64_t offset, const void *data, size_t size)
{
	struct fs_node *node;
	size_t put = 0;
	int error = at_get(path, &node);

	if (error != 0)
		return -error;
	/* As the server does: a folder is not written. */
	error = S_ISREG(node->stat.mode)
		    ? ext2_ops.write(node, offset, data, size, &put)
		    : EISDIR;
	fs_node_put(node);
	return error != 0 && put == 0 ? -error : (long)put;
}

long
at_read(const char *path, uint64_t offset, void *data, size_t size)
{
	struct fs_node *node;
	size_t got = 0;
	int error = at_get(path, &node);

	if (error != 0)
		return -error;
	error = ext2_ops.read(node, offset, data, size, &got);
	fs_node_put(node);
	return error != 0 ? -error : (long)got;
}

static bool
count_entry(void *context, uint64_t ino, uint64_t next, uint8_t type,
    const char *name, size_t length)
{
	(void)ino;
	(void)next;
	(void)type;
	if (!(name[0] == '.' &&
		(length == 1 || (length == 2 && name[1] == '.'))))
		++*(int *)context;
	return true;
}

int
at_count(const char *path)
{
	struct fs_node *node;
	int count = 0;
	int error = at_get(path, &node);

	if (error != 0)
		return -error;
	error = ext2_ops.readdir(node, 0, count_entry, &count);
	fs_node_put(node);
	return error != 0 ? -error : count;
}
