/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading, writing and positions. What cannot be read directly (direct.h)
 * travels in the message, IO_DATA_MAX bytes at a time; a signal between two
 * messages leaves a short count.
 */
#include <mach/mig_errors.h>
#include <mach/traps.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <servers/io_user.h>
#include <signal.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "descriptor.h"
#include "direct.h"
#include "io.h"
#include "limit.h"
#include "process.h"
#include "terminal.h"
#include "thread.h"

kern_return_t
__read_once(
    mach_port_t port, char *to, size_t size, int64_t offset, size_t *done)
{
	mach_msg_type_number_t count;
	kern_return_t code;
	unsigned interrupts;

	do {
		interrupts = __signal_interrupts;
		count = (mach_msg_type_number_t)size;
		__cancel_begin();
		code = io_read(port, offset, to, &count);
		__cancel_end();
	} while (__restart(code, interrupts) ||
		 __terminal_retry(port, &code, SIGTTIN, &offset));
	*done = 0;
	if (code == KERN_SUCCESS)
		*done = count;
	return code;
}

kern_return_t
__write_once(mach_port_t port, const char *from, size_t size, int64_t offset,
    size_t *done)
{
	kern_return_t code;
	unsigned interrupts;
	uint32_t count = 0;

	do {
		interrupts = __signal_interrupts;
		__cancel_begin();
		code = io_write(
		    port, offset, from, (mach_msg_type_number_t)size, &count);
		__cancel_end();
	} while (__restart(code, interrupts) ||
		 __terminal_retry(port, &code, SIGTTOU, &offset));
	*done = count;
	if (code == KERN_SUCCESS && count > size)
		return KERN_FAILURE;
	return code;
}

/* What a call returns that has got so far. */
static ssize_t
finish(int error, size_t done)
{
	if (error == 0 || done > 0)
		return (ssize_t)done;
	if (error == EPIPE)
		(void)raise(SIGPIPE);
	errno = error;
	return -1;
}

static ssize_t
read_at(int fd, void *to, size_t size, int64_t offset)
{
	mach_port_t port = __descriptor_port(fd);
	char *at = to;
	size_t left = size > SSIZE_MAX ? SSIZE_MAX : size;
	size_t direct;
	int error;

	if (port == MACH_PORT_NULL)
		return -1;
	if (size == 0)
		return 0;
	error = __direct_read(fd, to, left, offset, 0, &direct);
	if (error != DIRECT_BY_MESSAGE)
		return finish(error, direct);
	do {
		size_t part = left < IO_DATA_MAX ? left : IO_DATA_MAX;
		size_t done;
		kern_return_t code = __read_once(port, at, part, offset, &done);

		if (code != KERN_SUCCESS && at == (char *)to)
			return __result(code);
		at += done;
		left -= done;
		if (offset >= 0)
			offset += (int64_t)done;
		if (code != KERN_SUCCESS || done < part)
			break;
	} while (left > 0);
	return at - (char *)to;
}

/* What a program without descriptors says goes to the kernel's console. */
static ssize_t
write_console(const char *from, size_t size)
{
	char text[256];
	size_t left = size;

	while (left > 0) {
		size_t part = left < sizeof(text) - 1 ? left : sizeof(text) - 1;

		memcpy(text, from, part);
		text[part] = '\0';
		mach_print(text);
		from += part;
		left -= part;
	}
	return (ssize_t)size;
}

static ssize_t
write_at(int fd, const void *from, size_t size, int64_t offset)
{
	mach_port_t port;
	const char *at = from;
	size_t left = size > SSIZE_MAX ? SSIZE_MAX : size;

	if (__process.console && (fd == 1 || fd == 2) &&
	    __descriptors[fd].port == MACH_PORT_NULL)
		return write_console(from, size);
	port = __descriptor_port(fd);
	if (port == MACH_PORT_NULL ||
	    (left > 0 && !__limit_file(port, offset, &left)))
		return -1;
	if (offset == IO_OFFSET_CURRENT && size > 0) {
		size_t done;
		int error = __direct_write(fd, from, left, 0, &done);

		if (error != DIRECT_BY_MESSAGE)
			return finish(error, done);
		at += done;
		left -= done;
	}
	do {
		size_t part = left < IO_DATA_MAX ? left : IO_DATA_MAX;
		size_t done;
		kern_return_t code =
		    __write_once(port, at, part, offset, &done);

		if (code == SERVER_ERROR(EPIPE))
			(void)raise(SIGPIPE);
		if (code != KERN_SUCCESS && at == (const char *)from)
			return __result(code);
		at += done;
		left -= done;
		if (offset >= 0)
			offset += (int64_t)done;
		if (code != KERN_SUCCESS || done < part)
			break;
	} while (left > 0);
	return at - (const char *)from;
}

ssize_t
read(int fd, void *to, size_t size)
{
	return read_at(fd, to, size, IO_OFFSET_CURRENT);
}

ssize_t
write(int fd, const void *from, size_t size)
{
	return write_at(fd, from, size, IO_OFFSET_CURRENT);
}

ssize_t
pread(int fd, void *to, size_t size, off_t offset)
{
	if (offset < 0) {
		errno = EINVAL;
		return -1;
	}
	return read_at(fd, to, size, offset);
}

ssize_t
pwrite(int fd, const void *from, size_t size, off_t offset)
{
	if (offset < 0) {
		errno = EINVAL;
		return -1;
	}
	return write_at(fd, from, size, offset);
}

off_t
lseek(int fd, off_t offset, int whence)
{
	mach_port_t port = __descriptor_port(fd);
	int64_t result;
	kern_return_t code;
	bool known;

	if (port == MACH_PORT_NULL)
		return -1;
	result = __direct_seek(fd, offset, whence, &known);
	if (known)
		return result;
	code = io_seek(port, offset, whence, &result);
	if (code == MIG_BAD_ID) {
		errno = ESPIPE;
		return -1;
	}
	return __result(code) == 0 ? result : -1;
}

static bool
valid_vector(const struct iovec *vector, int count)
{
	size_t total = 0;
	int i;

	if (count <= 0 || count > IOV_MAX) {
		errno = EINVAL;
		return false;
	}
	for (i = 0; i < count; i++) {
		if (__builtin_add_overflow(total, vector[i].iov_len, &total) ||
		    total > SSIZE_MAX) {
			errno = EINVAL;
			return false;
		}
	}
	return true;
}

ssize_t
readv(int fd, const struct iovec *vector, int count)
{
	ssize_t total = 0;
	int i;

	if (!valid_vector(vector, count))
		return -1;
	for (i = 0; i < count; i++) {
		ssize_t done;

		if (vector[i].iov_len == 0)
			continue;
		done = read(fd, vector[i].iov_base, vector[i].iov_len);
		if (done < 0)
			return total > 0 ? total : -1;
		total += done;
		if ((size_t)done < vector[i].iov_len)
			break;
	}
	return total;
}

ssize_t
writev(int fd, const struct iovec *vector, int count)
{
	ssize_t total = 0;
	int i;

	if (!valid_vector(vector, count))
		return -1;
	for (i = 0; i < count; i++) {
		ssize_t done;

		if (vector[i].iov_len == 0)
			continue;
		done = write(fd, vector[i].iov_base, vector[i].iov_len);
		if (done < 0)
			return total > 0 ? total : -1;
		total += done;
		if ((size_t)done < vector[i].iov_len)
			break;
	}
	return total;
}
