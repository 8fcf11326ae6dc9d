/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Copies of files and trees. A directory is made with rights to fill it and
 * gets its own mode when that is done.
 */
#include "copy.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tree.h"
#include "util.h"

#ifndef PATH_MAX
#define PATH_MAX 4096
#endif

static int
fail(const char *path)
{
	warn_errno(path);
	return -1;
}

static int
preserve(const char *to, const struct stat *st)
{
	const struct timespec times[2] = {st->st_atim, st->st_mtim};
	mode_t mode = st->st_mode & 07777;
	int flags = S_ISLNK(st->st_mode) ? AT_SYMLINK_NOFOLLOW : 0;

	/* Without the owner, its set-id bits would be someone else's. */
	if (lchown(to, st->st_uid, st->st_gid) != 0)
		mode &= 01777;
	if (flags == 0 && chmod(to, mode) != 0)
		return fail(to);
	if (utimensat(AT_FDCWD, to, times, flags) != 0)
		return fail(to);
	return 0;
}

static int
open_target(const char *to, mode_t mode, int flags)
{
	int fd = open(to, O_WRONLY | O_CREAT | O_TRUNC, mode & 0777);

	if (fd < 0 && (flags & COPY_FORCE) && unlink(to) == 0)
		fd = open(to, O_WRONLY | O_CREAT | O_EXCL, mode & 0777);
	return fd;
}

static int
copy_file(const char *from, const char *to, const struct stat *st, int flags)
{
	struct stat old;
	int in;
	int out;
	int error;

	if (stat(to, &old) == 0 && old.st_dev == st->st_dev &&
	    old.st_ino == st->st_ino) {
		warn_text("%s and %s are the same file", from, to);
		return -1;
	}
	if ((flags & COPY_ASK) && access(to, F_OK) == 0) {
		fprintf(stderr, "%s: overwrite %s? ", util_name, to);
		if (!answer_is_yes())
			return 0;
	}
	in = open(from, O_RDONLY);
	if (in < 0)
		return fail(from);
	out = open_target(to, st->st_mode, flags);
	if (out < 0) {
		error = fail(to);
		close(in);
		return error;
	}
	error = copy_fd(in, out);
	if (error != 0)
		fail(error == -1 ? from : to);
	close(in);
	if (close(out) != 0 && error == 0)
		error = fail(to);
	return error;
}

static int
copy_link(const char *from, const char *to)
{
	char target[PATH_MAX];
	ssize_t length = readlink(from, target, sizeof(target) - 1);

	if (length < 0)
		return fail(from);
	target[length] = '\0';
	if (unlink(to) != 0 && errno != ENOENT)
		return fail(to);
	return symlink(target, to) != 0 ? fail(to) : 0;
}

/* `to` is below the directory `from`: the copy would never end. */
static bool
is_inside(const char *to, const struct stat *from)
{
	char *path = xstrdup(to);
	bool inside = false;
	struct stat st;
	char *slash;

	while (!inside && (slash = strrchr(path, '/')) != NULL) {
		slash[slash == path] = '\0';
		inside = stat(path, &st) == 0 && st.st_dev == from->st_dev &&
			 st.st_ino == from->st_ino;
		if (slash == path)
			break;
	}
	free(path);
	return inside;
}

static int
copy_directory(
    const char *from, const char *to, const struct stat *st, int flags)
{
	struct stat made;
	char **names;
	char **name;
	int error = 0;
	bool new;

	if (is_inside(to, st)) {
		warn_text("%s: cannot copy into itself, %s", from, to);
		return -1;
	}
	names = tree_names(from);
	if (names == NULL)
		return fail(from);
	new = mkdir(to, (st->st_mode & 0777) | S_IRWXU) == 0;
	if (!new && (stat(to, &made) != 0 || !S_ISDIR(made.st_mode))) {
		errno = errno == ENOENT ? ENOENT : EEXIST;
		tree_free(names);
		return fail(to);
	}
	for (name = names; *name != NULL; name++) {
		char *inner_from = xpath(from, *name);
		char *inner_to = xpath(to, *name);

		error |= copy_tree(inner_from, inner_to,
		    (flags & ~COPY_FOLLOW_TOP) | COPY_LINKS);
		free(inner_from);
		free(inner_to);
	}
	tree_free(names);
	return error;
}

int
copy_tree(const char *from, const char *to, int flags)
{
	struct stat st;
	int error;
	bool follow = flags & (COPY_FOLLOW | COPY_FOLLOW_TOP) ||
		      !(flags & (COPY_LINKS | COPY_RECURSIVE));

	error = follow ? stat(from, &st) : lstat(from, &st);
	if (error != 0)
		return fail(from);
	if (S_ISDIR(st.st_mode) && !(flags & COPY_RECURSIVE)) {
		errno = EISDIR;
		return fail(from);
	}
	if (S_ISDIR(st.st_mode))
		error = copy_directory(from, to, &st, flags);
	else if (S_ISLNK(st.st_mode))
		error = copy_link(from, to);
	else if (S_ISFIFO(st.st_mode) && (flags & COPY_RECURSIVE))
		error = mkfifo(to, st.st_mode & 0777) != 0 ? fail(to) : 0;
	else
		error = copy_file(from, to, &st, flags);
	if (error == 0 && (flags & COPY_PRESERVE))
		error = preserve(to, &st);
	return error;
}

static int
remove_one(const char *path, const struct stat *st, enum tree_event event)
{
	if (event == TREE_ENTER)
		return TREE_DESCEND;
	if ((S_ISDIR(st->st_mode) ? rmdir(path) : unlink(path)) != 0)
		warn_errno(path);
	return TREE_SKIP;
}

void
copy_remove(const char *path)
{
	tree_walk(path, false, remove_one);
}
