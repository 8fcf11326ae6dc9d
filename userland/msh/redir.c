/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Redirections. What a builtin or compound command redirects is remembered
 * on a stack with a copy of the descriptor at 10 or above, close-on-exec,
 * and undone from the top down to a mark.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "msh.h"

#define HIGH_FD 10
#ifndef PIPE_BUF
#define PIPE_BUF 512
#endif

struct undo {
	int fd;
	int copy; /* -1: it was closed */
};

static struct undo *undo_stack;
static int undo_count;
static int undo_capacity;

int
fd_move_high(int fd)
{
	int high = fcntl(fd, F_DUPFD_CLOEXEC, HIGH_FD);

	if (high >= 0)
		close(fd);
	return high;
}

int
redir_mark(void)
{
	return undo_count;
}

void
redir_restore(int mark)
{
	while (undo_count > mark) {
		const struct undo *undo = &undo_stack[--undo_count];

		if (undo->copy < 0) {
			close(undo->fd);
		} else {
			dup2(undo->copy, undo->fd);
			close(undo->copy);
		}
	}
}

void
redir_keep(int mark)
{
	while (undo_count > mark) {
		const struct undo *undo = &undo_stack[--undo_count];

		if (undo->copy >= 0)
			close(undo->copy);
	}
}

static void
remember(int fd)
{
	if (undo_count == undo_capacity) {
		undo_capacity = undo_capacity != 0 ? undo_capacity * 2 : 8;
		undo_stack = xrealloc(
		    undo_stack, (size_t)undo_capacity * sizeof(*undo_stack));
	}
	undo_stack[undo_count].fd = fd;
	undo_stack[undo_count].copy = fcntl(fd, F_DUPFD_CLOEXEC, HIGH_FD);
	undo_count++;
}

/* -C: > may not overwrite a regular file. */
static int
open_no_clobber(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0666);
	struct stat st;

	if (fd >= 0 || errno != EEXIST)
		return fd;
	fd = open(path, O_WRONLY);
	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		close(fd);
		errno = EEXIST;
		return -1;
	}
	return fd;
}

static int
open_file(const struct redir *redir, const char *path)
{
	switch (redir->kind) {
	case REDIR_IN:
		return open(path, O_RDONLY);
	case REDIR_BOTH:
		return open(path, O_RDWR | O_CREAT, 0666);
	case REDIR_APPEND:
		return open(path, O_WRONLY | O_CREAT | O_APPEND, 0666);
	case REDIR_OUT:
	case REDIR_CLOBBER:
	case REDIR_DUP_IN:
	case REDIR_DUP_OUT:
	case REDIR_HERE:
	default:
		if (redir->kind == REDIR_OUT && OPT('C'))
			return open_no_clobber(path);
		return open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	}
}

/* A pipe that holds the text; a child writes it when it is long. */
static int
open_here(const struct redir *redir)
{
	const char *text = expand_single(redir->word);
	size_t length = strlen(text);
	int ends[2];
	pid_t pid;

	if (pipe(ends) != 0)
		return -1;
	if (length <= PIPE_BUF) {
		write_all(ends[1], text, length);
	} else {
		pid = fork();
		if (pid == 0) {
			close(ends[0]);
			trap_default_pipe();
			_exit(write_all(ends[1], text, length) != 0);
		}
		if (pid < 0) {
			close(ends[0]);
			ends[0] = -1;
		}
	}
	close(ends[1]);
	return ends[0];
}

static int
fail(const char *what, const char *reason)
{
	shell_warn("%s: %s", what, reason);
	return -1;
}

/* Put `from` at `to`, which the redirection owns from now on. */
static int
install(int from, int to, bool owned)
{
	if (from == to)
		return 0;
	if (dup2(from, to) < 0) {
		int error = errno;

		if (owned)
			close(from);
		return fail("redirection", strerror(error));
	}
	if (owned)
		close(from);
	return 0;
}

static int
apply_dup(const struct redir *redir, const char *text, bool save)
{
	long long from;

	if (strcmp(text, "-") == 0) {
		if (save)
			remember(redir->fd);
		close(redir->fd);
		return 0;
	}
	if (!number_parse(text, 0, INT_MAX, &from))
		return fail(text, "bad descriptor");
	if (fcntl((int)from, F_GETFD) < 0)
		return fail(text, strerror(errno));
	if (save)
		remember(redir->fd);
	return install((int)from, redir->fd, false);
}

static int
apply_one(const struct redir *redir, bool save)
{
	const char *text = "here-document";
	int fd;

	if (redir->kind == REDIR_HERE) {
		fd = open_here(redir);
	} else {
		text = expand_single(redir->word);
		if (redir->kind == REDIR_DUP_IN || redir->kind == REDIR_DUP_OUT)
			return apply_dup(redir, text, save);
		fd = open_file(redir, text);
	}
	if (fd < 0)
		return fail(text, strerror(errno));
	if (save && fd != redir->fd) {
		remember(redir->fd);
	} else if (save) {
		/* The lowest free descriptor was the one wanted. */
		remember(redir->fd);
		close(undo_stack[undo_count - 1].copy);
		undo_stack[undo_count - 1].copy = -1;
	}
	return install(fd, redir->fd, true);
}

int
redir_apply(const struct redir *list, bool save)
{
	for (; list != NULL; list = list->next)
		if (apply_one(list, save) != 0)
			return -1;
	return 0;
}
