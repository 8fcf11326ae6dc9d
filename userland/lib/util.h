/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What every utility shares: who it is, how it complains, memory that does
 * not fail, and output that is checked. A utility says UTILITY(usage, help)
 * once, calls util_init() first and returns util_exit(status) from main.
 */
#ifndef USERLAND_UTIL_H
#define USERLAND_UTIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

/* The same two lines as in the file's head comment; a test compares them. */
#define UTILITY(usage, help)             \
	const char util_usage[] = usage; \
	const char util_help[] = help

extern const char util_usage[];
extern const char util_help[];

extern const char *util_name; /* last component of argv[0] */
extern int util_status;       /* exit status so far; warnings set it to 1 */

/* Set the name; with --help alone, print usage and help and exit 0. */
void util_init(int argc, char **argv);
/* What that prints, for utilities that have -h for it; exit 0. */
_Noreturn void util_help_exit(void);
/* "usage: ..." on stderr, exit 2. */
_Noreturn void util_usage_exit(void);
/* Flush stdout; a failed write turns success into 1. The value of main. */
int util_exit(int status);

/* Messages are `name: text`, and for *_errno `name: what: reason`. */
void warn_errno(const char *what);
void warn_text(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void die_errno(const char *what);
_Noreturn void die(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/*
 * Become the command. When that fails, what POSIX has such a utility exit with,
 * after a warning: 127, there is none of that name; 126.
 */
int util_exec(char **argv);

/* Allocation that exits when memory is out. */
void *xmalloc(size_t size) __attribute__((returns_nonnull));
void *xrealloc(void *old, size_t size) __attribute__((returns_nonnull));
char *xstrdup(const char *s);
/* `dir`/`name` as a new string, with one slash between. */
char *xpath(const char *dir, const char *name);
/* Last component, of a path that may end in slashes; points into `path`. */
const char *path_base(const char *path);

/* Write all of it, past short writes and EINTR. -1 with errno, or 0. */
int write_all(int fd, const void *data, size_t size);
/* All that can still be read from `fd`, NUL-terminated; NULL with errno. */
char *read_all(int fd, size_t *size);
/* Copy `in` to `out` to its end. 0, -1 for a read, -2 for a write error. */
int copy_fd(int in, int out);

/* A line buffer that grows; `text` stays NUL-terminated. */
struct line {
	char *text;
	size_t length;
	size_t capacity;
	bool newline; /* the last line read ended in one */
};

/* Read the next line without its newline. False at the end or on error. */
bool line_read(struct line *line, FILE *file);

/* stdin for NULL or "-", else the file; NULL after a warning. */
FILE *input_open(const char *path);
/* Warn of a read error and close what input_open gave. */
void input_close(FILE *file, const char *path);

/* A whole string as a number in [min, max]. False when it is not one. */
bool number_parse(const char *s, long long min, long long max, long long *to);
/* As number_parse, or die "invalid number". */
long long number_arg(const char *s, long long min, long long max);

/* A line of the standard input is read; does it begin with y? */
bool answer_is_yes(void);

/* Screen width: COLUMNS when sensible, else 80. */
int screen_columns(void);

#endif
