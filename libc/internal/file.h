/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Streams. The buffer serves either reading or writing, never both: at most
 * one of (read_at, read_end) and (write_at, write_end) is not null. Behind
 * `buffer` lie PUSHBACK bytes for ungetc(). write_end equals buffer in streams
 * that are not fully buffered, so that the quick path of putc() never applies.
 * Functions named __file_* want the stream locked.
 */
#ifndef INTERNAL_FILE_H
#define INTERNAL_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "lock.h"

#define PUSHBACK 8

enum file_flags {
	FILE_NO_READ = 0x01,
	FILE_NO_WRITE = 0x02,
	FILE_AT_END = 0x04,
	FILE_ERROR = 0x08,
	FILE_APPEND = 0x10,
	FILE_OWN_BUFFER = 0x20, /* buffer came from malloc */
	FILE_STATIC = 0x40,     /* the stream itself did not */
	FILE_ASK_TTY = 0x80,    /* line buffered if it is a terminal */
};

struct file_ops {
	ssize_t (*read)(FILE *file, void *to, size_t size);
	ssize_t (*write)(FILE *file, const void *from, size_t size);
	off_t (*seek)(FILE *file, off_t offset, int whence);
	int (*close)(FILE *file);
};

struct __file {
	unsigned flags;
	int fd;
	int mode; /* _IOFBF, _IOLBF, _IONBF */
	int orientation;
	unsigned char *read_at;
	unsigned char *read_end;
	unsigned char *write_at;
	unsigned char *write_end;
	unsigned char *write_base;
	unsigned char *buffer; /* null until the first use */
	size_t size;
	const struct file_ops *ops;
	void *cookie;
	pid_t pid; /* popen() */
	struct lock lock;
	void *owner; /* thread that holds the lock, for recursion */
	unsigned depth;
	struct __file *next;
	struct __file *prev;
};

extern const struct file_ops __file_fd_ops;

/* Allocate a stream and enter it in the list; null with ENOMEM. */
FILE *__file_new(unsigned flags, int fd, const struct file_ops *ops);

/* Take it off the list and free it and its buffer. */
void __file_free(FILE *file);

/* Turn "r+b" into open() flags; -1 with EINVAL. */
int __file_mode(const char *mode);

/* Make ready to read or write; false with FILE_ERROR set if that cannot be. */
bool __file_start_reading(FILE *file);
bool __file_start_writing(FILE *file);

/* Write out what is buffered; 0 or EOF. Discards nothing on failure. */
int __file_flush(FILE *file);

/* One character through the slow path. */
int __file_underflow(FILE *file);
int __file_overflow(FILE *file, int c);

size_t __file_read(FILE *file, void *to, size_t size);
size_t __file_write(FILE *file, const void *from, size_t size);
off_t __file_tell(FILE *file);
int __file_seek(FILE *file, off_t offset, int whence);

/* Lock and unlock every stream around fork(). */
void __stdio_lock_all(void);
void __stdio_unlock_all(bool child);

void *__thread_self(void);

static inline void
file_lock(FILE *file)
{
	if (__threaded)
		flockfile(file);
}

static inline void
file_unlock(FILE *file)
{
	if (__threaded)
		funlockfile(file);
}

static inline int
file_getc(FILE *file)
{
	if (file->read_at < file->read_end)
		return *file->read_at++;
	return __file_underflow(file);
}

static inline int
file_putc(FILE *file, int c)
{
	if (file->write_at < file->write_end)
		return *file->write_at++ = (unsigned char)c;
	return __file_overflow(file, c);
}

#endif
