/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * io.defs on open files. Nothing here waits, so nothing is answered later.
 */
#include <mach/mach_port_user.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <servers/io_server.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"

#define SETTABLE   (O_APPEND | O_NONBLOCK)
#define SEEK_STEPS 4096 /* of looking for data or a hole */

/* Where to read or write; negative but IO_OFFSET_CURRENT: EINVAL. */
static int
place_of(const struct fs_file *file, int64_t offset, uint64_t *place)
{
	if (offset < IO_OFFSET_CURRENT)
		return EINVAL;
	*place = offset == IO_OFFSET_CURRENT ? file->offset : (uint64_t)offset;
	return 0;
}

/*
 * A file opened for execution is read and mapped by the process server, which
 * is user 0, whoever may read it.
 */
static bool
may_read(const struct fs_file *file)
{
	return file->readable || (file->executable && fs_sender().uid == 0);
}

kern_return_t
S_io_read(
    mach_port_t io, int64_t offset, char *data, mach_msg_type_number_t *count)
{
	struct fs_file *file = fs_file_of(io);
	mach_msg_type_number_t amount = *count;
	uint64_t place;
	size_t got = 0;
	int error;

	*count = 0;
	if (file == NULL || !may_read(file))
		return SERVER_ERROR(EBADF);
	if (S_ISDIR(file->node->stat.mode))
		return SERVER_ERROR(EISDIR);
	error = place_of(file, offset, &place);
	if (error != 0)
		return SERVER_ERROR(error);
	if (amount > IO_DATA_MAX)
		amount = IO_DATA_MAX;
	fs_pager_collect(file->node, place, amount);
	error =
	    file->node->fs->ops->read(file->node, place, data, amount, &got);
	if (error != 0)
		return SERVER_ERROR(error);
	*count = (mach_msg_type_number_t)got;
	if (offset == IO_OFFSET_CURRENT)
		file->offset = place + got;
	if (got > 0)
		fs_read_mark(file->node);
	return KERN_SUCCESS;
}

/* Write to a regular file, of which parts may be mapped, or to a device. */
static int
write_node(struct fs_node *node, uint64_t place, const char *data, size_t size,
    size_t *put)
{
	struct fs_cred cred = fs_sender();
	int error;

	if (!S_ISREG(node->stat.mode))
		return node->fs->ops->write(node, place, data, size, put);
	if (node->fs->read_only)
		return EROFS;
	if (place > (uint64_t)INT64_MAX - size)
		return EFBIG;
	fs_pager_before(node, place, size);
	error = node->fs->ops->write(node, place, data, size, put);
	fs_pager_after(node, place, size);
	if (*put > 0)
		fs_write_mark(node, &cred);
	return error;
}

kern_return_t
S_io_write(mach_port_t io, int64_t offset, const char *data,
    mach_msg_type_number_t count, uint32_t *amount)
{
	struct fs_file *file = fs_file_of(io);
	uint64_t place;
	size_t put = 0;
	int error;

	if (file == NULL || !file->writable)
		return SERVER_ERROR(EBADF);
	error = place_of(file, offset, &place);
	if (error != 0)
		return SERVER_ERROR(error);
	if (offset == IO_OFFSET_CURRENT && (file->flags & O_APPEND) != 0 &&
	    S_ISREG(file->node->stat.mode))
		place = file->node->stat.size;
	if (count > 0)
		error = write_node(file->node, place, data, count, &put);
	if (error != 0)
		return SERVER_ERROR(error);
	*amount = (uint32_t)put;
	if (offset == IO_OFFSET_CURRENT)
		file->offset = place + put;
	return KERN_SUCCESS;
}

/*
 * SEEK_DATA and SEEK_HOLE. Who wants to know of a large hole, or of data in
 * many pieces, does not keep the others waiting: what was not looked at is
 * data, which a hole may be taken for.
 */
static int
seek_kind(struct fs_node *node, int64_t offset, bool hole, int64_t *place)
{
	uint64_t size = node->stat.size;
	uint64_t at = (uint64_t)offset;
	int steps = SEEK_STEPS;

	if (offset < 0 || at >= size)
		return ENXIO;
	while (at < size && node->fs->ops->is_hole != NULL && steps-- > 0) {
		uint64_t end;

		if (node->fs->ops->is_hole(node, at, &end) == hole) {
			*place = (int64_t)at;
			return 0;
		}
		at = end;
	}
	/* There is a hole at the end of each file. */
	*place = (int64_t)(hole ? size : at);
	return !hole && at >= size ? ENXIO : 0;
}

kern_return_t
S_io_seek(mach_port_t io, int64_t offset, int whence, int64_t *new_offset)
{
	struct fs_file *file = fs_file_of(io);
	int64_t base = 0;
	int error;

	if (file == NULL || (file->flags & FS_LOOKUP_PATH) != 0)
		return SERVER_ERROR(EBADF);
	if (whence == SEEK_DATA || whence == SEEK_HOLE) {
		error = seek_kind(
		    file->node, offset, whence == SEEK_HOLE, new_offset);
		if (error != 0)
			return SERVER_ERROR(error);
		file->offset = (uint64_t)*new_offset;
		return KERN_SUCCESS;
	}
	if (whence == SEEK_CUR)
		base = (int64_t)file->offset;
	else if (whence == SEEK_END)
		base = (int64_t)file->node->stat.size;
	else if (whence != SEEK_SET)
		return SERVER_ERROR(EINVAL);
	if (__builtin_add_overflow(base, offset, new_offset))
		return SERVER_ERROR(offset < 0 ? EINVAL : EOVERFLOW);
	if (*new_offset < 0)
		return SERVER_ERROR(EINVAL);
	file->offset = (uint64_t)*new_offset;
	return KERN_SUCCESS;
}

kern_return_t
S_io_stat(mach_port_t io, io_stat_t *stat)
{
	const struct fs_file *file = fs_file_of(io);

	if (file == NULL)
		return SERVER_ERROR(EBADF);
	*stat = file->node->stat;
	return KERN_SUCCESS;
}

kern_return_t
S_io_truncate(mach_port_t io, int64_t length)
{
	const struct fs_file *file = fs_file_of(io);
	struct fs_cred cred = fs_sender();
	int error;

	if (file == NULL)
		return SERVER_ERROR(EBADF);
	if (!file->writable || length < 0)
		return SERVER_ERROR(EINVAL);
	error = fs_truncate(file->node, (uint64_t)length);
	if (error == 0)
		fs_write_mark(file->node, &cred);
	return fs_result(error);
}

kern_return_t
S_io_sync(mach_port_t io)
{
	const struct fs_file *file = fs_file_of(io);
	int (*sync_node)(struct fs_node *);

	if (file == NULL)
		return SERVER_ERROR(EBADF);
	fs_pager_collect(file->node, 0, UINT64_MAX);
	sync_node = file->node->fs->ops->sync_node;
	return fs_result(sync_node != NULL ? sync_node(file->node) : 0);
}

kern_return_t
S_io_chmod(mach_port_t io, uint32_t mode)
{
	const struct fs_file *file = fs_file_of(io);
	struct fs_cred cred = fs_sender();

	if (file == NULL)
		return SERVER_ERROR(EBADF);
	return fs_result(fs_chmod(file->node, mode, &cred));
}

kern_return_t
S_io_chown(mach_port_t io, uint32_t uid, uint32_t gid)
{
	const struct fs_file *file = fs_file_of(io);
	struct fs_cred cred = fs_sender();

	if (file == NULL)
		return SERVER_ERROR(EBADF);
	return fs_result(fs_chown(file->node, uid, gid, &cred));
}

kern_return_t
S_io_utimes(mach_port_t io, uint64_t atime, uint64_t mtime)
{
	const struct fs_file *file = fs_file_of(io);
	struct fs_cred cred = fs_sender();

	if (file == NULL)
		return SERVER_ERROR(EBADF);
	return fs_result(fs_utimes(file->node, atime, mtime, &cred));
}

kern_return_t
S_io_get_flags(mach_port_t io, int *flags)
{
	const struct fs_file *file = fs_file_of(io);

	if (file == NULL)
		return SERVER_ERROR(EBADF);
	*flags = file->flags;
	return KERN_SUCCESS;
}

kern_return_t
S_io_set_flags(mach_port_t io, int flags)
{
	struct fs_file *file = fs_file_of(io);

	if (file == NULL)
		return SERVER_ERROR(EBADF);
	file->flags = (file->flags & ~SETTABLE) | (flags & SETTABLE);
	return KERN_SUCCESS;
}

kern_return_t
S_io_map(mach_port_t io, int prot, mach_port_t *object)
{
	const struct fs_file *file = fs_file_of(io);
	bool write = (prot & VM_PROT_WRITE) != 0;
	int error;

	if (file == NULL)
		return SERVER_ERROR(EBADF);
	if (!S_ISREG(file->node->stat.mode) || file->node->fs->made)
		return SERVER_ERROR(EOPNOTSUPP);
	if (!may_read(file))
		return SERVER_ERROR(EACCES);
	if (write && !file->writable)
		return SERVER_ERROR(EACCES);
	if (write && file->node->fs->read_only)
		return SERVER_ERROR(EROFS);
	error = fs_pager_object(file->node, file->writable && write, object);
	if (error == 0)
		fs_read_mark(file->node);
	return fs_result(error);
}

/* Nobody but the caller has a right to the open file. */
static bool
has_one_holder(const struct fs_file *file)
{
	mach_port_rights_t rights;

	return mach_port_get_srights(mach_task_self(), file->port, &rights) ==
		   KERN_SUCCESS &&
	       rights == 1;
}

kern_return_t
S_io_direct(mach_port_t io, int *kind, mach_port_t *object, int64_t *place)
{
	const struct fs_file *file = fs_file_of(io);
	int error;

	*kind = IO_DIRECT_NONE;
	*object = MACH_PORT_NULL;
	*place = IO_DIRECT_SHARED;
	if (file == NULL)
		return SERVER_ERROR(EBADF);
	if (!file->readable || !S_ISREG(file->node->stat.mode) ||
	    file->node->fs->made)
		return KERN_SUCCESS;
	error = fs_pager_object(file->node, false, object);
	if (error != 0)
		return SERVER_ERROR(error);
	*kind = IO_DIRECT_FILE;
	if (has_one_holder(file))
		*place = (int64_t)file->offset;
	if (file->node->stat.size > 0)
		fs_read_mark(file->node);
	return KERN_SUCCESS;
}

kern_return_t
S_io_program(mach_port_t io, io_stat_t *stat, mach_port_t *object)
{
	if (S_io_map(io, VM_PROT_READ | VM_PROT_EXECUTE, object) !=
	    KERN_SUCCESS)
		*object = MACH_PORT_NULL;
	return S_io_stat(io, stat);
}

/* Nobody shares memory with us. */
kern_return_t
S_io_wake(mach_port_t io)
{
	(void)io;
	return MIG_NO_REPLY;
}

/*
 * Files are always ready to be read and written. Who polls for something else
 * waits until the file is closed: the last one that does.
 */
kern_return_t
S_io_poll(mach_port_t io, int events, mach_port_t notify, int *ready)
{
	struct fs_file *file = fs_file_of(io);

	if (file == NULL)
		return SERVER_ERROR(EBADF);
	*ready = events & (IO_POLL_IN | IO_POLL_OUT);
	if (*ready != 0) {
		fs_drop_right(notify);
	} else if (MACH_PORT_VALID(notify)) {
		fs_drop_right(file->notify);
		file->notify = notify;
	}
	return KERN_SUCCESS;
}

kern_return_t
S_io_path(mach_port_t io, char *path, mach_port_t *mounted_on)
{
	const struct fs_file *file = fs_file_of(io);
	const struct fs *fs;
	int error;

	*mounted_on = MACH_PORT_NULL;
	if (file == NULL)
		return SERVER_ERROR(EBADF);
	error = fs_path(file->node, path, IO_PATH_MAX);
	if (error != 0)
		return SERVER_ERROR(error);
	fs = file->node->fs;
	if (fs->parent != MACH_PORT_NULL && fs_copy_right(fs->parent))
		*mounted_on = fs->parent;
	return KERN_SUCCESS;
}

kern_return_t
S_io_readlink(mach_port_t io, char *target)
{
	const struct fs_file *file = fs_file_of(io);
	struct fs_node *node;

	if (file == NULL)
		return SERVER_ERROR(EBADF);
	node = file->node;
	if (!S_ISLNK(node->stat.mode))
		return SERVER_ERROR(EINVAL);
	return fs_result(node->fs->ops->readlink(node, target, IO_PATH_MAX));
}
