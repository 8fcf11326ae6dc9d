/* SPDX-License-Identifier: BSD-2-Clause */
/* Wide formats, wide streams, encodings; numbers against the host's. */
#include <errno.h>
#include <iconv.h>
#include <libtest/test.h>
#include <locale.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <uchar.h>
#include <wchar.h>

int host_swprintf(wchar_t *, size_t, const wchar_t *, ...) __asm__("swprintf");
void *host_iconv_open(const char *, const char *) __asm__("iconv_open");
size_t host_iconv(void *, char **, size_t *, char **, size_t *) __asm__(
    "iconv");
int host_iconv_close(void *) __asm__("iconv_close");

static void
is_wide(const wchar_t *got, const wchar_t *want, const char *what)
{
	ok(wcscmp(got, want) == 0, what);
}

static void
test_output(void)
{
	wchar_t text[64];
	wchar_t other[64];
	int count = -1;
	int wrong = 0;

	setlocale(LC_ALL, "C.UTF-8");
	is_int(swprintf(text, 64, L"%d %s|", 42, "gr\xc3\xbc\xc3\x9f"), 8,
	    "a number and a narrow string");
	is_wide(text, L"42 gr\u00fc\u00df|", "as characters");
	is_int(swprintf(text, 64, L"[%5ls][%-5.2ls]", L"\u20ac1", L"abc"), 14,
	    "widths are characters");
	is_wide(text, L"[   \u20ac1][ab   ]", "as asked");
	is_int(swprintf(text, 64, L"%3lc%c%n%%", (wint_t)0x1f600, 'x', &count),
	    5, "characters");
	is_wide(text, L"  \U0001f600x%", "as asked");
	is_int(count, 4, "what %n counts");
	is_int(swprintf(text, 4, L"%d", 12345), -1, "no room");
	is_int(swprintf(text, 64, L"%2$ls %1$ls", L"a", L"b"), 3, "by number");
	is_wide(text, L"b a", "in that order");
	is_int(swprintf(text, 64, L"%s", "\xff"), -1, "no character");
	for (int i = 0; i < 2000; i++) {
		double value = (rand() - RAND_MAX / 2) / 1e3 * (rand() % 1000);
		int one = swprintf(text, 64, L"%12.*g|%x", i % 17, value, i);

		host_swprintf(other, 64, L"%12.*g|%x", i % 17, value, i);
		wrong += wcscmp(text, other) != 0 || one != (int)wcslen(text);
	}
	is_int(wrong, 0, "numbers as on the host");
}

static void
test_input(void)
{
	wchar_t word[16];
	char narrow[16];
	struct tm time = {.tm_year = 100, .tm_mday = 2};
	wchar_t *base;
	size_t size;
	FILE *stream;
	int number;

	is_int(swscanf(L"17 \u00e4b\u00e4 end", L"%d %ls %s", &number, word,
		   narrow),
	    3, "scanned");
	is_int(number, 17, "a number");
	is_wide(word, L"\u00e4b\u00e4", "a wide word");
	is_str(narrow, "end", "a narrow one");
	is_int((int)wcsftime(word, 16, L"%Y\u00e4", &time), 5, "a date");
	is_wide(word, L"2000\u00e4", "as asked");
	is_int((int)wcsftime(word, 5, L"%Y\u00e4", &time), 0, "no room");
	stream = open_wmemstream(&base, &size);
	is_int(fwprintf(stream, L"%d\u20ac", 5), 2, "to a stream");
	fputwc(L'!', stream);
	fclose(stream);
	is_int((int)size, 3, "its size");
	is_wide(base, L"5\u20ac!", "its text");
	free(base);
}

static void
test_widths(void)
{
	wchar_t word[16] = L"";
	wchar_t rest[16] = L"";
	char narrow[16] = "";
	char *made = NULL;
	int at = 0;

	is_int(swscanf(L"\u00e4\u00f6\u00fcx", L"%2ls%n%ls", word, &at, rest),
	    2, "widths count characters");
	is_wide(word, L"\u00e4\u00f6", "the first two");
	is_wide(rest, L"\u00fcx", "the rest");
	is_int(at, 2, "so does what was read");
	is_int(swscanf(L"\u00e9t\u00e9", L"%l[\u00e0-\u00ef]%3s", word, narrow),
	    2, "a set");
	is_wide(word, L"\u00e9", "what it has");
	is_str(narrow, "t\u00e9", "what it has not");
	is_int(swscanf(L"a\u2003b", L"a %ms", &made), 1, "a wide space");
	is_str(made, "b", "what is behind it");
	free(made);
	is_int(swscanf(L"\u20ac 5", L"\u20ac%d", &at), 1, "a wide literal");
	is_int(at, 5, "and the number");
	is_int(sscanf("\u00e4\u00f6x", "%2lc%n%c", word, &at, narrow), 2,
	    "wide characters of bytes");
	word[2] = 0;
	is_wide(word, L"\u00e4\u00f6", "these");
	is_int(at, 4, "bytes were read");
	is_int(sscanf("\xe4x", "%ls", word), -1, "no character");
	is_int(swscanf(L"0x1g", L"%3x%lc", &at, word), 2, "a number's width");
	is_int(at, 1, "as far as it goes");
}

static void
check(const char *to, const char *from, const char *in, size_t size,
    const char *out, size_t out_size)
{
	char result[64];
	char *at = (char *)(uintptr_t)in;
	char *end = result;
	size_t left = sizeof(result);
	iconv_t conversion = iconv_open(to, from);

	ok(conversion != (iconv_t)-1, "opened");
	is_int((long)iconv(conversion, &at, &size, &end, &left), 0, to);
	ok((size_t)(end - result) == out_size &&
		memcmp(result, out, out_size) == 0,
	    from);
	iconv_close(conversion);
}

static int
fails(
    const char *to, const char *from, const char *in, size_t size, size_t left)
{
	char result[64];
	char *at = (char *)(uintptr_t)in;
	char *end = result;
	iconv_t conversion = iconv_open(to, from);
	size_t code = iconv(conversion, &at, &size, &end, &left);

	iconv_close(conversion);
	return code == (size_t)-1 ? errno : 0;
}

/* Everything that a table of all encodings must agree on. */
static int
compare(const char *to, const char *from, const char *in, size_t size)
{
	char one[256], other[256];
	char *at = (char *)(uintptr_t)in, *host_at = at;
	char *end = one, *host_end = other;
	size_t left = size, host_left = size;
	size_t room = sizeof(one), host_room = sizeof(other);
	iconv_t conversion = iconv_open(to, from);
	void *host = host_iconv_open(to, from);
	size_t code = iconv(conversion, &at, &left, &end, &room);
	size_t host_code =
	    host_iconv(host, &host_at, &host_left, &host_end, &host_room);

	iconv_close(conversion);
	host_iconv_close(host);
	return code != host_code || left != host_left || room != host_room ||
	       memcmp(one, other, (size_t)(end - one)) != 0;
}

static void
test_iconv(void)
{
	static const char *const kinds[] = {
	    "UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "ISO-8859-1"};
	char noise[32];
	int wrong = 0;

	check("UTF-8", "ISO-8859-1", "\xe4", 1, "\xc3\xa4", 2);
	check("UTF-16", "UTF-8", "a", 1, "\xfe\xff\0a", 4);
	check("UTF-8", "UTF-16",
	    "\xff\xfe"
	    "a\0",
	    4, "a", 1);
	check("UTF-8", "UTF-16LE", "\x3d\xd8\0\xde", 4, "\xf0\x9f\x98\x80", 4);
	check("UTF-32BE", "UTF-8", "\xe2\x82\xac", 3, "\0\0\x20\xac", 4);
	check("ASCII//TRANSLIT", "UTF-8",
	    "\xe2\x82\xac"
	    "1",
	    4, "?1", 2);
	is_int(fails("ASCII", "UTF-8", "\xc3\xa4", 2, 9), EILSEQ, "not in it");
	is_int(fails("UTF-8", "UTF-8", "\xc3", 1, 9), EINVAL, "incomplete");
	is_int(fails("UTF-8", "UTF-8", "\xc0\x80", 2, 9), EILSEQ, "overlong");
	is_int(fails("UTF-8", "UTF-8", "abc", 3, 2), E2BIG, "no room");
	ok(iconv_open("UTF-8", "nonsense") == (iconv_t)-1 && errno == EINVAL,
	    "no encoding");
	for (int i = 0; i < 20000; i++) {
		for (size_t k = 0; k < sizeof(noise); k++)
			noise[k] = (char)(rand() >> 8 & (i % 2 ? 0xff : 0x7f));
		/* The host takes UTF-8 to itself with other errors. */
		if (i / 2 % 3 == i % 5 ||
		    compare(kinds[i / 2 % 3], kinds[i % 5], noise,
			(size_t)(i % 32)) == 0)
			continue;
		wrong++;
		printf("# %s from %s:", kinds[i / 2 % 3], kinds[i % 5]);
		for (int k = 0; k < i % 32; k++)
			printf(" %02x", (unsigned char)noise[k]);
		printf("\n");
	}
	is_int(wrong, 0, "random bytes as on the host");
}

/* UTF-16: beyond 0xffff two characters for one. */
static void
test_uchar(void)
{
	static const char text[] = "a\xe2\x82\xac\xf0\x9f\x98\x80";
	mbstate_t state = {0, 0};
	char16_t half;
	char32_t whole;
	char bytes[8];

	setlocale(LC_ALL, "C.UTF-8");
	is_int((long)mbrtoc16(&half, text, 1, &state), 1, "one byte");
	is_int((long)mbrtoc16(&half, text + 1, 3, &state), 3, "three");
	is_int(half, 0x20ac, "its character");
	is_int((long)mbrtoc16(&half, text + 4, 2, &state), -2, "too few");
	is_int((long)mbrtoc16(&half, text + 6, 2, &state), 2, "the rest");
	is_int(half, 0xd83d, "the first half");
	ok(!mbsinit(&state), "another is to come");
	is_int((long)mbrtoc16(&half, text, 1, &state), -3, "from no bytes");
	is_int(half, 0xde00, "the second half");
	ok(mbsinit(&state), "nothing is to come");
	is_int((long)mbrtoc32(&whole, text + 4, 4, NULL), 4, "32 bits");
	is_int((long)whole, 0x1f600, "its character");
	is_int((long)c16rtomb(bytes, 0xd83d, &state), 0, "half a character");
	is_int((long)c16rtomb(bytes, 0xde00, &state), 4, "all of it");
	ok(memcmp(bytes, text + 4, 4) == 0, "its bytes");
	is_int((long)c16rtomb(bytes, 0xde00, &state), -1, "half, alone");
	is_int((long)c16rtomb(bytes, 0xd83d, &state), 0, "half a character");
	is_int((long)c16rtomb(bytes, 'a', &state), -1, "then another");
	is_int((long)c32rtomb(bytes, 0x20ac, &state), 3, "32 bits");
}

int
main(void)
{
	test_output();
	test_input();
	test_widths();
	test_iconv();
	test_uchar();
	return test_done();
}
