/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Strings and memory: every size and alignment against a byte-wise model, and
 * the search functions against the host.
 */
#include <libtest/test.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

char *host_strstr(const char *, const char *) __asm__("strstr");
void *host_memmem(const void *, size_t, const void *, size_t) __asm__("memmem");
int host_strverscmp(const char *, const char *) __asm__("strverscmp");
size_t host_strspn(const char *, const char *) __asm__("strspn");
size_t host_strcspn(const char *, const char *) __asm__("strcspn");

static unsigned seed = 1;

static unsigned
next(void)
{
	seed = seed * 1103515245 + 12345;
	return seed >> 16 & 0x7fff;
}

static unsigned char space[1024];
static unsigned char model[1024];

static void
fill(void)
{
	size_t i;

	for (i = 0; i < sizeof(space); i++)
		space[i] = model[i] = (unsigned char)next();
}

static bool
same(void)
{
	size_t i;

	for (i = 0; i < sizeof(space); i++)
		if (space[i] != model[i])
			return false;
	return true;
}

static void
model_move(size_t to, size_t from, size_t size)
{
	size_t i;

	if (to < from)
		for (i = 0; i < size; i++)
			model[to + i] = model[from + i];
	else
		for (i = size; i-- > 0;)
			model[to + i] = model[from + i];
}

static void
test_copy(void)
{
	size_t size;
	size_t at;
	bool copied = true;
	bool moved = true;
	bool set = true;

	for (size = 0; size < 300; size++) {
		for (at = 0; at < 17; at++) {
			fill();
			memcpy(space + 500 + at, space + 16 - at, size);
			model_move(500 + at, 16 - at, size);
			copied &= same();
			fill();
			memmove(space + 200 + at, space + 208, size);
			model_move(200 + at, 208, size);
			moved &= same();
			fill();
			memset(space + at, (int)size, size);
			for (size_t i = 0; i < size; i++)
				model[at + i] = (unsigned char)size;
			set &= same();
		}
	}
	ok(copied, "memcpy");
	ok(moved, "memmove over itself");
	ok(set, "memset");
}

static void
test_length(void)
{
	bool right = true;
	size_t at;
	size_t length;

	for (at = 0; at < 16; at++) {
		for (length = 0; length < 70; length++) {
			char *string = (char *)space + at;

			memset(space, 'x', sizeof(space));
			string[length] = '\0';
			string[length / 2] = length > 1 ? '\x80' : string[0];
			right &= strlen(string) == length;
			right &=
			    strnlen(string, 30) == (length < 30 ? length : 30);
			right &= strnlen(string, SIZE_MAX) == length;
			right &= memchr(string, 0, length) == NULL;
			right &=
			    memchr(string, 0, length + 1) == string + length;
			right &= strchr(string, 0) == string + length;
			right &= strchr(string, 'y') == NULL;
			right &= strchrnul(string, 'y') == string + length;
			if (length > 1)
				right &= strrchr(string, '\x80') ==
					 string + length / 2;
		}
	}
	ok(right, "lengths and characters at every alignment");
}

static void
test_compare(void)
{
	bool right = true;
	size_t at;
	size_t i;

	for (at = 0; at < 16; at++) {
		for (i = 0; i < 40; i++) {
			char *a = (char *)space;
			char *b = (char *)space + 512 + at;

			memset(a, 'k', 50);
			memset(b, 'k', 50);
			a[45] = b[45] = '\0';
			right &= strcmp(a, b) == 0 && memcmp(a, b, 46) == 0;
			b[i] = '\xe0';
			right &= strcmp(a, b) < 0 && strcmp(b, a) > 0;
			right &= memcmp(a, b, 46) < 0 && memcmp(b, a, 46) > 0;
			right &=
			    strncmp(a, b, i) == 0 && strncmp(a, b, i + 1) < 0;
			b[i] = '\0';
			right &= strcmp(a, b) > 0;
		}
	}
	ok(right, "comparison");
	ok(strcasecmp("HeLLo", "hEllO") == 0 && strcasecmp("a", "B") < 0,
	    "strcasecmp");
	is_int(strncasecmp("ABCx", "abcy", 3), 0, "strncasecmp");
	is_str(strcasestr("one TWO three", "two"), "TWO three", "strcasestr");
	ok(strcasestr("one", "once") == NULL && strcasestr("", "a") == NULL,
	    "what is not there");
	is_str(strcasestr("AbABabB", "ABabB"), "ABabB", "a needle in itself");
	is_str(strcasestr("x", ""), "x", "nothing");
}

static void
test_search(void)
{
	bool found = true;
	int round;

	for (round = 0; round < 20000; round++) {
		char hay[64];
		char needle[16];
		size_t length = next() % 60;
		size_t size = next() % 12;
		size_t i;

		for (i = 0; i < length; i++)
			hay[i] = (char)('a' + next() % 2);
		hay[length] = '\0';
		for (i = 0; i < size; i++)
			needle[i] = (char)('a' + next() % 2);
		needle[size] = '\0';
		found &= strstr(hay, needle) == host_strstr(hay, needle);
		found &= memmem(hay, length, needle, size) ==
			 host_memmem(hay, length, needle, size);
		found &= strspn(hay, "a") == host_strspn(hay, "a");
		found &= strcspn(hay, "bz") == host_strcspn(hay, "bz");
	}
	ok(found, "strstr, memmem, spans as on the host");
}

static void
test_take_apart(void)
{
	char text[] = "::one:two;;three:";
	char fields[] = "a::b";
	char *rest = NULL;
	char *field = fields;

	is_str(strtok_r(text, ":;", &rest), "one", "strtok_r: first");
	is_str(strtok_r(NULL, ":;", &rest), "two", "strtok_r: second");
	is_str(strtok_r(NULL, ":;", &rest), "three", "strtok_r: third");
	ok(strtok_r(NULL, ":;", &rest) == NULL, "strtok_r: end");
	is_str(strsep(&field, ":"), "a", "strsep");
	is_str(strsep(&field, ":"), "", "strsep: empty field");
	is_str(strsep(&field, ":"), "b", "strsep: last");
	ok(strsep(&field, ":") == NULL, "strsep: end");
}

static void
test_build(void)
{
	char text[32];

	strcpy(text, "one");
	strcat(text, "two");
	strncat(text, "three", 2);
	is_str(text, "onetwoth", "strcpy, strcat, strncat");
	ok(strlcpy(text, "0123456789", 5) == 10, "strlcpy tells the length");
	is_str(text, "0123", "strlcpy cuts");
	ok(strlcat(text, "abc", 6) == 7, "strlcat tells the length");
	is_str(text, "0123a", "strlcat cuts");
	memset(text, 'x', sizeof(text));
	strncpy(text, "ab", 5);
	ok(memcmp(text, "ab\0\0\0x", 6) == 0, "strncpy pads");
	ok(stpcpy(text, "abc") == text + 3, "stpcpy");
	ok(memccpy(text, "abcd", 'b', 4) == text + 2, "memccpy");
}

static void
test_versions(void)
{
	static const char *const names[] = {"a", "a0", "a00", "a01", "a010",
	    "a09", "a1", "a10", "a2", "000", "00", "01", "010", "09", "0", "1",
	    "9", "10", "b", "file-1.2", "file-1.10", "file-1.2a", ""};
	const size_t count = sizeof(names) / sizeof(names[0]);
	bool right = true;
	size_t i;
	size_t j;

	for (i = 0; i < count; i++) {
		for (j = 0; j < count; j++) {
			int ours = strverscmp(names[i], names[j]);
			int theirs = host_strverscmp(names[i], names[j]);

			if ((ours < 0) != (theirs < 0) ||
			    (ours > 0) != (theirs > 0)) {
				printf("# %s %s: %d %d\n", names[i], names[j],
				    ours, theirs);
				right = false;
			}
		}
	}
	ok(right, "strverscmp as on the host");
}

int
main(void)
{
	test_copy();
	test_length();
	test_compare();
	test_search();
	test_take_apart();
	test_build();
	test_versions();
	return test_done();
}
