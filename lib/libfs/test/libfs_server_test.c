/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The server through its clients' stubs: what calls do, who may do it, that
 * no right is lost, and that mutated messages and senseless arguments do no
 * harm.
 */
#include <mach/mig_errors.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <libtest/test.h>
#include <servers/fs_user.h>
#include <servers/io_user.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fake_ports.h"
#include "memfs.h"

#define ROUNDS     60000
#define IO_PATH_ID 21013

static struct fs *fs;
static mach_port_t root;
static char data[IO_DATA_MAX];
static mach_msg_type_number_t count;

static void
become(uint32_t uid)
{
	fake_sender = (security_token_t){{uid, uid}};
}

static int
error_of(kern_return_t code)
{
	return SERVER_IS_ERROR(code) ? SERVER_ERRNO(code) : code;
}

/* Open; the port, or null with *error. */
static mach_port_t
open_at(const char *path, int flags, int *error)
{
	char rest[IO_PATH_MAX];
	mach_port_t port = MACH_PORT_NULL;
	int retry = -1;

	*error =
	    error_of(dir_lookup(root, path, flags, 0644, &retry, rest, &port));
	if (*error == 0 && retry != FS_RETRY_NONE)
		*error = -retry;
	return port;
}

/* dir_stat: the error, or the retry negated. */
static int
stat_at(const char *path, int flags, struct io_stat *stat)
{
	int retry = -1;
	int error = error_of(dir_stat(root, path, flags, &retry, stat));

	return error == 0 ? -retry : error;
}

static mach_port_t
open_ok(const char *path, int flags)
{
	int error;
	mach_port_t port = open_at(path, flags, &error);

	is_int(error, 0, path);
	return port;
}

static int
read_at(mach_port_t port, int64_t offset, uint32_t amount)
{
	count = amount;
	return error_of(io_read(port, offset, data, &count));
}

static int
write_at(mach_port_t port, int64_t offset, const char *text)
{
	uint32_t put;

	return error_of(
	    io_write(port, offset, text, (uint32_t)strlen(text), &put));
}

static void
test_offsets(void)
{
	mach_port_t port = open_ok("f", O_RDWR | O_CREAT);
	int64_t place = 0;

	is_int(write_at(port, IO_OFFSET_CURRENT, "hello "), 0, "write");
	is_int(write_at(port, IO_OFFSET_CURRENT, "world"), 0, "and on");
	is_int(write_at(port, 0, "H"), 0, "at a place");
	is_int(io_seek(port, 0, SEEK_CUR, &place), 0, "seek");
	is_int(place, 11, "the offset was not moved by it");
	is_int(io_seek(port, -5, SEEK_END, &place), 0, "from the end");
	is_int(place, 6, "five back");
	is_int(read_at(port, IO_OFFSET_CURRENT, 100), 0, "read");
	ok(count == 5 && memcmp(data, "world", 5) == 0, "what is there");
	is_int(read_at(port, IO_OFFSET_CURRENT, 100), 0, "at the end");
	is_int(count, 0, "nothing");
	is_int(read_at(port, 0, 3), 0, "read no more");
	is_int(count, 3, "than was asked for");
	is_int(read_at(port, -2, 3), EINVAL, "a negative offset");
	is_int(read_at(port, INT64_MAX, ~0U), 0, "far behind the end");
	is_int(write_at(port, INT64_MAX, "x"), EFBIG, "not to be written");
	is_int(error_of(io_seek(port, -12, SEEK_END, &place)), EINVAL,
	    "before the start");
	io_seek(port, INT64_MAX, SEEK_SET, &place);
	is_int(error_of(io_seek(port, 1, SEEK_CUR, &place)), EOVERFLOW,
	    "beyond all offsets");
	is_int(error_of(io_seek(port, 0, 9, &place)), EINVAL, "no whence");
	is_int(error_of(io_truncate(port, -1)), EINVAL, "a negative length");
	is_int(error_of(io_truncate(port, 4)), 0, "truncate");
	is_int(error_of(io_set_flags(port, O_APPEND)), 0, "O_APPEND");
	is_int(write_at(port, IO_OFFSET_CURRENT, "!"), 0, "appends");
	read_at(port, 0, 10);
	ok(count == 5 && memcmp(data, "Hell!", 5) == 0, "at the end");
	fake_ports_drop(port);
}

static void
test_modes(void)
{
	mach_port_t port = open_ok("f", O_RDONLY);
	mach_port_t handle = open_ok("f", FS_LOOKUP_PATH);
	mach_port_t dir = open_ok("", O_RDONLY);
	struct io_stat stat;
	int64_t place;
	int flags;

	is_int(write_at(port, 0, "x"), EBADF, "write, opened for reading");
	is_int(error_of(io_truncate(port, 0)), EINVAL, "truncate");
	is_int(read_at(handle, 0, 1), EBADF, "read, a handle");
	is_int(error_of(io_seek(handle, 0, 0, &place)), EBADF, "seek");
	is_int(io_stat(handle, &stat), 0, "stat");
	is_int(stat.size, 5, "tells the size");
	is_int(read_at(dir, 0, 1), EISDIR, "read of a directory");
	is_int(io_get_flags(port, &flags), 0, "flags");
	is_int(flags, O_RDONLY, "those of open");
	become(100);
	is_int(error_of(io_chmod(handle, 0600)), EPERM,
	    "chmod goes by the sender");
	is_int(error_of(fs_shutdown(root)), EPERM, "shutdown is root's");
	is_int(error_of(dir_mkdir(dir, "x", 0777)), EACCES,
	    "mkdir goes by the sender");
	become(0);
	is_int(error_of(dir_mkdir(port, "x", 0777)), ENOTDIR, "in a file");
	is_int(error_of(dir_link(dir, "g", handle)), 0, "link");
	is_int(error_of(dir_link(dir, "h", fake_ports_foreign())), EXDEV,
	    "of another server's file");
	is_int(error_of(dir_unlink(dir, "g")), 0, "unlink");
	is_int(error_of(dir_rename(dir, "f", handle, "g")), ENOTDIR,
	    "rename into a file");
	is_int(error_of(dir_rename(dir, "f", fake_ports_foreign(), "g")), EXDEV,
	    "rename to another server");
	fake_ports_drop(port);
	fake_ports_drop(handle);
	fake_ports_drop(dir);
}

/* Read all records, so many bytes at a time; how many there are. */
static int
count_records(mach_port_t dir, uint32_t amount)
{
	uint64_t cookie = 0;
	int records = 0;

	for (;;) {
		struct fs_dirent entry;
		mach_msg_type_number_t at = 0;

		count = sizeof(data);
		if (dir_readdir(dir, cookie, amount, data, &count) != 0 ||
		    count > amount)
			return -1;
		if (count == 0)
			return records;
		for (; at < count; at += entry.reclen) {
			memcpy(&entry, data + at,
			    offsetof(struct fs_dirent, name));
			if (entry.reclen % 8 != 0 || at + entry.reclen > count)
				return -1;
			cookie = entry.off;
			records++;
		}
	}
}

static void
test_readdir(void)
{
	char name[16];
	mach_port_t dir;

	dir_mkdir(root, "many", 0755);
	dir = open_ok("many", O_RDONLY);
	for (int i = 0; i < 500; i++) {
		snprintf(name, sizeof(name), "file%d", i);
		dir_symlink(dir, name, "x");
	}
	is_int(count_records(dir, IO_DATA_MAX), 502, "all entries");
	is_int(count_records(dir, 32), 502, "one by one");
	is_int(count_records(dir, 100), 502, "some by some");
	count = sizeof(data);
	is_int(error_of(dir_readdir(dir, 0, 8, data, &count)), EINVAL,
	    "no room for one");
	for (int i = 0; i < 500; i++) {
		snprintf(name, sizeof(name), "file%d", i);
		dir_unlink(dir, name);
	}
	fake_ports_drop(dir);
	dir_rmdir(root, "many");
}

static void
test_stat(void)
{
	struct io_stat stat;
	mach_port_t dir;

	dir_mkdir(root, "s", 0700);
	fake_ports_drop(open_ok("s/f", O_CREAT | O_WRONLY));
	dir_symlink(root, "link", "s/f");
	is_int(stat_at("s/f", 0, &stat), 0, "by path");
	is_int(stat.mode, S_IFREG | 0644, "a file");
	is_int(stat_at("link", 0, &stat), 0, "by a link");
	is_int(stat.mode, S_IFREG | 0644, "what it leads to");
	is_int(stat_at("link", O_NOFOLLOW, &stat), 0, "of a link");
	is_int(stat.mode, S_IFLNK | 0777, "itself");
	is_int(stat_at("", 0, &stat), 0, "of the directory");
	is_int(stat.ino, fs->root->stat.ino, "itself");
	is_int(stat_at("none", O_CREAT, &stat), ENOENT, "makes nothing");
	is_int(stat_at("s/f/", 0, &stat), ENOTDIR, "a slash too many");
	become(100);
	is_int(stat_at("s/f", 0, &stat), EACCES, "may not be searched");
	become(0);
	dir_unlink(root, "link");
	dir_symlink(root, "link", "/x");
	is_int(stat_at("link", 0, &stat), -FS_RETRY_ROOT, "leads elsewhere");
	ok(stat.ino == 0 && stat.mode == 0, "and says nothing");
	dir_unlink(root, "link");
	dir = open_ok("s", FS_LOOKUP_PATH);
	dir_unlink(dir, "f");
	is_int(stat_at("s/f", 0, &stat), ENOENT, "gone");
	fake_ports_drop(dir);
	dir_rmdir(root, "s");
}

static void
test_mount(void)
{
	mach_port_t there = fake_ports_foreign();
	mach_port_t port;
	mach_port_t parent;
	char path[IO_PATH_MAX];
	int error;

	dir_mkdir(root, "mnt", 0755);
	port = open_ok("mnt", FS_LOOKUP_PATH);
	become(100);
	is_int(error_of(fs_mount(port, there, "s", "t", "o")), EPERM,
	    "mounting is root's");
	become(0);
	is_int(error_of(fs_mount(root, there, "s", "t", "o")), EBUSY,
	    "not on the root");
	is_int(error_of(fs_mount(port, MACH_PORT_NULL, "s", "t", "o")), EINVAL,
	    "not nothing");
	is_int(error_of(fs_mount(port, there, "s", "t", "o")), 0, "mounted");
	is_int(error_of(fs_mount(port, there, "s", "t", "o")), EBUSY, "once");
	is_int(fake_ports_client(open_at("mnt/x", 0, &error)), 2,
	    "a walk leads there");
	is_int(error, -FS_RETRY_PORT, "as a retry");
	fake_ports_drop(there);
	count = sizeof(data) - 1;
	is_int(fs_get_mounts(root, data, &count), 0, "mounts");
	data[count] = '\0';
	is_str(data, "memory / memfs rw\ns /mnt t o\n", "both lines");
	fake_ports_kill(there);
	fake_ports_drop(fake_given);
	fake_ports_drop(open_ok("mnt", O_RDONLY));
	ok(true, "the server died: the directory below is seen again");
	is_int(error_of(fs_unmount(port)), EINVAL, "nothing is mounted");
	is_int(io_path(port, path, &parent), 0, "a path");
	is_str(path, "/mnt", "of the directory");
	is_int(parent, 0, "of the root file system");
	there = fake_ports_foreign();
	is_int(error_of(fs_set_parent(root, there, "/a")), 0, "a parent");
	is_int(io_path(port, path, &parent), 0, "a path");
	ok(parent == there, "of a mounted file system");
	is_int(fake_ports_client(open_at("..", 0, &error)), 3, "up and out");
	is_int(error_of(fs_set_parent(root, MACH_PORT_NULL, "/")), 0, "none");
	is_int(fake_ports_server(), 0, "the server holds no right");
	fake_ports_drop(port);
}

/* What dir_lookup of a FIFO says; the ticket is dropped. */
static int
open_fifo(const char *name, int flags, uint32_t uid)
{
	int error;
	mach_port_t ticket;

	become(uid);
	ticket = open_at(name, flags, &error);
	become(0);
	is_int(fake_ports_client(ticket), error < 0, "a ticket");
	fake_ports_drop(ticket);
	return error;
}

static void
test_fifo(void)
{
	int objects = fake_ports_objects();
	mach_port_t handle;

	fake_fifo_keeps = true;
	is_int(error_of(dir_mkfifo(root, "fifo", 0644)), 0, "a FIFO");
	is_int(error_of(dir_mkfifo(root, "fifo", 0644)), EEXIST, "is there");
	is_int(open_fifo("fifo", O_RDONLY, 0), -FS_RETRY_MAGIC, "opened");
	handle = fake_fifo_file;
	is_int(fake_fifo_flags, O_RDONLY, "as asked for");
	is_int(open_fifo("fifo", O_WRONLY | O_NONBLOCK, 0), -FS_RETRY_MAGIC,
	    "and the other end");
	is_int(fake_fifo_flags, O_WRONLY | O_NONBLOCK, "as asked for, too");
	is_int(fake_fifo_file, handle, "of the same file");
	is_int(open_fifo("fifo", O_RDONLY, 100), -FS_RETRY_MAGIC, "readable");
	is_int(open_fifo("fifo", O_RDWR, 100), EACCES, "but not writable");
	is_int(error_of(dir_unlink(root, "fifo")), 0, "its name goes");
	is_int(fake_ports_objects(), objects + 1, "the handle keeps it");
	while (fake_ports_client(handle) > 0)
		fake_ports_drop(handle);
	is_int(fake_ports_objects(), objects, "and goes");
	is_int(error_of(dir_mkfifo(root, "fifo", 0644)), 0, "another one");
	fake_fifo_code = MACH_SEND_INVALID_DEST;
	is_int(open_fifo("fifo", O_RDONLY, 0), EOPNOTSUPP, "no pipe server");
	fake_fifo_code = MACH_SEND_TIMED_OUT;
	is_int(open_fifo("fifo", O_RDONLY, 0), ENOMEM, "one that hangs");
	fake_fifo_code = KERN_SUCCESS;
	fake_fifo_keeps = false;
	is_int(fake_ports_server(), 0, "the server holds no right");
	is_int(fake_ports_objects(), objects, "and no handle");
	is_int(error_of(dir_unlink(root, "fifo")), 0, "it goes");
}

/* file_socket's error; a right that it gives is dropped. */
static int
reach(const char *name, uint32_t uid)
{
	mach_port_t file = open_ok(name, FS_LOOKUP_PATH);
	mach_port_t address = MACH_PORT_NULL;
	int error;

	become(uid);
	error = error_of(file_socket(file, &address));
	become(0);
	fake_ports_drop(address);
	fake_ports_drop(file);
	return error;
}

static void
test_socket(void)
{
	mach_port_t there = fake_ports_foreign();
	mach_port_t other = fake_ports_foreign();
	mach_port_t file = open_ok("plain", O_CREAT | O_WRONLY);
	int error;

	is_int(error_of(dir_bind(root, "sock", 0600, there)), 0, "bound");
	is_int(error_of(dir_bind(root, "sock", 0600, there)), EADDRINUSE,
	    "the name is taken");
	is_int(error_of(dir_bind(root, "null", 0600, MACH_PORT_NULL)), EINVAL,
	    "to nothing");
	is_int(error_of(dir_bind(root, "own", 0600, file)), EINVAL,
	    "to the server itself");
	is_int(
	    error_of(dir_bind(file, "x", 0600, there)), ENOTDIR, "in a file");
	(void)open_at("sock", O_RDWR, &error);
	is_int(error, EOPNOTSUPP, "a socket is not opened");
	is_int(reach("sock", 0), 0, "its address");
	is_int(reach("sock", 100), EACCES, "is not everybody's");
	is_int(reach("plain", 0), ENOTSOCK, "a file has none");
	is_int(error_of(dir_bind(root, "also", 0600, there)), 0, "twice bound");
	is_int(error_of(dir_unlink(root, "also")), 0, "one name goes");
	fake_ports_kill(there);
	is_int(reach("sock", 0), ECONNREFUSED, "nobody is there any more");
	is_int(error_of(dir_unlink(root, "sock")), 0, "the name goes");
	is_int(error_of(dir_bind(root, "sock", 0600, there)), ENOMEM,
	    "a dead one is not bound");
	is_int(error_of(dir_unlink(root, "sock")), ENOENT, "and has no name");
	is_int(error_of(dir_bind(root, "sock", 0666, other)), 0, "another");
	is_int(reach("sock", 100), 0, "that everybody may reach");
	is_int(error_of(dir_unlink(root, "sock")), 0, "unlinked");
	is_int(fake_ports_server(), 0, "its address with it");
	fake_ports_kill(other);
	is_int(fake_ports_server(), 0, "the server holds no right");
	fake_ports_drop(file);
	fake_ports_drop(there);
	fake_ports_drop(other);
}

static void
test_poll(void)
{
	mach_port_t port = open_ok("f", O_RDONLY);
	mach_port_t notify = fake_ports_foreign();
	int ready;

	is_int(
	    io_poll(port, IO_POLL_IN | IO_POLL_PRI, notify, &ready), 0, "poll");
	is_int(ready, IO_POLL_IN, "ready");
	is_int(fake_ports_server(), 0, "and nobody to tell");
	is_int(io_poll(port, IO_POLL_PRI, notify, &ready), 0, "poll");
	is_int(ready, 0, "never ready for this");
	is_int(io_poll(port, IO_POLL_PRI, notify, &ready), 0, "again");
	is_int(fake_ports_server(), 1, "one is kept");
	fake_ports_drop(port);
	is_int(fake_ports_server(), 0, "until the file is closed");
	fake_ports_drop(notify);
}

static void
test_exec_only(void)
{
	mach_port_t port = open_ok("prog", O_CREAT | O_WRONLY);

	write_at(port, 0, "text");
	io_chmod(port, 0111);
	fake_ports_drop(port);
	become(100);
	port = open_ok("prog", O_SEARCH);
	is_int(read_at(port, 0, 4), EBADF, "a program that may not be read");
	become(0);
	is_int(read_at(port, 0, 4), 0, "but by who makes processes");
	io_chmod(port, 0555);
	fake_ports_drop(port);
	become(100);
	port = open_ok("prog", O_SEARCH);
	is_int(read_at(port, 0, 4), 0, "one that may");
	fake_ports_drop(port);
	become(0);
	dir_unlink(root, "prog");
}

static unsigned seed = 1;

static unsigned
roll(unsigned sides)
{
	seed = seed * 1103515245U + 12345U;
	return (seed >> 8) % sides;
}

/* Some bytes of the body change; the kernel made the header. */
static void
mutate(mach_msg_header_t *request)
{
	unsigned char *bytes = (unsigned char *)request;
	unsigned first = sizeof(*request);

	if (roll(3) != 0)
		return;
	if ((request->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0)
		first += 4 + 12 * *(uint32_t *)(void *)(bytes + first);
	if (roll(4) == 0)
		request->msgh_id = (int)(21000 + 100 * roll(2) + roll(20));
	/* Its reply's right would be nobody's here: no stub asked for it. */
	if (request->msgh_id == IO_PATH_ID)
		request->msgh_id++;
	for (unsigned i = roll(4); i > 0 && request->msgh_size > first; i--)
		bytes[first + roll(request->msgh_size - first)] =
		    (unsigned char)roll(256);
}

static const char *
some_name(void)
{
	static const char *const names[] = {"a", "b", "c", "d", "a/b", "..",
	    ".", "", "a/../b/c", "c/d/", "l", "l/a", "/b", "x/y/z"};

	return names[roll(sizeof(names) / sizeof(names[0]))];
}

static int64_t
some_offset(void)
{
	static const int64_t offsets[] = {0, 1, 4095, 4096, 100000, -1, -2,
	    INT64_MAX, INT64_MIN, INT64_MAX - 4096, 1LL << 40};

	return offsets[roll(sizeof(offsets) / sizeof(offsets[0]))];
}

#define HELD 32
static mach_port_t held[HELD];

static void
fuzz_open(mach_port_t port)
{
	static const int flags[] = {O_RDONLY, O_WRONLY, O_RDWR, O_CREAT,
	    O_CREAT | O_EXCL | O_RDWR, O_TRUNC | O_RDWR, O_DIRECTORY,
	    O_NOFOLLOW, FS_LOOKUP_PATH, FS_LOOKUP_PATH | O_NOFOLLOW, O_SEARCH,
	    O_CREAT | O_WRONLY | O_APPEND, ~0};
	char rest[IO_PATH_MAX];
	mach_port_t opened = MACH_PORT_NULL;
	unsigned slot = 1 + roll(HELD - 1);
	int retry;

	if (dir_lookup(port, some_name(),
		flags[roll(sizeof(flags) / sizeof(flags[0]))], roll(01000),
		&retry, rest, &opened) != KERN_SUCCESS)
		return;
	/* Not a file's: nothing tells when it dies. */
	if (retry == FS_RETRY_MAGIC) {
		fake_ports_drop(opened);
		return;
	}
	fake_ports_drop(held[slot]);
	held[slot] = opened;
}

static void
fuzz_io(mach_port_t port)
{
	struct io_stat stat;
	uint32_t put;
	int64_t place;
	int flags;

	count = sizeof(data);
	switch (roll(12)) {
	case 0:
		count = roll(sizeof(data) + 1);
		(void)io_read(port, some_offset(), data, &count);
		break;
	case 1:
		(void)io_write(port, some_offset(), data, roll(8193), &put);
		break;
	case 2:
		(void)io_seek(port, some_offset(), (int)roll(4), &place);
		break;
	case 3:
		(void)io_stat(port, &stat);
		break;
	case 4:
		(void)io_truncate(port, some_offset());
		break;
	case 5:
		(void)io_chmod(port, roll(010000));
		break;
	case 6:
		(void)io_chown(port, roll(3), roll(3));
		break;
	case 7:
		(void)io_utimes(port, roll(5), IO_TIME_NOW);
		break;
	case 8:
		(void)io_set_flags(port, (int)roll(1 << 20));
		break;
	case 9:
		(void)io_readlink(port, data);
		break;
	case 10:
		(void)dir_stat(
		    port, some_name(), (int)roll(1 << 20), &flags, &stat);
		break;
	default:
		(void)io_get_flags(port, &flags);
		break;
	}
}

/* Never one to wait for: nobody would answer. */
static void
some_lock(mach_port_t port, mach_port_t other)
{
	fs_lock_t lock = {roll(4), roll(4), some_offset(), some_offset(), 7};

	if (roll(3) == 0)
		other = MACH_PORT_NULL;
	if (roll(2) == 0)
		(void)file_lock(port, other, 0, lock);
	else
		(void)file_test_lock(port, other, lock, &lock);
}

static void
fuzz_dir(mach_port_t port)
{
	mach_port_t other = held[roll(HELD)];

	count = sizeof(data);
	switch (roll(12)) {
	case 11:
		(void)dir_mkfifo(port, some_name(), roll(010000));
		break;
	case 10:
		some_lock(port, other);
		break;
	case 8:
		(void)dir_bind(port, some_name(), roll(010000), other);
		break;
	case 9:
		if (file_socket(port, &other) == KERN_SUCCESS)
			fake_ports_drop(other);
		break;
	case 0:
		(void)dir_readdir(port, roll(40), roll(9000), data, &count);
		break;
	case 1:
		(void)dir_mkdir(port, some_name(), roll(010000));
		break;
	case 2:
		(void)dir_rmdir(port, some_name());
		break;
	case 3:
		(void)dir_unlink(port, some_name());
		break;
	case 4:
		(void)dir_link(port, some_name(), other);
		break;
	case 5:
		(void)dir_symlink(port, some_name(), some_name());
		break;
	case 6:
		(void)dir_rename(port, some_name(), other, some_name());
		break;
	default:
		(void)fs_get_mounts(port, data, &count);
		break;
	}
}

static int
lock_as(mach_port_t port, mach_port_t who, int wait, int type, int at)
{
	fs_lock_t lock = {type, SEEK_SET, at, 1, 7};

	return error_of(file_lock(port, who, wait, lock));
}

/* A call that is to be answered later: its stub gets nothing yet. */
static void
wait_as(mach_port_t port, mach_port_t who, mach_port_t reply, int at)
{
	fake_reply_port = reply;
	fake_lock_replies = 0;
	(void)lock_as(port, who, 1, F_WRLCK, at);
}

static void
test_locks(void)
{
	mach_port_t a = fake_ports_foreign(), b = fake_ports_foreign();
	mach_port_t file = open_ok("f", O_RDWR | O_CREAT);
	mach_port_t reader = open_ok("f", O_RDONLY);

	is_int(lock_as(file, a, 0, F_WRLCK, 5), 0, "a lock");
	is_int(lock_as(file, b, 0, F_WRLCK, 5), EAGAIN, "once");
	is_int(lock_as(reader, b, 0, F_WRLCK, 6), EBADF, "of a reader");
	is_int(lock_as(reader, b, 0, F_RDLCK, 6), 0, "who reads");
	is_int(lock_as(file, reader, 0, F_RDLCK, 7), EINVAL, "of no owner");
	fake_reply_dead = 0x1001;
	wait_as(file, b, 0x1000, 5);
	is_int(fake_lock_replies, 0, "one waits");
	is_int(lock_as(file, a, 1, F_WRLCK, 6), EDEADLK, "in a circle");
	wait_as(file, b, 0x1001, 5);
	is_int(lock_as(file, a, 0, F_UNLCK, 5), 0, "let go");
	is_int(fake_lock_replies, 1, "who waits is answered");
	is_int(fake_lock_code, KERN_SUCCESS, "and has it");
	is_int(lock_as(file, a, 0, F_RDLCK, 5), EAGAIN, "now");
	wait_as(file, a, 0x1002, 6);
	fake_ports_drop(reader);
	is_int(fake_lock_replies, 1, "closing ends what was set through it");
	wait_as(file, a, 0x1002, 5);
	fake_ports_kill(b);
	is_int(fake_lock_replies, 1, "an owner's death all of its");
	wait_as(file, MACH_PORT_NULL, 0x1002, 5);
	is_int(fake_lock_replies, 1, "an open file is asked apart");
	fake_ports_drop(file);
	fake_ports_kill(a);
	is_int(fake_ports_server(), 0, "the server holds no right");
	fake_ports_drop(a);
	fake_ports_drop(b);
}

static void
test_fuzz(void)
{
	held[0] = root;
	fake_mutate = mutate;
	for (int i = 0; i < ROUNDS; i++) {
		mach_port_t port = held[roll(HELD)];

		become(roll(4) == 0 ? 0 : roll(3));
		switch (roll(4)) {
		case 0:
			fuzz_open(port);
			break;
		case 1:
			fuzz_io(port);
			break;
		default:
			fuzz_dir(port);
			break;
		}
		fs->read_only = false;
	}
	fake_mutate = NULL;
	become(0);
	ok(true, "no call did harm");
	for (int i = 1; i < HELD; i++)
		fake_ports_drop(held[i]);
	fs_set_parent(root, MACH_PORT_NULL, "/");
}

int
main(void)
{
	fs = memfs_create();
	fake_ports_start();
	is_int(fs_init(fs), 0, "start");
	root = fs_root_right(fs);
	{
		int retry;
		char rest[IO_PATH_MAX];
		mach_port_t port;

		dir_lookup(root, "", FS_LOOKUP_PATH, 0, &retry, rest, &port);
		syscall_mach_port_deallocate(0, root);
		root = port;
	}
	test_offsets();
	test_modes();
	test_readdir();
	test_stat();
	test_mount();
	test_fifo();
	test_socket();
	test_locks();
	test_poll();
	test_exec_only();
	is_int(fake_ports_objects(), 1, "every file is closed");
	test_fuzz();
	is_int(fake_ports_server(), 0, "the server holds no right");
	fake_ports_drop(root);
	is_int(fake_ports_objects(), 0, "every file is closed");
	memfs_destroy(fs);
	is_int(memfs_loaded, 0, "every reference is returned");
	return test_done();
}
