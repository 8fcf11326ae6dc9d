/* SPDX-License-Identifier: BSD-2-Clause */
/* The list of open streams, their making and ending, the three standard ones.
 */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "exit.h"
#include "large_zeros.h"

static struct lock list_lock;

static unsigned char in_buffer[PUSHBACK + BUFSIZ] LARGE_ZEROS;
static unsigned char out_buffer[PUSHBACK + BUFSIZ] LARGE_ZEROS;
static unsigned char error_buffer[PUSHBACK + 1];

static FILE standard[3] = {
    {
	.flags = FILE_NO_WRITE | FILE_STATIC,
	.fd = 0,
	.buffer = in_buffer + PUSHBACK,
	.size = BUFSIZ,
	.ops = &__file_fd_ops,
	.next = &standard[1],
    },
    {
	.flags = FILE_NO_READ | FILE_STATIC | FILE_ASK_TTY,
	.fd = 1,
	.buffer = out_buffer + PUSHBACK,
	.size = BUFSIZ,
	.ops = &__file_fd_ops,
	.next = &standard[2],
	.prev = &standard[0],
    },
    {
	.flags = FILE_NO_READ | FILE_STATIC,
	.fd = 2,
	.mode = _IONBF,
	.buffer = error_buffer + PUSHBACK,
	.size = 1,
	.ops = &__file_fd_ops,
	.prev = &standard[1],
    },
};

#undef stdin
#undef stdout
#undef stderr
FILE *const stdin = &standard[0];
FILE *const stdout = &standard[1];
FILE *const stderr = &standard[2];

static FILE *list = &standard[0];

FILE *
__file_new(unsigned flags, int fd, const struct file_ops *ops)
{
	FILE *file = calloc(1, sizeof(*file));

	if (file == NULL)
		return NULL;
	file->flags = flags;
	file->fd = fd;
	file->ops = ops;
	__lock(&list_lock);
	file->next = list;
	if (list != NULL)
		list->prev = file;
	list = file;
	__unlock(&list_lock);
	return file;
}

void
__file_free(FILE *file)
{
	__lock(&list_lock);
	if (file->next != NULL)
		file->next->prev = file->prev;
	if (file->prev != NULL)
		file->prev->next = file->next;
	else
		list = file->next;
	__unlock(&list_lock);
	if (file->flags & FILE_OWN_BUFFER)
		free(file->buffer - PUSHBACK);
	if (!(file->flags & FILE_STATIC))
		free(file);
}

int
__file_mode(const char *mode)
{
	int flags;

	switch (*mode) {
	case 'r':
		flags = O_RDONLY;
		break;
	case 'w':
		flags = O_WRONLY | O_CREAT | O_TRUNC;
		break;
	case 'a':
		flags = O_WRONLY | O_CREAT | O_APPEND;
		break;
	default:
		errno = EINVAL;
		return -1;
	}
	if (strchr(mode, '+') != NULL)
		flags = (flags & ~O_ACCMODE) | O_RDWR;
	if (strchr(mode, 'x') != NULL)
		flags |= O_EXCL;
	if (strchr(mode, 'e') != NULL)
		flags |= O_CLOEXEC;
	return flags;
}

/* Flush all output; used by fflush(NULL). */
static int
flush_all(void)
{
	FILE *file;
	int result = 0;

	__lock(&list_lock);
	for (file = list; file != NULL; file = file->next) {
		file_lock(file);
		if (file->write_at > file->write_base)
			result |= __file_flush(file);
		file_unlock(file);
	}
	__unlock(&list_lock);
	return result;
}

int
fflush_unlocked(FILE *file)
{
	if (file == NULL)
		return flush_all();
	if (file->write_base != NULL)
		return __file_flush(file);
	if (file->read_at < file->read_end &&
	    file->ops->seek(file, file->read_at - file->read_end, SEEK_CUR) >=
		0)
		file->read_at = file->read_end = NULL;
	return 0;
}

int
fflush(FILE *file)
{
	int result;

	if (file == NULL)
		return flush_all();
	file_lock(file);
	result = fflush_unlocked(file);
	file_unlock(file);
	return result;
}

void
__stdio_exit(void)
{
	FILE *file;

	for (file = list; file != NULL; file = file->next)
		fflush_unlocked(file);
}

void
__stdio_lock_all(void)
{
	FILE *file;

	__lock(&list_lock);
	for (file = list; file != NULL; file = file->next)
		file_lock(file);
}

/* In the child the other threads' locks are gone with them. */
void
__stdio_unlock_all(bool child)
{
	FILE *file;

	for (file = list; file != NULL; file = file->next) {
		if (child) {
			file->owner = NULL;
			file->depth = 0;
			file->lock.word = 0;
		} else {
			file_unlock(file);
		}
	}
	if (child)
		list_lock.word = 0;
	else
		__unlock(&list_lock);
}
