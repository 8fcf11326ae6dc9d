/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: tail [-f] [-n LINES | -c BYTES] [FILE...]
 * help: write the last lines of files; +N: from the Nth
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("tail [-f] [-n LINES | -c BYTES] [FILE...]",
    "write the last lines of files; +N: from the Nth");

struct window {
	long long count;
	bool bytes;
	bool from_start; /* +N */
};

/* Past the first lines or bytes, then all. */
static void
copy_from(FILE *file, const struct window *window)
{
	long long skip = window->count - 1;
	int c;

	while (skip > 0 && (c = getc(file)) != EOF)
		if (window->bytes || c == '\n')
			skip--;
	while ((c = getc(file)) != EOF)
		putchar(c);
}

/* Where the last `count` lines of the text start. */
static size_t
last_lines(const char *text, size_t length, long long count)
{
	size_t at = length;

	if (at > 0 && text[at - 1] == '\n')
		at--;
	while (at > 0) {
		if (text[at - 1] == '\n' && --count <= 0)
			break;
		at--;
	}
	return at;
}

/* Keep a tail that is long enough, then cut it exactly. */
static void
copy_last(FILE *file, const struct window *window)
{
	size_t capacity = 65536;
	size_t length = 0;
	char *text = xmalloc(capacity);
	size_t start;
	size_t n;

	while ((n = fread(text + length, 1, capacity - length, file)) > 0) {
		length += n;
		if (length < capacity)
			continue;
		start = window->bytes
			    ? length - ((size_t)window->count < length
					       ? (size_t)window->count
					       : length)
			    : last_lines(text, length, window->count + 1);
		memmove(text, text + start, length - start);
		length -= start;
		if (capacity - length < capacity / 2) {
			capacity *= 2;
			text = xrealloc(text, capacity);
		}
	}
	if (window->bytes)
		start = (size_t)window->count < length
			    ? length - (size_t)window->count
			    : 0;
	else
		start = last_lines(text, length, window->count);
	if (window->count > 0)
		fwrite(text + start, 1, length - start, stdout);
	free(text);
}

/* What is appended, for ever. */
static _Noreturn void
follow(FILE *file)
{
	static const struct timespec pause = {.tv_nsec = 500000000};
	int c;

	for (;;) {
		while ((c = getc(file)) != EOF)
			putchar(c);
		if (fflush(stdout) != 0)
			die_errno("standard output");
		clearerr(file);
		nanosleep(&pause, NULL);
	}
}

static void
set_window(struct window *window, const char *text, bool bytes)
{
	window->from_start = *text == '+';
	window->bytes = bytes;
	window->count =
	    number_arg(*text == '-' ? text + 1 : text, 0, LONG_MAX / 2);
}

static void
tail_file(const char *path, const struct window *window, bool following)
{
	FILE *file = input_open(path);

	if (file == NULL)
		return;
	if (window->from_start)
		copy_from(file, window);
	else
		copy_last(file, window);
	if (following)
		follow(file);
	input_close(file, path);
}

int
main(int argc, char **argv)
{
	struct window window = {.count = 10};
	bool following = false;
	int files;
	int option;
	int i;

	util_init(argc, argv);
	if (argc > 1 && strchr("-+", argv[1][0]) != NULL && argv[1][1] >= '0' &&
	    argv[1][1] <= '9') {
		set_window(&window, argv[1], false);
		argv[1] = argv[0];
		argc--;
		argv++;
	}
	while ((option = getopt(argc, argv, "fn:c:")) != -1) {
		if (option == 'f')
			following = true;
		else if (option == 'n' || option == 'c')
			set_window(&window, optarg, option == 'c');
		else
			util_usage_exit();
	}
	files = argc - optind;
	for (i = optind; i < argc || i == optind; i++) {
		if (files > 1)
			printf(
			    "%s==> %s <==\n", i > optind ? "\n" : "", argv[i]);
		tail_file(i < argc ? argv[i] : NULL, &window,
		    following && i >= argc - 1);
	}
	return util_exit(util_status);
}
