/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Types and constants of the servers' interfaces (*.defs in this directory).
 *
 * A server reports a POSIX error as SERVER_ERROR(errno); other codes are the
 * kernel's or mig's and mean that the server or the port is gone or refuses
 * (libc: EIO, or what is told there).
 */
#ifndef SERVERS_IO_TYPES_H
#define SERVERS_IO_TYPES_H

#include <mach/mach_types.h>

#define SERVER_ERROR_BASE     0x40000000
#define SERVER_ERROR(errno_)  (SERVER_ERROR_BASE | (errno_))
#define SERVER_IS_ERROR(code) (((code)&0x7ffff000) == SERVER_ERROR_BASE)
#define SERVER_ERRNO(code)    ((code)&0xfff)

#define IO_DATA_MAX           8192 /* bytes of data in one io_read or io_write */
#define IO_PATH_MAX           1024
#define IO_NAME_MAX           256 /* with the NUL */

/* io_read, io_write: at the open file's own offset, which moves. */
#define IO_OFFSET_CURRENT ((int64_t)-1)

/*
 * The same, from a process of that group. A terminal asks for it by refusing
 * IO_OFFSET_CURRENT with IO_WANTS_GROUP, and refuses a group that is not in the
 * foreground with IO_IN_BACKGROUND: the caller is to send itself SIGTTIN or
 * SIGTTOU. Group 0: whoever it is, the rules of the background do not apply.
 */
#define IO_OFFSET_GROUP(group) ((int64_t)-2 - (group))
#define IO_GROUP(offset)       ((int)(-2 - (offset)))

/*
 * The same of a stream, for recv and send: IO_STREAM_PEEK leaves the data,
 * IO_STREAM_NOW does not wait.
 */
#define IO_OFFSET_STREAM(how) (INT64_MIN + (how))
#define IO_STREAM_PEEK        1
#define IO_STREAM_NOW         2
#define IO_STREAM_ALL         3

/*
 * The answer to changes of mode, owner or times of an open file that was opened
 * by another one's name, a named pipe's: ask fifo_file() for that one.
 */
#define IO_ASK_FILE      (SERVER_ERROR_BASE | 0xffd)

#define IO_WANTS_GROUP   (SERVER_ERROR_BASE | 0xffe)
#define IO_IN_BACKGROUND (SERVER_ERROR_BASE | 0xfff)

/* What io_stat returns; mode is S_IF* | permissions as in sys/stat.h. */
struct io_stat {
	uint64_t dev;
	uint64_t ino;
	uint64_t mode;
	uint64_t nlink;
	uint64_t uid;
	uint64_t gid;
	uint64_t rdev;
	uint64_t size;
	uint64_t blksize;
	uint64_t blocks; /* of 512 bytes */
	uint64_t atime;  /* ns since 1970, all three */
	uint64_t mtime;
	uint64_t ctime;
};
typedef struct io_stat io_stat_t;

/* For io_utimes. */
#define IO_TIME_NOW  UINT64_MAX
#define IO_TIME_OMIT (UINT64_MAX - 1)

struct fs_statfs {
	uint64_t type;
	uint64_t bsize;
	uint64_t blocks;
	uint64_t bfree;
	uint64_t bavail;
	uint64_t files;
	uint64_t ffree;
	uint64_t fsid;
	uint64_t namemax;
	uint64_t flags; /* FS_READONLY */
};
typedef struct fs_statfs fs_statfs_t;
#define FS_READONLY 1

/* struct flock's. pid is told to others, and not believed. */
struct fs_lock {
	int64_t type; /* F_RDLCK, F_WRLCK, F_UNLCK */
	int64_t whence;
	int64_t start;
	int64_t length; /* 0: to the end, wherever that is */
	int64_t pid;
};
typedef struct fs_lock fs_lock_t;

/* dir_lookup's flags are the O_* of fcntl.h, plus: */
#define FS_LOOKUP_PATH \
	0x10000000 /* only a handle: no read, no write (O_PATH) */

/* dir_lookup's answers. */
#define FS_RETRY_NONE 0 /* port is the opened file */
#define FS_RETRY_PORT 1 /* go on with retry_path at port */
#define FS_RETRY_ROOT 2 /* go on with retry_path at the caller's root */

/*
 * What is read of a symbolic link that leads to the process that follows it:
 * its pid stands for it, in the link's directory.
 */
#define FS_LINK_SELF "//self"

/*
 * retry_path "self", with what follows: the caller's pid in its place, at port;
 * "tty": the caller's terminal. "fifo": port is a named pipe's
 * ticket, to be shown to fifo_open(); if it is dead, begin again.
 */
#define FS_RETRY_MAGIC 3

/*
 * retry_path "PID/FD", with what follows: a descriptor of the caller's, if that
 * is its pid or 0, as if by dup(); else go on at port, if there is one.
 */
#define FS_RETRY_DESCRIPTOR 4

/* One record in dir_readdir's data; reclen is a multiple of 8. */
struct fs_dirent {
	uint64_t ino;
	uint64_t off; /* cookie of the next record */
	uint16_t reclen;
	uint8_t type; /* DT_* */
	char name[];  /* with NUL */
};

/* io_poll events: the POLL* values of poll.h. */
#define IO_POLL_IN  0x001
#define IO_POLL_PRI 0x002
#define IO_POLL_OUT 0x004
#define IO_POLL_ERR 0x008
#define IO_POLL_HUP 0x010

/*
 * io_direct's answers. Of a file: object is for memory_object_read(), as far as
 * that says; else io_read is to be asked. place is the open file's offset,
 * which is the caller's from then on, until io_seek sets it or somebody else
 * gets a right to the file; or IO_DIRECT_SHARED: others have one.
 */
#define IO_DIRECT_NONE   0 /* it never is */
#define IO_DIRECT_FILE   1
#define IO_DIRECT_LATER  3 /* perhaps the next time */
#define IO_DIRECT_SHARED ((int64_t)-1)

/*
 * Of a pipe or a connected socket, to a caller who alone has a right to it:
 * object is memory with one or two rings (io_ring.h), place says which of them
 * is read, and which is written. It is good until somebody else gets a right.
 */
#define IO_DIRECT_RING        2
#define IO_RING_READS         1
#define IO_RING_READS_SECOND  2
#define IO_RING_WRITES        4
#define IO_RING_WRITES_SECOND 8
#define IO_RING_NONBLOCK      16 /* the open file's O_NONBLOCK */
#define IO_RING_RINGS_TWO     32

/* Ports by what they stand for. */
typedef mach_port_t io_t;
typedef mach_port_t dir_t;
typedef mach_port_t file_t;
typedef mach_port_t proc_t;

typedef char *io_data_t;
typedef char *io_path_t;
typedef char *io_name_t;

#endif
