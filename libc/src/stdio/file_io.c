/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading, writing and seeking of streams: see file.h for the invariants. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"

/*
 * Streams are no cancellation points, as POSIX leaves open: a thread that ended
 * in the middle would keep the stream's lock, perhaps with a buffer of its own
 * stack in the stream. It is cancelled at its next point.
 */
static int
hold_cancellation(void)
{
	int state = PTHREAD_CANCEL_ENABLE;

	if (__threaded)
		pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
	return state;
}

static void
allow_cancellation(int state)
{
	if (__threaded)
		pthread_setcancelstate(state, NULL);
}

static ssize_t
fd_read(FILE *file, void *to, size_t size)
{
	int state = hold_cancellation();
	ssize_t count = read(file->fd, to, size);

	allow_cancellation(state);
	return count;
}

static ssize_t
fd_write(FILE *file, const void *from, size_t size)
{
	int state = hold_cancellation();
	ssize_t count = write(file->fd, from, size);

	allow_cancellation(state);
	return count;
}

static off_t
fd_seek(FILE *file, off_t offset, int whence)
{
	return lseek(file->fd, offset, whence);
}

static int
fd_close(FILE *file)
{
	return close(file->fd);
}

const struct file_ops __file_fd_ops = {fd_read, fd_write, fd_seek, fd_close};

/* Without memory a stream still works, one character at a time. */
static void
make_buffer(FILE *file)
{
	static unsigned char spare[PUSHBACK + 1];
	unsigned char *memory;

	if (file->buffer != NULL)
		return;
	file->size = file->mode == _IONBF ? 1 : BUFSIZ;
	memory = malloc(PUSHBACK + file->size);
	if (memory == NULL) {
		file->buffer = spare + PUSHBACK;
		file->size = 1;
		file->mode = _IONBF;
		return;
	}
	file->flags |= FILE_OWN_BUFFER;
	file->buffer = memory + PUSHBACK;
}

bool
__file_start_reading(FILE *file)
{
	if (file->flags & FILE_NO_READ) {
		errno = EBADF;
		file->flags |= FILE_ERROR;
		return false;
	}
	if (file->write_base != NULL) {
		if (__file_flush(file) != 0)
			return false;
		file->write_at = file->write_end = file->write_base = NULL;
	}
	if (file->buffer == NULL)
		make_buffer(file);
	if (file->read_at == NULL)
		file->read_at = file->read_end = file->buffer;
	return true;
}

bool
__file_start_writing(FILE *file)
{
	if (file->write_base != NULL)
		return true;
	if (file->flags & FILE_NO_WRITE) {
		errno = EBADF;
		file->flags |= FILE_ERROR;
		return false;
	}
	if (file->read_at < file->read_end)
		file->ops->seek(file, file->read_at - file->read_end, SEEK_CUR);
	file->read_at = file->read_end = NULL;
	file->flags &= ~(unsigned)FILE_AT_END;
	if (file->flags & FILE_ASK_TTY) {
		int saved = errno;

		file->flags &= ~(unsigned)FILE_ASK_TTY;
		if (isatty(file->fd))
			file->mode = _IOLBF;
		errno = saved;
	}
	if (file->buffer == NULL)
		make_buffer(file);
	file->write_base = file->write_at = file->buffer;
	file->write_end = file->buffer;
	if (file->mode == _IOFBF)
		file->write_end += file->size;
	return true;
}

/* Write all of it; on failure the rest stays the caller's business. */
static size_t
write_out(FILE *file, const unsigned char *from, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t count =
		    file->ops->write(file, from + done, size - done);

		if (count < 0) {
			file->flags |= FILE_ERROR;
			break;
		}
		done += (size_t)count;
	}
	return done;
}

int
__file_flush(FILE *file)
{
	size_t size = (size_t)(file->write_at - file->write_base);
	size_t done;

	if (size == 0)
		return 0;
	done = write_out(file, file->write_base, size);
	file->write_at = file->write_base;
	if (done == size)
		return 0;
	memmove(file->write_base, file->write_base + done, size - done);
	file->write_at += size - done;
	return EOF;
}

/* Interactive input shows what was asked first. */
static void
flush_prompt(const FILE *file)
{
	if (file == stdin && stdout->mode == _IOLBF &&
	    stdout->write_at > stdout->write_base)
		fflush(stdout);
}

/* How much is asked for at once: nobody may miss what is not asked for here. */
static size_t
step(const FILE *file)
{
	return file->mode == _IONBF ? 1 : file->size;
}

/*
 * What was read last stays in front of the buffer, so that it can be put back
 * across a refill. A stream without read() ends where its buffer ends.
 */
static bool
fill(FILE *file)
{
	ssize_t count;

	if (file->ops->read == NULL) {
		file->flags |= FILE_AT_END;
		return false;
	}
	flush_prompt(file);
	memmove(file->buffer - PUSHBACK, file->read_end - PUSHBACK, PUSHBACK);
	file->read_at = file->read_end = file->buffer;
	count = file->ops->read(file, file->buffer, step(file));
	if (count <= 0) {
		file->flags |= count == 0 ? FILE_AT_END : FILE_ERROR;
		return false;
	}
	file->read_end += count;
	return true;
}

int
__file_underflow(FILE *file)
{
	if (!__file_start_reading(file) || (file->flags & FILE_AT_END) ||
	    !fill(file))
		return EOF;
	return *file->read_at++;
}

static size_t
read_past_buffer(FILE *file, void *to, size_t size)
{
	ssize_t count;

	flush_prompt(file);
	count = file->ops->read(file, to, size);
	if (count > 0)
		return (size_t)count;
	file->flags |= count == 0 ? FILE_AT_END : FILE_ERROR;
	return 0;
}

size_t
__file_read(FILE *file, void *to, size_t size)
{
	unsigned char *at = to;
	size_t left = size;

	if (!__file_start_reading(file))
		return 0;
	while (left > 0) {
		size_t ready = (size_t)(file->read_end - file->read_at);
		size_t count;

		if (ready > 0) {
			if (ready > left)
				ready = left;
			memcpy(at, file->read_at, ready);
			file->read_at += ready;
			at += ready;
			left -= ready;
			continue;
		}
		if (file->flags & FILE_AT_END)
			break;
		if (left < step(file)) {
			if (!fill(file))
				break;
			continue;
		}
		count = read_past_buffer(file, at, left);
		if (count == 0)
			break;
		at += count;
		left -= count;
	}
	return size - left;
}

/* Flush after the last `size` bytes; those that stay behind are taken back. */
static size_t
flush_line(FILE *file, size_t size)
{
	size_t left;

	if (__file_flush(file) == 0)
		return size;
	left = (size_t)(file->write_at - file->write_base);
	if (left > size)
		left = size;
	file->write_at -= left;
	return size - left;
}

size_t
__file_write(FILE *file, const void *from, size_t size)
{
	const unsigned char *at = from;
	size_t room;

	if (!__file_start_writing(file))
		return 0;
	room = file->size - (size_t)(file->write_at - file->write_base);
	if (file->mode == _IONBF || size > room) {
		if (__file_flush(file) != 0)
			return 0;
		if (file->mode == _IONBF || size >= file->size)
			return write_out(file, at, size);
	}
	memcpy(file->write_at, at, size);
	file->write_at += size;
	if (file->mode == _IOLBF && memrchr(at, '\n', size) != NULL)
		return flush_line(file, size);
	return size;
}

int
__file_overflow(FILE *file, int c)
{
	unsigned char byte = (unsigned char)c;

	return __file_write(file, &byte, 1) == 1 ? byte : EOF;
}

off_t
__file_tell(FILE *file)
{
	int whence = SEEK_CUR;
	off_t offset;

	/* What is buffered for appending goes to the end. */
	if ((file->flags & FILE_APPEND) && file->write_at > file->write_base)
		whence = SEEK_END;
	offset = file->ops->seek(file, 0, whence);
	if (offset < 0)
		return -1;
	if (file->read_end != NULL)
		return offset - (file->read_end - file->read_at);
	return offset + (file->write_at - file->write_base);
}

int
__file_seek(FILE *file, off_t offset, int whence)
{
	if (file->write_base != NULL) {
		if (__file_flush(file) != 0)
			return -1;
		file->write_at = file->write_end = file->write_base = NULL;
	}
	if (whence == SEEK_CUR && file->read_end != NULL)
		offset -= file->read_end - file->read_at;
	if (file->ops->seek(file, offset, whence) < 0)
		return -1;
	file->read_at = file->read_end = NULL;
	file->flags &= ~(unsigned)FILE_AT_END;
	return 0;
}
