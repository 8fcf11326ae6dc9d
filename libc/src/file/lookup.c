/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Path resolution. A server walks a path as far as it can in one message; the
 * answer may send us on to another server, to our root, or to our terminal.
 */
#include "lookup.h"

#include <mach/mig_errors.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <servers/fs_user.h>
#include <servers/io_user.h>
#include <servers/pipe_user.h>
#include <servers/process_user.h>
#include <string.h>
#include <unistd.h>

#include "descriptor.h"
#include "process.h"
#include "thread.h"

#define RETRIES_MAX 40
#define PID_END     100000000U /* no number of a process is as large */

enum next { FAILED = -1, DONE, ASK_AGAIN, START_AGAIN };

/* A path on its way: the port to ask, and whether the right is ours. */
struct walk {
	mach_port_t directory;
	bool own;
	const char *path;
	int flags;
	int *descriptor; /* of ours, that it turns out to be, or -1 */
	char space[2][IO_PATH_MAX]; /* answers, used in turn */
	int turn;
};

static const char *
skip_slashes(const char *path)
{
	while (*path == '/')
		path++;
	return path;
}

/* How long the path is the message finds out. */
static int
start(struct walk *walk, int at, const char *path)
{
	if (*path == '\0') {
		errno = ENOENT;
		return -1;
	}
	walk->own = false;
	walk->turn = 0;
	walk->path = skip_slashes(path);
	if (*path == '/')
		walk->directory = __process.root;
	else
		walk->directory = __directory_port(at);
	if (walk->directory != MACH_PORT_NULL)
		return 0;
	if (*path == '/' || at == AT_FDCWD)
		errno = ENOSYS;
	return -1;
}

static void
leave(struct walk *walk)
{
	if (walk->own)
		__port_release(walk->directory);
	walk->own = false;
}

/*
 * *port is a named pipe's ticket: exchange it for an end, when somebody has
 * the other one. A pipe that has just ended, or whose server has, takes no
 * tickets any more.
 */
static enum next
open_fifo(mach_port_t *port)
{
	mach_port_t ticket = *port;
	unsigned interrupts;
	kern_return_t code;

	do {
		interrupts = __signal_interrupts;
		__cancel_begin();
		code = fifo_open(ticket, port);
		__cancel_end();
	} while (__restart(code, interrupts));
	__port_release(ticket);
	if (code == MACH_SEND_INVALID_DEST || code == MIG_SERVER_DIED)
		return START_AGAIN;
	return __result(code) == 0 ? DONE : FAILED;
}

/* "self": our pid, in the directory *port, and what follows. */
static enum next
follow_self(struct walk *walk, char *what, mach_port_t *port)
{
	char digit[12];
	size_t digits = 0;
	unsigned pid = (unsigned)getpid();
	const char *tail = what + strlen("self");
	size_t left = strlen(tail) + 1;

	do
		digit[digits++] = (char)('0' + pid % 10);
	while ((pid /= 10) > 0);
	if (digits + left > IO_PATH_MAX) {
		__port_release(*port);
		errno = ENAMETOOLONG;
		return FAILED;
	}
	memmove(what + digits, tail, left);
	for (size_t i = 0; i < digits; i++)
		what[i] = digit[digits - 1 - i];
	walk->directory = *port;
	walk->own = true;
	walk->path = what;
	return ASK_AGAIN;
}

/* An answer that only we can make something of. */
static enum next
follow_magic(struct walk *walk, char *what, mach_port_t *port)
{
	if (strcmp(what, "fifo") == 0)
		return open_fifo(port);
	if (strncmp(what, "self", 4) == 0)
		return follow_self(walk, what, port);
	__port_release(*port);
	if (strcmp(what, "tty") != 0) {
		errno = ENXIO;
		return FAILED;
	}
	if (__result(proc_get_terminal(__process.proc, port)) != 0)
		return FAILED;
	/* Opened again: its flags are the new file's own. */
	walk->directory = *port;
	walk->own = true;
	walk->path = "";
	return ASK_AGAIN;
}

static unsigned
take_number(const char **at)
{
	unsigned number = 0;

	for (; **at >= '0' && **at <= '9' && number < PID_END; (*at)++)
		number = number * 10 + (unsigned)(**at - '0');
	return number;
}

/*
 * "PID/FD": a descriptor, of ours if pid 0 or our own, or what the port is to.
 * From a directory the path goes on, and what is to be run is opened for that.
 */
static enum next
follow_descriptor(struct walk *walk, const char *what, mach_port_t *port)
{
	unsigned pid = take_number(&what);
	unsigned fd;

	what += *what == '/';
	fd = take_number(&what);
	if (pid == 0 || pid == (unsigned)getpid()) {
		__port_release(*port);
		if (fd < PROC_FD_MAX && *what == '\0' &&
		    (walk->flags & (O_DIRECTORY | O_EXEC)) == 0) {
			*walk->descriptor = (int)fd;
			return DONE;
		}
		*port = __descriptor_reference((int)fd);
	}
	if (*port == MACH_PORT_NULL) {
		errno = ENOENT;
		return FAILED;
	}
	walk->directory = *port;
	walk->own = true;
	walk->path = strcmp(what, "/") == 0 ? "." : skip_slashes(what);
	return ASK_AGAIN;
}

/* Follow one answer; DONE: *port is the file, or it is a descriptor. */
static enum next
follow(struct walk *walk, int retry, char *rest, mach_port_t *port)
{
	leave(walk);
	switch (retry) {
	case FS_RETRY_NONE:
		return DONE;
	case FS_RETRY_PORT:
		walk->directory = *port;
		walk->own = true;
		walk->path = rest;
		return ASK_AGAIN;
	case FS_RETRY_ROOT:
		__port_release(*port);
		walk->directory = __process.root;
		walk->path = skip_slashes(rest);
		return ASK_AGAIN;
	case FS_RETRY_MAGIC:
		return follow_magic(walk, rest, port);
	case FS_RETRY_DESCRIPTOR:
		return follow_descriptor(walk, rest, port);
	default:
		__port_release(*port);
		errno = EIO;
		return FAILED;
	}
}

int
__lookup_open(int at, const char *path, int flags, mode_t mode,
    mach_port_t *port, int *own)
{
	struct walk walk;
	enum next next = ASK_AGAIN;
	int tries;

	walk.flags = flags;
	walk.descriptor = own;
	*own = -1;
	if (start(&walk, at, path) != 0)
		return -1;
	for (tries = 0; tries < RETRIES_MAX; tries++) {
		char *rest = walk.space[walk.turn];
		int retry;

		if (__result(dir_lookup(walk.directory, walk.path, flags, mode,
			&retry, rest, port)) != 0) {
			leave(&walk);
			return -1;
		}
		next = follow(&walk, retry, rest, port);
		if (next == DONE || next == FAILED)
			return next;
		if (next == START_AGAIN && start(&walk, at, path) != 0)
			return -1;
		walk.turn ^= 1;
	}
	leave(&walk);
	/* Whoever takes no ticket has no room for more of them. */
	errno = next == START_AGAIN ? ENFILE : ELOOP;
	return -1;
}

int
__lookup(int at, const char *path, int flags, mode_t mode, mach_port_t *port)
{
	int own;

	if (__lookup_open(at, path, flags, mode, port, &own) != 0)
		return -1;
	if (own < 0)
		return 0;
	*port = __descriptor_reference(own);
	if (*port != MACH_PORT_NULL)
		return 0;
	errno = ENOENT;
	return -1;
}

int
__lookup_handle(int at, const char *path, bool follow_links, mach_port_t *port)
{
	int flags = O_PATH;

	if (!follow_links)
		flags |= O_NOFOLLOW;
	return __lookup(at, path, flags, 0, port);
}

int
__lookup_stat(
    int at, const char *path, bool follow_links, struct io_stat *status)
{
	struct walk walk;
	mach_port_t port;
	int retry;
	int result;

	if (start(&walk, at, path) != 0 ||
	    __result(dir_stat(walk.directory, walk.path,
		follow_links ? 0 : O_NOFOLLOW, &retry, status)) != 0)
		return -1;
	if (retry == FS_RETRY_NONE)
		return 0;
	if (__lookup_handle(at, path, follow_links, &port) != 0)
		return -1;
	result = __result(io_stat(port, status));
	__port_release(port);
	return result;
}

int
__lookup_parent(int at, const char *path, struct parent *parent)
{
	size_t end = strlen(path);
	size_t length = end;
	size_t start_of_name;
	char prefix[PATH_MAX];

	if (end == 0) {
		errno = ENOENT;
		return -1;
	}
	while (length > 0 && path[length - 1] == '/')
		length--;
	start_of_name = length;
	while (start_of_name > 0 && path[start_of_name - 1] != '/')
		start_of_name--;
	if (length - start_of_name >= IO_NAME_MAX ||
	    start_of_name >= sizeof(prefix)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	parent->slash = end > length;
	memcpy(parent->name, path + start_of_name, length - start_of_name);
	parent->name[length - start_of_name] = '\0';
	/* The root itself is "." in itself. */
	if (length == 0)
		memcpy(parent->name, ".", 2);
	if (start_of_name == 0 && *path != '/') {
		parent->own = false;
		parent->directory = __directory_port(at);
		return parent->directory != MACH_PORT_NULL ? 0 : -1;
	}
	memcpy(prefix, path, start_of_name);
	prefix[start_of_name] = '\0';
	if (start_of_name == 0)
		memcpy(prefix, "/", 2);
	parent->own = true;
	return __lookup(
	    at, prefix, O_PATH | O_DIRECTORY, 0, &parent->directory);
}

void
__parent_release(struct parent *parent)
{
	if (parent->own)
		__port_release(parent->directory);
}
