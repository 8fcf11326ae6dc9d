/* SPDX-License-Identifier: BSD-2-Clause */
/* Wide characters on streams, as multibyte ones. */
#include <errno.h>
#include <limits.h>
#include <wchar.h>

#include "file.h"

static wint_t
read_wide(FILE *file)
{
	mbstate_t state = {0, 0};
	wchar_t wide;

	for (;;) {
		int c = file_getc(file);
		char byte = (char)c;
		size_t used;

		if (c == EOF) {
			if (!mbsinit(&state)) {
				errno = EILSEQ;
				file->flags |= FILE_ERROR;
			}
			return WEOF;
		}
		used = mbrtowc(&wide, &byte, 1, &state);
		if (used == (size_t)-1) {
			file->flags |= FILE_ERROR;
			return WEOF;
		}
		if (used != (size_t)-2)
			return (wint_t)wide;
	}
}

wint_t
fgetwc(FILE *file)
{
	wint_t c;

	file_lock(file);
	file->orientation = 1;
	c = read_wide(file);
	file_unlock(file);
	return c;
}

wint_t
getwc(FILE *file)
{
	return fgetwc(file);
}

wint_t
getwchar(void)
{
	return fgetwc(stdin);
}

wint_t
fputwc(wchar_t wide, FILE *file)
{
	char text[MB_LEN_MAX];
	size_t size = wcrtomb(text, wide, NULL);
	bool written = false;

	file_lock(file);
	file->orientation = 1;
	if (size == (size_t)-1)
		file->flags |= FILE_ERROR;
	else
		written = __file_write(file, text, size) == size;
	file_unlock(file);
	return written ? (wint_t)wide : WEOF;
}

wint_t
putwc(wchar_t wide, FILE *file)
{
	return fputwc(wide, file);
}

wint_t
putwchar(wchar_t wide)
{
	return fputwc(wide, stdout);
}

wint_t
ungetwc(wint_t c, FILE *file)
{
	char text[MB_LEN_MAX];
	size_t size;

	if (c == WEOF)
		return WEOF;
	size = wcrtomb(text, (wchar_t)c, NULL);
	if (size == (size_t)-1)
		return WEOF;
	while (size > 0)
		if (ungetc((unsigned char)text[--size], file) == EOF)
			return WEOF;
	return c;
}

wchar_t *
fgetws(wchar_t *restrict to, int size, FILE *restrict file)
{
	wchar_t *at = to;

	while (--size > 0) {
		wint_t c = fgetwc(file);

		if (c == WEOF)
			break;
		*at++ = (wchar_t)c;
		if (c == '\n')
			break;
	}
	*at = 0;
	return at == to || ferror(file) ? NULL : to;
}

int
fputws(const wchar_t *restrict string, FILE *restrict file)
{
	for (; *string != 0; string++)
		if (fputwc(*string, file) == WEOF)
			return -1;
	return 0;
}

int
fwide(FILE *file, int mode)
{
	file_lock(file);
	if (file->orientation == 0 && mode != 0)
		file->orientation = mode > 0 ? 1 : -1;
	mode = file->orientation;
	file_unlock(file);
	return mode;
}
