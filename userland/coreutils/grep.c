/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: grep [-EFchilnoqsvwx] [-e PATTERN] [-f FILE] [PATTERN] [FILE...]
 * help: print lines that match; -E: extended, -F: plain text
 *
 * Status 0 when a line was selected, 1 when none was, 2 after an error.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/rx.h"
#include "lib/util.h"

UTILITY("grep [-EFchilnoqsvwx] [-e PATTERN] [-f FILE] [PATTERN] [FILE...]",
    "print lines that match; -E: extended, -F: plain text");

struct options {
	bool count;
	bool names;    /* -l */
	bool no_names; /* -h */
	bool number;
	bool only; /* -o */
	bool quiet;
	bool silent; /* -s */
	bool inverted;
	bool word;
	bool whole;
};

static struct options opt;
static struct rx **patterns;
static int pattern_count;
static int pattern_flags;
static char **pattern_texts;
static bool matched_any;

/* Each line of the argument is a pattern. */
static void
add_patterns(const char *text)
{
	for (;;) {
		size_t length = strcspn(text, "\n");
		char *one = xmalloc(length + 1);

		memcpy(one, text, length);
		one[length] = '\0';
		pattern_texts = xrealloc(pattern_texts,
		    ((size_t)pattern_count + 1) * sizeof(*pattern_texts));
		pattern_texts[pattern_count++] = one;
		if (text[length] == '\0')
			return;
		text += length + 1;
	}
}

static void
add_file(const char *path)
{
	FILE *file = input_open(path);
	struct line line = {.text = NULL};

	if (file == NULL)
		exit(2);
	while (line_read(&line, file))
		add_patterns(line.text);
	input_close(file, path);
	free(line.text);
}

static void
compile_all(void)
{
	const char *error = NULL;
	int i;

	patterns = xmalloc(((size_t)pattern_count + 1) * sizeof(struct rx *));
	for (i = 0; i < pattern_count; i++) {
		patterns[i] =
		    rx_compile(pattern_texts[i], pattern_flags, &error);
		if (patterns[i] == NULL) {
			warn_text("%s: %s", pattern_texts[i], error);
			exit(2);
		}
		free(pattern_texts[i]);
	}
	free(pattern_texts);
}

static bool
is_word(const char *text, size_t length, size_t at)
{
	return at < length &&
	       (isalnum((unsigned char)text[at]) || text[at] == '_');
}

/* The longest match of any pattern at `at` that the options allow; -1. */
static ssize_t
match_here(const struct line *line, size_t at)
{
	ssize_t best = -1;
	int i;

	for (i = 0; i < pattern_count; i++) {
		ssize_t end =
		    rx_match_at(patterns[i], line->text, line->length, at);

		if (opt.whole && (at != 0 || end != (ssize_t)line->length))
			continue;
		if (opt.word && end >= 0 &&
		    ((at > 0 && is_word(line->text, line->length, at - 1)) ||
			is_word(line->text, line->length, (size_t)end)))
			continue;
		if (end > best)
			best = end;
	}
	return best;
}

static bool
line_matches(const struct line *line)
{
	size_t at;
	int i;

	if (opt.whole)
		return match_here(line, 0) >= 0;
	if (opt.word) {
		for (at = 0; at <= line->length; at++)
			if (match_here(line, at) >= 0)
				return true;
		return false;
	}
	for (i = 0; i < pattern_count; i++)
		if (rx_find(patterns[i], line->text, line->length))
			return true;
	return false;
}

static void
print_prefix(const char *name, unsigned long long number)
{
	if (name != NULL)
		printf("%s:", name);
	if (opt.number)
		printf("%llu:", number);
}

static void
print_matches(
    const struct line *line, const char *name, unsigned long long number)
{
	size_t at = 0;

	while (at < line->length) {
		ssize_t end = match_here(line, at);

		if (end <= (ssize_t)at) {
			at++;
			continue;
		}
		print_prefix(name, number);
		printf("%.*s\n", (int)((size_t)end - at), line->text + at);
		at = (size_t)end;
	}
}

static void
print_line(const struct line *line, const char *name, unsigned long long number)
{
	if (opt.only && !opt.inverted) {
		print_matches(line, name, number);
		return;
	}
	print_prefix(name, number);
	fwrite(line->text, 1, line->length, stdout);
	putchar('\n');
}

static void
grep(FILE *file, const char *path, bool with_name)
{
	static struct line line;
	const char *name = path != NULL ? path : "(standard input)";
	unsigned long long number = 0;
	unsigned long long count = 0;

	while (line_read(&line, file)) {
		number++;
		if (line_matches(&line) == opt.inverted)
			continue;
		matched_any = true;
		count++;
		if (opt.quiet)
			exit(0);
		if (opt.names)
			break;
		if (!opt.count)
			print_line(&line, with_name ? name : NULL, number);
	}
	if (opt.count && !opt.names) {
		if (with_name)
			printf("%s:", name);
		printf("%llu\n", count);
	}
	if (opt.names && count > 0)
		puts(name);
}

static void
set_option(int option)
{
	switch (option) {
	case 'E':
		pattern_flags |= RX_EXTENDED;
		break;
	case 'F':
		pattern_flags |= RX_LITERAL;
		break;
	case 'i':
		pattern_flags |= RX_FOLD;
		break;
	case 'c':
		opt.count = true;
		break;
	case 'l':
		opt.names = true;
		break;
	case 'h':
		opt.no_names = true;
		break;
	case 'n':
		opt.number = true;
		break;
	case 'o':
		opt.only = true;
		break;
	case 'q':
		opt.quiet = true;
		break;
	case 's':
		opt.silent = true;
		break;
	case 'v':
		opt.inverted = true;
		break;
	case 'w':
		opt.word = true;
		break;
	case 'x':
		opt.whole = true;
		break;
	case 'e':
		add_patterns(optarg);
		break;
	case 'f':
		add_file(optarg);
		break;
	default:
		util_usage_exit();
	}
}

int
main(int argc, char **argv)
{
	bool given;
	bool failed = false;
	int option;
	int i;

	util_init(argc, argv);
	/* Its old names: egrep, fgrep. */
	if (strchr("ef", *util_name) != NULL)
		set_option(*util_name == 'e' ? 'E' : 'F');
	while ((option = getopt(argc, argv, "EFchilnoqsvwxe:f:")) != -1)
		set_option(option);
	given = pattern_texts != NULL;
	if (!given && optind >= argc)
		util_usage_exit();
	if (!given)
		add_patterns(argv[optind++]);
	compile_all();
	for (i = optind; i < argc || i == optind; i++) {
		const char *path = i < argc ? argv[i] : NULL;
		bool standard = path == NULL || strcmp(path, "-") == 0;
		FILE *file = standard ? stdin : fopen(path, "r");

		if (file == NULL) {
			if (!opt.silent)
				warn_errno(path);
			failed = true;
			continue;
		}
		grep(file, standard ? NULL : path,
		    argc - optind > 1 && !opt.no_names);
		util_status = 0;
		input_close(file, path);
		failed |= util_status != 0;
	}
	for (i = 0; i < pattern_count; i++)
		rx_free(patterns[i]);
	free(patterns);
	return util_exit(failed ? 2 : matched_any ? 0 : 1);
}
