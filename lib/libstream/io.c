/* SPDX-License-Identifier: BSD-2-Clause */
/* The routines of io.defs on handles of streams. */
#include <mach/mach_port_user.h>
#include <mach/traps.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <servers/io_server.h>
#include <stdlib.h>
#include <string.h>

#include "private.h"

#define CHANGEABLE (O_APPEND | O_NONBLOCK)
#define IO_STAT_ID 21003 /* io_stat, which has no arguments */

static void
release_handle(void *object)
{
	struct stream_handle *handle = object;

	handle->stream->ops->closed(handle->stream, handle->flags);
	free(handle);
}

static const struct ports_class handle_class = {
    .name = "stream",
    .release = release_handle,
};

struct stream_handle *
stream_handle_of(mach_port_t port)
{
	return ports_lookup(port, &handle_class);
}

struct stream *
stream_of(mach_port_t port)
{
	const struct stream_handle *handle = stream_handle_of(port);

	return handle != NULL ? handle->stream : NULL;
}

int
stream_flags(mach_port_t port)
{
	const struct stream_handle *handle = stream_handle_of(port);

	return handle != NULL ? handle->flags : 0;
}

int
stream_open(struct stream *stream, int flags, mach_port_t *right)
{
	struct stream_handle *handle = malloc(sizeof(*handle));
	mach_port_t port;

	if (handle == NULL)
		return ENOMEM;
	handle->stream = stream;
	handle->flags = flags & (O_ACCMODE | O_PATH | CHANGEABLE);
	if (ports_create(&handle_class, handle, &port) != KERN_SUCCESS) {
		free(handle);
		return ENOMEM;
	}
	*right = ports_right(port);
	return 0;
}

static bool
may_read(const struct stream_handle *handle)
{
	return (handle->flags & (O_ACCMODE | O_PATH)) == O_RDONLY ||
	       (handle->flags & (O_ACCMODE | O_PATH)) == O_RDWR;
}

static bool
may_write(const struct stream_handle *handle)
{
	return (handle->flags & (O_ACCMODE | O_PATH)) == O_WRONLY ||
	       (handle->flags & (O_ACCMODE | O_PATH)) == O_RDWR;
}

/*
 * Whether the call is right: 0, or an error. Who speaks of a place in the file
 * is wrong here; a group may come instead.
 */
static kern_return_t
check_call(const struct stream_handle *handle, int64_t offset, bool writes,
    struct stream_waiter *waiter)
{
	const struct stream_ops *ops;
	int how = 0;

	if (handle == NULL || !(writes ? may_write(handle) : may_read(handle)))
		return SERVER_ERROR(EBADF);
	if (offset <= IO_OFFSET_STREAM(IO_STREAM_ALL)) {
		how = (int)(offset - INT64_MIN);
		offset = IO_OFFSET_CURRENT;
	}
	if (offset >= 0 || offset < IO_OFFSET_GROUP(INT32_MAX))
		return SERVER_ERROR(ESPIPE);
	waiter->flags = handle->flags;
	if ((how & IO_STREAM_NOW) != 0)
		waiter->flags |= O_NONBLOCK;
	waiter->peeks = (how & IO_STREAM_PEEK) != 0;
	waiter->group = offset == IO_OFFSET_CURRENT ? STREAM_GROUP_UNKNOWN
						    : IO_GROUP(offset);
	ops = handle->stream->ops;
	return ops->admit != NULL
		   ? ops->admit(handle->stream, waiter->group, writes)
		   : KERN_SUCCESS;
}

/* stream_wait(), of a stream that others may change. */
static int
wait(struct stream *stream, struct stream_waiter **list,
    const struct stream_waiter *waiter, const char *data)
{
	int error = stream_wait(list, waiter, data);

	if (error == 0 && stream->ops->watch != NULL)
		stream_wake(stream);
	return error;
}

kern_return_t
S_io_read(io_t io, int64_t offset, char *data, mach_msg_type_number_t *size)
{
	const struct stream_handle *handle = stream_handle_of(io);
	struct stream_waiter waiter = {.size = *size};
	kern_return_t kr = check_call(handle, offset, false, &waiter);
	struct stream *stream;
	bool done = false;
	int error = 0;

	(void)data;
	*size = 0;
	if (kr != KERN_SUCCESS || waiter.size == 0)
		return kr;
	if (waiter.size > IO_DATA_MAX)
		waiter.size = IO_DATA_MAX;
	stream = handle->stream;
	waiter.reply = ports_take_reply();
	if (stream->readers == NULL || (waiter.flags & O_NONBLOCK) != 0)
		done = stream_try_read(stream, &waiter);
	if (!done)
		error = wait(stream, &stream->readers, &waiter, NULL);
	else if (stream->writers != NULL || stream->pollers != NULL)
		stream_wake(stream);
	if (error != 0)
		stream_refuse_read(waiter.reply, SERVER_ERROR(error));
	return MIG_NO_REPLY;
}

kern_return_t
S_io_write(io_t io, int64_t offset, const char *data,
    mach_msg_type_number_t size, uint32_t *amount)
{
	const struct stream_handle *handle = stream_handle_of(io);
	struct stream_waiter waiter = {.size = size};
	kern_return_t kr = check_call(handle, offset, true, &waiter);
	struct stream *stream;
	bool done = false;
	int error = 0;

	*amount = 0;
	if (kr != KERN_SUCCESS || size == 0)
		return kr;
	stream = handle->stream;
	waiter.reply = ports_take_reply();
	if (stream->writers == NULL || (waiter.flags & O_NONBLOCK) != 0)
		done = stream_try_write(stream, &waiter, data);
	if (!done)
		error = wait(stream, &stream->writers, &waiter, data);
	else if (stream->readers != NULL || stream->pollers != NULL)
		stream_wake(stream);
	if (error != 0)
		stream_refuse_write(waiter.reply, SERVER_ERROR(error));
	return MIG_NO_REPLY;
}

/* Streams have no offset. */
kern_return_t
S_io_seek(io_t io, int64_t offset, int whence, int64_t *new_offset)
{
	(void)io;
	(void)offset;
	(void)whence;
	(void)new_offset;
	return SERVER_ERROR(ESPIPE);
}

/* Let the file's server answer the caller. */
static kern_return_t
ask_file(mach_port_t file)
{
	mach_msg_header_t request = {
	    .msgh_bits = MACH_MSGH_BITS(
		MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MOVE_SEND_ONCE),
	    .msgh_size = sizeof(request),
	    .msgh_remote_port = file,
	    .msgh_local_port = ports_take_reply(),
	    .msgh_id = IO_STAT_ID,
	};

	if (mach_msg(&request, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
		sizeof(request), 0, MACH_PORT_NULL, 0,
		MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), request.msgh_local_port);
	return MIG_NO_REPLY;
}

kern_return_t
S_io_stat(io_t io, io_stat_t *stat)
{
	struct stream *stream = stream_of(io);

	if (stream == NULL)
		return SERVER_ERROR(EBADF);
	if (stream->ops->file != NULL)
		return ask_file(stream->ops->file(stream));
	memset(stat, 0, sizeof(*stat));
	stat->nlink = 1;
	stat->blksize = IO_DATA_MAX;
	stream->ops->stat(stream, stat);
	return KERN_SUCCESS;
}

kern_return_t
S_io_truncate(io_t io, int64_t length)
{
	(void)io;
	(void)length;
	return SERVER_ERROR(EINVAL);
}

kern_return_t
S_io_sync(io_t io)
{
	(void)io;
	return SERVER_ERROR(EINVAL);
}

static kern_return_t
refuse_change(io_t io)
{
	const struct stream *stream = stream_of(io);

	return stream != NULL && stream->ops->file != NULL
		   ? IO_ASK_FILE
		   : SERVER_ERROR(EPERM);
}

kern_return_t
S_io_chmod(io_t io, uint32_t mode)
{
	(void)mode;
	return refuse_change(io);
}

kern_return_t
S_io_chown(io_t io, uint32_t uid, uint32_t gid)
{
	(void)uid;
	(void)gid;
	return refuse_change(io);
}

kern_return_t
S_io_utimes(io_t io, uint64_t atime, uint64_t mtime)
{
	(void)atime;
	(void)mtime;
	return refuse_change(io);
}

kern_return_t
S_io_get_flags(io_t io, int *flags)
{
	const struct stream_handle *handle = stream_handle_of(io);

	if (handle == NULL)
		return SERVER_ERROR(EBADF);
	*flags = handle->flags;
	return KERN_SUCCESS;
}

kern_return_t
S_io_set_flags(io_t io, int flags)
{
	struct stream_handle *handle = stream_handle_of(io);

	if (handle == NULL)
		return SERVER_ERROR(EBADF);
	handle->flags = (handle->flags & ~CHANGEABLE) | (flags & CHANGEABLE);
	return KERN_SUCCESS;
}

kern_return_t
S_io_map(io_t io, int prot, mach_port_t *object)
{
	(void)io;
	(void)prot;
	(void)object;
	return SERVER_ERROR(ENODEV);
}

kern_return_t
S_io_poll(io_t io, int events, mach_port_t notify, int *ready)
{
	const struct stream_handle *handle = stream_handle_of(io);
	struct stream_waiter waiter = {.events = events, .reply = notify};

	if (handle == NULL)
		return SERVER_ERROR(EBADF);
	waiter.flags = handle->flags;
	*ready =
	    handle->stream->ops->events(handle->stream, handle->flags) & events;
	if (!MACH_PORT_VALID(notify))
		return KERN_SUCCESS;
	if (*ready == 0 &&
	    wait(handle->stream, &handle->stream->pollers, &waiter, NULL) == 0)
		return KERN_SUCCESS;
	(void)syscall_mach_port_deallocate(mach_task_self(), notify);
	return KERN_SUCCESS;
}

kern_return_t
S_io_path(io_t io, char *path, mach_port_t *mounted_on)
{
	(void)io;
	(void)path;
	(void)mounted_on;
	return SERVER_ERROR(ENOTDIR);
}

kern_return_t
S_io_readlink(io_t io, char *target)
{
	(void)io;
	(void)target;
	return SERVER_ERROR(EINVAL);
}

kern_return_t
S_io_direct(io_t io, int *kind, mach_port_t *object, int64_t *place)
{
	const struct stream_handle *handle = stream_handle_of(io);
	mach_port_rights_t rights = 0;
	struct stream *stream;

	*kind = IO_DIRECT_NONE;
	*object = MACH_PORT_NULL;
	*place = 0;
	if (handle == NULL)
		return SERVER_ERROR(EBADF);
	stream = handle->stream;
	if (stream->ops->direct == NULL)
		return KERN_SUCCESS;
	*kind = IO_DIRECT_LATER;
	if ((may_read(handle) && stream->readers != NULL) ||
	    (may_write(handle) && stream->writers != NULL) ||
	    mach_port_get_srights(mach_task_self(), io, &rights) !=
		KERN_SUCCESS ||
	    rights != 1)
		return KERN_SUCCESS;
	if (stream->ops->direct(stream, handle->flags, object, place))
		*kind = IO_DIRECT_RING;
	if (*kind == IO_DIRECT_RING && stream->ops->told != NULL)
		stream->ops->told(stream); /* who waits already must hear */
	return KERN_SUCCESS;
}

kern_return_t
S_io_program(io_t io, io_stat_t *stat, mach_port_t *object)
{
	*object = MACH_PORT_NULL;
	return S_io_stat(io, stat);
}

kern_return_t
S_io_wake(io_t io)
{
	struct stream *stream = stream_of(io);

	if (stream != NULL && stream->ops->told != NULL)
		stream->ops->told(stream);
	return MIG_NO_REPLY;
}
