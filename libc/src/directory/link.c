/* SPDX-License-Identifier: BSD-2-Clause */
/* Names: making, removing and changing them. */
#include <errno.h>
#include <fcntl.h>
#include <servers/fs_user.h>
#include <servers/io_user.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lookup.h"
#include "process.h"

static bool
is_dot(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* A new name must not end in a slash unless it is a directory's. */
static int
new_name(int at, const char *path, bool directory, struct parent *parent)
{
	if (__lookup_parent(at, path, parent) != 0)
		return -1;
	if (is_dot(parent->name)) {
		errno = EEXIST;
	} else if (parent->slash && !directory) {
		errno = ENOENT;
	} else {
		return 0;
	}
	__parent_release(parent);
	return -1;
}

int
mkdirat(int at, const char *path, mode_t mode)
{
	struct parent parent;
	int result;

	if (new_name(at, path, true, &parent) != 0)
		return -1;
	result = __result(dir_mkdir(
	    parent.directory, parent.name, mode & ~__process.umask & 07777));
	__parent_release(&parent);
	return result;
}

int
mkdir(const char *path, mode_t mode)
{
	return mkdirat(AT_FDCWD, path, mode);
}

int
symlinkat(const char *target, int at, const char *path)
{
	struct parent parent;
	int result;

	if (*target == '\0') {
		errno = ENOENT;
		return -1;
	}
	if (new_name(at, path, false, &parent) != 0)
		return -1;
	result = __result(dir_symlink(parent.directory, parent.name, target));
	__parent_release(&parent);
	return result;
}

int
symlink(const char *target, const char *path)
{
	return symlinkat(target, AT_FDCWD, path);
}

int
linkat(int at, const char *path, int new_at, const char *new_path, int flags)
{
	struct parent parent;
	mach_port_t file;
	int result;

	if (__lookup_handle(
		at, path, (flags & AT_SYMLINK_FOLLOW) != 0, &file) != 0)
		return -1;
	if (new_name(new_at, new_path, false, &parent) != 0) {
		__port_release(file);
		return -1;
	}
	result = __result(dir_link(parent.directory, parent.name, file));
	__parent_release(&parent);
	__port_release(file);
	return result;
}

int
link(const char *path, const char *new_path)
{
	return linkat(AT_FDCWD, path, AT_FDCWD, new_path, 0);
}

static int
remove_directory(const struct parent *parent)
{
	if (strcmp(parent->name, ".") == 0) {
		errno = EINVAL;
		return -1;
	}
	if (strcmp(parent->name, "..") == 0) {
		errno = ENOTEMPTY;
		return -1;
	}
	return __result(dir_rmdir(parent->directory, parent->name));
}

static int
remove_file(const struct parent *parent)
{
	if (is_dot(parent->name)) {
		errno = EISDIR;
		return -1;
	}
	return __result(dir_unlink(parent->directory, parent->name));
}

/* With a slash behind it the name is a directory's, if it is anything's. */
static int
refuse_slash(int at, const char *path)
{
	mach_port_t file;

	if (__lookup_handle(at, path, false, &file) != 0)
		return -1;
	__port_release(file);
	errno = EISDIR;
	return -1;
}

int
unlinkat(int at, const char *path, int flags)
{
	struct parent parent;
	int result;

	if (flags & ~AT_REMOVEDIR) {
		errno = EINVAL;
		return -1;
	}
	if (__lookup_parent(at, path, &parent) != 0)
		return -1;
	if (flags & AT_REMOVEDIR)
		result = remove_directory(&parent);
	else if (parent.slash)
		result = refuse_slash(at, path);
	else
		result = remove_file(&parent);
	__parent_release(&parent);
	return result;
}

int
unlink(const char *path)
{
	return unlinkat(AT_FDCWD, path, 0);
}

int
rmdir(const char *path)
{
	return unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}

/* A slash behind either name says that it is a directory's. */
static bool
slashes_fit(int at, const char *path, const struct parent *from,
    const struct parent *to)
{
	struct stat status;

	if (!from->slash && !to->slash)
		return true;
	if (fstatat(at, path, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return false;
	if (S_ISDIR(status.st_mode))
		return true;
	errno = ENOTDIR;
	return false;
}

int
renameat(int at, const char *path, int new_at, const char *new_path)
{
	struct parent from;
	struct parent to;
	int result = -1;

	if (__lookup_parent(at, path, &from) != 0)
		return -1;
	if (__lookup_parent(new_at, new_path, &to) != 0) {
		__parent_release(&from);
		return -1;
	}
	if (is_dot(from.name) || is_dot(to.name))
		errno = EBUSY;
	else if (slashes_fit(at, path, &from, &to))
		result = __result(dir_rename(
		    from.directory, from.name, to.directory, to.name));
	__parent_release(&to);
	__parent_release(&from);
	return result;
}

int
rename(const char *path, const char *new_path)
{
	return renameat(AT_FDCWD, path, AT_FDCWD, new_path);
}

ssize_t
readlinkat(int at, const char *restrict path, char *restrict to, size_t size)
{
	char target[IO_PATH_MAX];
	mach_port_t port;
	size_t length;
	int result;

	if (__lookup_handle(at, path, false, &port) != 0)
		return -1;
	result = __result(io_readlink(port, target));
	__port_release(port);
	if (result != 0) {
		if (errno == EOPNOTSUPP)
			errno = EINVAL;
		return -1;
	}
	if (strcmp(target, FS_LINK_SELF) == 0)
		(void)snprintf(target, sizeof(target), "%d", (int)getpid());
	length = strlen(target);
	if (length > size)
		length = size;
	memcpy(to, target, length);
	return (ssize_t)length;
}

ssize_t
readlink(const char *restrict path, char *restrict to, size_t size)
{
	return readlinkat(AT_FDCWD, path, to, size);
}

/* Devices are devfs's; all that can be made are files and named pipes. */
int
mknodat(int at, const char *path, mode_t mode, dev_t device)
{
	int fd;

	if (S_ISFIFO(mode))
		return mkfifoat(at, path, mode);
	if (device != 0 || !(S_ISREG(mode) || (mode & S_IFMT) == 0)) {
		errno = geteuid() != 0 ? EPERM : EOPNOTSUPP;
		return -1;
	}
	fd = openat(at, path, O_CREAT | O_EXCL | O_WRONLY, mode & 07777);
	return fd >= 0 ? close(fd) : -1;
}

int
mknod(const char *path, mode_t mode, dev_t device)
{
	return mknodat(AT_FDCWD, path, mode, device);
}

int
mkfifoat(int at, const char *path, mode_t mode)
{
	struct parent parent;
	int result;

	if (new_name(at, path, false, &parent) != 0)
		return -1;
	result = __result(dir_mkfifo(
	    parent.directory, parent.name, mode & ~__process.umask & 07777));
	__parent_release(&parent);
	return result;
}

int
mkfifo(const char *path, mode_t mode)
{
	return mkfifoat(AT_FDCWD, path, mode);
}
