/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: tr [-cds] SET1 [SET2]
 * help: translate, delete or squeeze characters
 */
#include <ctype.h>
#include <string.h>
#include <unistd.h>

#include "lib/escape.h"
#include "lib/util.h"

UTILITY("tr [-cds] SET1 [SET2]", "translate, delete or squeeze characters");

/* A set in order: what SET1's nth becomes is SET2's nth. */
struct set {
	unsigned char bytes[1024];
	int count;
};

static void
add(struct set *set, int byte)
{
	if (set->count == (int)sizeof(set->bytes))
		die("the set is too long");
	set->bytes[set->count++] = (unsigned char)byte;
}

/* "[:class:]" at `p`; what follows it, or NULL. */
static const char *
add_class(struct set *set, const char *p)
{
	static const struct {
		const char *name;
		int (*test)(int c);
	} classes[] = {
	    {"[:alnum:]", isalnum},
	    {"[:alpha:]", isalpha},
	    {"[:blank:]", isblank},
	    {"[:cntrl:]", iscntrl},
	    {"[:digit:]", isdigit},
	    {"[:graph:]", isgraph},
	    {"[:lower:]", islower},
	    {"[:print:]", isprint},
	    {"[:punct:]", ispunct},
	    {"[:space:]", isspace},
	    {"[:upper:]", isupper},
	    {"[:xdigit:]", isxdigit},
	};
	size_t i;
	int byte;

	for (i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		size_t length = strlen(classes[i].name);

		if (strncmp(p, classes[i].name, length) != 0)
			continue;
		for (byte = 0; byte < 256; byte++)
			if (classes[i].test(byte))
				add(set, byte);
		return p + length;
	}
	return NULL;
}

static int
read_byte(const char **p)
{
	if (**p == '\\' && (*p)[1] != '\0') {
		const char *after = ++*p;
		int byte = escape_read(p, ESCAPE_FORMAT);

		/* Any other character stands for itself. */
		return *p == after ? (unsigned char)*(*p)++ : byte;
	}
	return (unsigned char)*(*p)++;
}

static void
parse_set(struct set *set, const char *p)
{
	while (*p != '\0') {
		const char *after = add_class(set, p);
		int low;
		int high;

		if (after != NULL) {
			p = after;
			continue;
		}
		low = high = read_byte(&p);
		if (p[0] == '-' && p[1] != '\0') {
			p++;
			high = read_byte(&p);
			if (high < low)
				die("range out of order");
		}
		for (; low <= high; low++)
			add(set, low);
	}
}

static void
complement(struct set *set)
{
	struct set other = {.count = 0};
	int byte;

	for (byte = 0; byte < 256; byte++)
		if (memchr(set->bytes, byte, (size_t)set->count) == NULL)
			add(&other, byte);
	*set = other;
}

/* What each byte becomes; deleted ones become -1. */
static void
make_map(
    int map[256], const struct set *from, const struct set *to, bool delete)
{
	int i;

	for (i = 0; i < 256; i++)
		map[i] = i;
	for (i = 0; i < from->count; i++) {
		if (delete)
			map[from->bytes[i]] = -1;
		else if (to->count > 0)
			map[from->bytes[i]] =
			    to->bytes[i < to->count ? i : to->count - 1];
	}
}

static void
run(const int map[256], const struct set *squeezed)
{
	bool squeeze[256] = {false};
	int last = -1;
	int i;
	int c;

	for (i = 0; i < squeezed->count; i++)
		squeeze[squeezed->bytes[i]] = true;
	while ((c = getchar()) != EOF) {
		c = map[c];
		if (c < 0 || (c == last && squeeze[c]))
			continue;
		putchar(c);
		last = c;
	}
}

int
main(int argc, char **argv)
{
	static struct set first;
	static struct set second;
	static const struct set none;
	const struct set *squeezed = &none;
	bool complemented = false;
	bool delete = false;
	bool squeeze = false;
	int map[256];
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "cCds")) != -1) {
		if (option == 'c' || option == 'C')
			complemented = true;
		else if (option == 'd')
			delete = true;
		else if (option == 's')
			squeeze = true;
		else
			util_usage_exit();
	}
	argc -= optind;
	argv += optind;
	if (argc < 1 || argc > 2 || (argc < 2 && !delete &&!squeeze) ||
	    (argc == 2 && delete &&!squeeze))
		util_usage_exit();
	parse_set(&first, argv[0]);
	if (complemented)
		complement(&first);
	if (argc == 2)
		parse_set(&second, argv[1]);
	if (argc == 2 && second.count == 0 && !delete)
		die("SET2 is empty");
	make_map(map, &first, &second, delete);
	if (squeeze)
		squeezed = argc == 2 ? &second : &first;
	run(map, squeezed);
	if (ferror(stdin))
		warn_errno("standard input");
	return util_exit(util_status);
}
