/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The mutator: takes a file of the corpus, or only some of its statements, and
 * changes a few tokens, statements or bytes. A token is a word, one character
 * of punctuation or white space, or a line marker.
 */
#include "fuzz_mutate.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILES_MAX  128
#define TOKENS_MAX 16384

struct file {
	char *text;
	size_t length;
};

struct span {
	size_t at;
	size_t length;
};

static struct file files[FILES_MAX];
static uint32_t file_count;
static uint64_t state;
static struct span spans[TOKENS_MAX];
static uint32_t span_count;

/* Words that mean something, and values at the edges. */
static const char *const words[] = {";", "(", ")", "[", "]", "{", "}", ":", ",",
    "^", "|", "*", "/", "+", "-", "=", "#", "<", ">", "\"", "\n",
    "\n# 7 \"x\"\n", "# 9223372036854775807 \"y\"\n", "of", "array", "array[]",
    "struct", "struct {", "c_string", "c_string[*:8]", "type", "routine",
    "simpleroutine", "skip", "skip 10000", "import", "import <x.h>", "uimport",
    "simport", "dimport", "subsystem", "KernelUser", "KernelServer",
    "userprefix", "serverprefix", "serverdemux", "msgoption", "waittime",
    "nowaittime", "sendtime", "nosendtime", "in", "out", "inout", "requestport",
    "replyport", "ureplyport", "sreplyport", "msgseqno", "sectoken",
    "serversectoken", "usersectoken", "audittoken", "servercontexttoken",
    "dealloc", "dealloc[]", "notdealloc", "countinout", "servercopy",
    "physicalcopy", "auto", "const", "retcode", "samecount", "overwrite",
    "islong", "isnotlong", "ctype:", "cusertype:", "cservertype:", "intran:",
    "outtran:", "destructor:", "intranpayload:", "polymorphic", "mach_port_t",
    "mach_port_poly_t", "pointer_t", "security_token_t", "int", "char",
    "uint64_t", "natural_t", "MACH_MSG_TYPE_INTEGER_32",
    "MACH_MSG_TYPE_MAKE_SEND", "MACH_MSG_TYPE_POLYMORPHIC",
    "MACH_MSG_TYPE_STRING_C", "0", "1", "2", "3", "4", "7", "8", "32", "64",
    "1024", "5461", "65536", "1000000", "536870912", "1073741824", "2147483647",
    "2147483648", "4294967295", "4294967296", "18446744073709551616", "(1 - 2)",
    "1 / 0", "*:65535"};
#define WORDS ((uint32_t)(sizeof(words) / sizeof(words[0])))

uint32_t
fuzz_random(uint32_t below)
{
	uint64_t z;

	state += 0x9e3779b97f4a7c15ULL;
	z = state;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return (uint32_t)(((z >> 32) * below) >> 32);
}

void
fuzz_add(const char *path)
{
	FILE *f = fopen(path, "r");
	struct file *file = &files[file_count];

	if (f == NULL || file_count == FILES_MAX) {
		fprintf(stderr, "fuzz: cannot take %s\n", path);
		exit(2);
	}
	file->text = malloc(FUZZ_TEXT_MAX);
	if (file->text == NULL)
		exit(2);
	file->length = fread(file->text, 1, FUZZ_TEXT_MAX, f);
	fclose(f);
	if (file->length > 0)
		file_count++;
}

static size_t
token_end(const struct file *file, size_t at)
{
	const char *text = file->text;
	size_t end = at + 1;

	if (text[at] == '#' && (at == 0 || text[at - 1] == '\n')) {
		while (end < file->length && text[end - 1] != '\n')
			end++;
	} else if (isalnum((unsigned char)text[at]) || text[at] == '_') {
		while (end < file->length &&
		       (isalnum((unsigned char)text[end]) || text[end] == '_'))
			end++;
	}
	return end;
}

static void
tokenize(const struct file *file)
{
	size_t at = 0;

	span_count = 0;
	while (at < file->length && span_count < TOKENS_MAX) {
		size_t end = token_end(file, at);

		spans[span_count++] = (struct span){at, end - at};
		at = end;
	}
}

static void
put(struct fuzz_text *text, const char *bytes, size_t length)
{
	if (length > FUZZ_TEXT_MAX - text->length)
		length = FUZZ_TEXT_MAX - text->length;
	memcpy(text->bytes + text->length, bytes, length);
	text->length += length;
}

static void
put_word(struct fuzz_text *text, const struct file *file)
{
	const char *word = words[fuzz_random(WORDS)];

	if (fuzz_random(3) != 0 || span_count == 0) {
		put(text, " ", 1);
		put(text, word, strlen(word));
		put(text, " ", 1);
	} else {
		struct span s = spans[fuzz_random(span_count)];

		put(text, file->text + s.at, s.length);
	}
}

/* Statements of any file, put between those of another. */
static void
put_statements(struct fuzz_text *text)
{
	const struct file *file = &files[fuzz_random(file_count)];
	size_t at = fuzz_random((uint32_t)file->length);
	size_t end;
	uint32_t n = 1 + fuzz_random(3);

	while (at < file->length && file->text[at] != ';')
		at++;
	for (end = at; end < file->length && n > 0; n--)
		do
			end++;
		while (end < file->length && file->text[end] != ';');
	if (end > at)
		put(text, file->text + at, end - at);
}

static int
kind_of(const struct file *file, struct span s)
{
	unsigned char c = (unsigned char)file->text[s.at];

	if (isdigit(c))
		return 1;
	if (isalpha(c) || c == '_')
		return s.length > 2 && file->text[s.at + s.length - 1] == 't' &&
			       file->text[s.at + s.length - 2] == '_'
			   ? 3
			   : 2;
	return c;
}

/* Another token of the same kind (word, type, number), if one is found. */
static int
put_alike(struct fuzz_text *text, const struct file *file, struct span s)
{
	int kind = kind_of(file, s);
	int tries;

	if (kind > 3)
		return 0;
	for (tries = 0; tries < 30; tries++) {
		struct span other = spans[fuzz_random(span_count)];

		if (kind_of(file, other) != kind)
			continue;
		put(text, file->text + other.at, other.length);
		return 1;
	}
	return 0;
}

static void
change_token(struct fuzz_text *text, const struct file *file, uint32_t i)
{
	struct span s = spans[i];
	struct span other = spans[fuzz_random(span_count)];

	if (fuzz_random(2) == 0 && put_alike(text, file, s))
		return;
	switch (fuzz_random(8)) {
	case 0: /* left out */
		break;
	case 1: /* twice */
		put(text, file->text + s.at, s.length);
		put(text, file->text + s.at, s.length);
		break;
	case 2:
		put(text, file->text + other.at, other.length);
		break;
	case 3:
		put(text, file->text + s.at, s.length);
		put_statements(text);
		break;
	case 4:
		put_word(text, file);
		put(text, file->text + s.at, s.length);
		break;
	default:
		put_word(text, file);
		break;
	}
}

static int
starts_routine(const struct file *file, uint32_t semicolon)
{
	uint32_t i = semicolon + 1;

	while (
	    i < span_count && isspace((unsigned char)file->text[spans[i].at]))
		i++;
	return i < span_count && spans[i].length >= 7 &&
	       (memcmp(file->text + spans[i].at, "routine", 7) == 0 ||
		   memcmp(file->text + spans[i].at, "simpler", 7) == 0);
}

/* How many parentheses are open behind a token. */
static int
depth_after(const struct file *file, uint32_t i, int depth)
{
	char c = file->text[spans[i].at];

	if (c == '(')
		return depth + 1;
	return depth - (c == ')' && depth > 0);
}

/* About `changes` tokens; all but one in `drop` routines are left out. */
static void
change_tokens(struct fuzz_text *text, const struct file *file, uint32_t changes,
    uint32_t drop)
{
	int dropping = 0;
	int depth = 0;
	uint32_t i;

	for (i = 0; i < span_count; i++) {
		struct span s = spans[i];

		depth = depth_after(file, i, depth);
		if (!dropping && (isspace((unsigned char)file->text[s.at]) ||
				     fuzz_random(span_count) >= changes))
			put(text, file->text + s.at, s.length);
		else if (!dropping)
			change_token(text, file, i);
		if (file->text[s.at] == ';' && depth == 0)
			dropping = drop > 0 && starts_routine(file, i) &&
				   fuzz_random(drop) != 0;
	}
}

static void
change_byte(struct fuzz_text *text)
{
	uint32_t at = fuzz_random((uint32_t)text->length);
	char *byte = &text->bytes[at];
	size_t gap = fuzz_random(64);

	switch (fuzz_random(6)) {
	case 0:
		*byte = (char)fuzz_random(256);
		break;
	case 1:
		*byte = (char)(*byte ^ (1 << fuzz_random(8)));
		break;
	case 2: /* cut */
		if (gap > text->length - at)
			gap = text->length - at;
		memmove(byte, byte + gap, text->length - at - gap);
		text->length -= gap;
		break;
	case 3: /* opened and filled with what it had */
		if (gap > FUZZ_TEXT_MAX - text->length)
			gap = FUZZ_TEXT_MAX - text->length;
		memmove(byte + gap, byte, text->length - at);
		text->length += gap;
		break;
	case 4:
		if (fuzz_random(8) == 0)
			text->length = at;
		break;
	default:
		*byte = "0123456789 \n#\"*/();\0\t"[fuzz_random(21)];
		break;
	}
}

void
fuzz_make(uint64_t seed, struct fuzz_text *text)
{
	static const uint32_t drops[] = {0, 2, 4, 8};
	static const uint32_t changes[] = {0, 1, 1, 2, 2, 3, 5, 25};
	const struct file *file;
	uint32_t n;

	state = seed * 0xd1342543de82ef95ULL;
	file = &files[fuzz_random(file_count)];
	text->length = 0;
	tokenize(file);
	change_tokens(
	    text, file, changes[fuzz_random(8)], drops[fuzz_random(4)]);
	if (fuzz_random(4) == 0)
		for (n = 1 + fuzz_random(4); n > 0 && text->length > 0; n--)
			change_byte(text);
}
