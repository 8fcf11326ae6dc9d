/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The part of fs.defs that reads and changes directories.
 */
#include <mach/mach_port_user.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <servers/fs_server.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"

/* The answer of a walk that goes on elsewhere. False: nobody is there. */
static bool
send_on(const struct fs_walk *walk, int *retry, char *rest, mach_port_t *port)
{
	bool gives = walk->retry == FS_RETRY_PORT ||
		     (walk->retry == FS_RETRY_DESCRIPTOR &&
			 walk->port != MACH_PORT_NULL);

	if (gives && !fs_copy_right(walk->port))
		return false;
	*retry = walk->retry;
	*port = gives ? walk->port : MACH_PORT_NULL;
	memcpy(rest, walk->rest, strlen(walk->rest) + 1);
	return true;
}

/*
 * What a walk leads to. EAGAIN: a mounted file system had gone, and is
 * forgotten now.
 */
static int
answer(struct fs_walk *walk, int flags, const struct fs_cred *cred, int *retry,
    char *rest, mach_port_t *port)
{
	if (walk->retry == FS_RETRY_NONE) {
		*retry = FS_RETRY_NONE;
		*rest = '\0';
		return fs_file_open(walk->node, flags, cred, port);
	}
	if (walk->retry == FS_RETRY_MAGIC && S_ISDIR(walk->node->stat.mode)) {
		*retry = walk->retry;
		memcpy(rest, walk->rest, strlen(walk->rest) + 1);
		return fs_file_open(walk->node, FS_LOOKUP_PATH, cred, port);
	}
	if (walk->retry == FS_RETRY_MAGIC && S_ISFIFO(walk->node->stat.mode)) {
		int error = fs_fifo_ticket(walk->node, flags, port);

		if (error != 0)
			return error;
		*retry = walk->retry;
		memcpy(rest, walk->rest, strlen(walk->rest) + 1);
		return 0;
	}
	if (send_on(walk, retry, rest, port))
		return 0;
	if (walk->node == NULL || walk->node->translator != walk->port)
		return EIO;
	fs_translator_gone(walk->node);
	return EAGAIN;
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
S_dir_lookup(mach_port_t dir, const char *path, int flags, uint32_t mode,
    int *retry, char *retry_path, mach_port_t *file)
{
	static struct fs_walk walk; /* one thread, and it is big */
	const struct fs_file *start = fs_file_of(dir);
	struct fs_cred cred = fs_sender();
	int error;

	*file = MACH_PORT_NULL;
	if (start == NULL)
		return SERVER_ERROR(EBADF);
	do {
		error = fs_walk_message(
		    start->node, path, flags, mode, &cred, &walk);
		if (error == 0)
			error = answer(
			    &walk, flags, &cred, retry, retry_path, file);
		if (walk.node != NULL)
			fs_node_put(walk.node);
	} while (error == EAGAIN);
	return fs_result(error);
}

kern_return_t
S_dir_stat(
    mach_port_t dir, const char *path, int flags, int *retry, io_stat_t *stat)
{
	static struct fs_walk walk;
	const struct fs_file *start = fs_file_of(dir);
	struct fs_cred cred = fs_sender();
	int error;

	if (start == NULL)
		return SERVER_ERROR(EBADF);
	error = fs_walk_message(
	    start->node, path, flags | FS_LOOKUP_PATH, 0, &cred, &walk);
	if (error != 0)
		return SERVER_ERROR(error);
	*retry = walk.retry;
	if (walk.retry == FS_RETRY_NONE)
		*stat = walk.node->stat;
	else
		memset(stat, 0, sizeof(*stat));
	if (walk.node != NULL)
		fs_node_put(walk.node);
	return KERN_SUCCESS;
}

struct records {
	char *data;
	size_t room;
	size_t size;
	bool full;
};

static bool
emit(void *context, uint64_t ino, uint64_t next_cookie, uint8_t type,
    const char *name, size_t length)
{
	struct records *records = context;
	size_t head = offsetof(struct fs_dirent, name);
	size_t size = (head + length + 1 + 7) & ~(size_t)7;
	struct fs_dirent entry = {
	    .ino = ino,
	    .off = next_cookie,
	    .reclen = (uint16_t)size,
	    .type = type,
	};
	char *to = records->data + records->size;

	if (length >= IO_NAME_MAX || size > records->room - records->size) {
		records->full = true;
		return false;
	}
	memcpy(to, &entry, head);
	memcpy(to + head, name, length);
	memset(to + head + length, 0, size - head - length);
	records->size += size;
	return true;
}

kern_return_t
S_dir_readdir(mach_port_t dir, uint64_t cookie, uint32_t amount, char *data,
    mach_msg_type_number_t *count)
{
	const struct fs_file *file = fs_file_of(dir);
	struct records records = {.data = data, .room = IO_DATA_MAX};
	int error;

	*count = 0;
	if (file == NULL || !file->readable)
		return SERVER_ERROR(EBADF);
	if (!S_ISDIR(file->node->stat.mode))
		return SERVER_ERROR(ENOTDIR);
	if (amount < IO_DATA_MAX)
		records.room = amount;
	error =
	    file->node->fs->ops->readdir(file->node, cookie, emit, &records);
	if (error == 0 && records.full && records.size == 0)
		error = EINVAL;
	if (error != 0)
		return SERVER_ERROR(error);
	*count = (mach_msg_type_number_t)records.size;
	fs_read_mark(file->node);
	return KERN_SUCCESS;
}

kern_return_t
S_dir_mkdir(mach_port_t dir, const char *name, uint32_t mode)
{
	struct fs_cred cred = fs_sender();
	struct fs_node *node;
	int error = fs_directory_of(dir, &node);

	if (error == 0)
		error = fs_mkdir(node, name, mode, &cred);
	return fs_result(error);
}

kern_return_t
S_dir_mkfifo(mach_port_t dir, const char *name, uint32_t mode)
{
	struct fs_cred cred = fs_sender();
	struct fs_node *node;
	int error = fs_directory_of(dir, &node);

	if (error == 0)
		error = fs_mkfifo(node, name, mode, &cred);
	return fs_result(error);
}

kern_return_t
S_dir_rmdir(mach_port_t dir, const char *name)
{
	struct fs_cred cred = fs_sender();
	struct fs_node *node;
	int error = fs_directory_of(dir, &node);

	if (error == 0)
		error = fs_rmdir(node, name, &cred);
	return fs_result(error);
}

kern_return_t
S_dir_unlink(mach_port_t dir, const char *name)
{
	struct fs_cred cred = fs_sender();
	struct fs_node *node;
	int error = fs_directory_of(dir, &node);

	if (error == 0)
		error = fs_unlink(node, name, &cred);
	return fs_result(error);
}

/* A file that is not ours is on another file system. */
kern_return_t
S_dir_link(mach_port_t dir, const char *name, mach_port_t file)
{
	const struct fs_file *source = fs_file_of(file);
	struct fs_cred cred = fs_sender();
	struct fs_node *node;
	int error = fs_directory_of(dir, &node);

	if (error == 0 && source == NULL)
		error = EXDEV;
	if (error == 0)
		error = fs_link(node, name, source->node, &cred);
	if (error == 0)
		fs_drop_right(file);
	return fs_result(error);
}

kern_return_t
S_dir_symlink(mach_port_t dir, const char *name, const char *target)
{
	struct fs_cred cred = fs_sender();
	struct fs_node *node;
	int error = fs_directory_of(dir, &node);

	if (error == 0)
		error = fs_symlink(node, name, target, &cred);
	return fs_result(error);
}

kern_return_t
S_dir_rename(mach_port_t dir, const char *old_name, mach_port_t new_dir,
    const char *new_name)
{
	struct fs_cred cred = fs_sender();
	struct fs_node *from;
	struct fs_node *to;
	int error = fs_directory_of(dir, &from);

	if (error == 0)
		error = fs_directory_of(new_dir, &to);
	if (error == EBADF)
		error = EXDEV;
	if (error == 0)
		error = fs_rename(from, old_name, to, new_name, &cred);
	if (error == 0)
		fs_drop_right(new_dir);
	return fs_result(error);
}
