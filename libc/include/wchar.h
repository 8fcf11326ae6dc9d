/* SPDX-License-Identifier: BSD-2-Clause */
/* Wide and multibyte characters and strings. Wide characters are Unicode. */
#ifndef WCHAR_H
#define WCHAR_H

#include <bits/types.h>
#define __need_NULL
#define __need_wchar_t
#define __need_wint_t
#define __need___va_list
#include <stdarg.h>
#include <stddef.h>

typedef __size_type size_t;
typedef struct {
	unsigned __value;
	unsigned __left;
} mbstate_t;

#define WEOF ((wint_t)-1)
#ifndef WCHAR_MAX
#define WCHAR_MAX __WCHAR_MAX__
#define WCHAR_MIN __WCHAR_MIN__
#endif

struct tm;

__BEGIN_DECLS
wint_t btowc(int);
int wctob(wint_t);
int mbsinit(const mbstate_t *);
size_t mbrlen(const char *__restrict_arg, size_t, mbstate_t *__restrict_arg);
size_t mbrtowc(wchar_t *__restrict_arg, const char *__restrict_arg, size_t,
    mbstate_t *__restrict_arg);
size_t wcrtomb(char *__restrict_arg, wchar_t, mbstate_t *__restrict_arg);
size_t mbsrtowcs(wchar_t *__restrict_arg, const char **__restrict_arg, size_t,
    mbstate_t *__restrict_arg);
size_t wcsrtombs(char *__restrict_arg, const wchar_t **__restrict_arg, size_t,
    mbstate_t *__restrict_arg);

wchar_t *wmemcpy(
    wchar_t *__restrict_arg, const wchar_t *__restrict_arg, size_t);
wchar_t *wmemmove(wchar_t *, const wchar_t *, size_t);
wchar_t *wmemset(wchar_t *, wchar_t, size_t);
int wmemcmp(const wchar_t *, const wchar_t *, size_t);
wchar_t *wmemchr(const wchar_t *, wchar_t, size_t);
size_t wcslen(const wchar_t *);
wchar_t *wcscpy(wchar_t *__restrict_arg, const wchar_t *__restrict_arg);
wchar_t *wcsncpy(
    wchar_t *__restrict_arg, const wchar_t *__restrict_arg, size_t);
wchar_t *wcscat(wchar_t *__restrict_arg, const wchar_t *__restrict_arg);
wchar_t *wcsncat(
    wchar_t *__restrict_arg, const wchar_t *__restrict_arg, size_t);
int wcscmp(const wchar_t *, const wchar_t *);
int wcsncmp(const wchar_t *, const wchar_t *, size_t);
int wcscoll(const wchar_t *, const wchar_t *);
size_t wcsxfrm(wchar_t *__restrict_arg, const wchar_t *__restrict_arg, size_t);
wchar_t *wcschr(const wchar_t *, wchar_t);
wchar_t *wcsrchr(const wchar_t *, wchar_t);
size_t wcscspn(const wchar_t *, const wchar_t *);
size_t wcsspn(const wchar_t *, const wchar_t *);
wchar_t *wcspbrk(const wchar_t *, const wchar_t *);
wchar_t *wcsstr(const wchar_t *__restrict_arg, const wchar_t *__restrict_arg);
wchar_t *wcstok(wchar_t *__restrict_arg, const wchar_t *__restrict_arg,
    wchar_t **__restrict_arg);
long wcstol(const wchar_t *__restrict_arg, wchar_t **__restrict_arg, int);
unsigned long wcstoul(
    const wchar_t *__restrict_arg, wchar_t **__restrict_arg, int);
long long wcstoll(const wchar_t *__restrict_arg, wchar_t **__restrict_arg, int);
unsigned long long wcstoull(
    const wchar_t *__restrict_arg, wchar_t **__restrict_arg, int);
double wcstod(const wchar_t *__restrict_arg, wchar_t **__restrict_arg);
float wcstof(const wchar_t *__restrict_arg, wchar_t **__restrict_arg);
long double wcstold(const wchar_t *__restrict_arg, wchar_t **__restrict_arg);

wint_t fgetwc(__FILE *);
wint_t fputwc(wchar_t, __FILE *);
wint_t getwc(__FILE *);
wint_t getwchar(void);
wint_t putwc(wchar_t, __FILE *);
wint_t putwchar(wchar_t);
wint_t ungetwc(wint_t, __FILE *);
wchar_t *fgetws(wchar_t *__restrict_arg, int, __FILE *__restrict_arg);
int fputws(const wchar_t *__restrict_arg, __FILE *__restrict_arg);
int fwide(__FILE *, int);
int fwprintf(__FILE *__restrict_arg, const wchar_t *__restrict_arg, ...);
int fwscanf(__FILE *__restrict_arg, const wchar_t *__restrict_arg, ...);
int swprintf(
    wchar_t *__restrict_arg, size_t, const wchar_t *__restrict_arg, ...);
int swscanf(const wchar_t *__restrict_arg, const wchar_t *__restrict_arg, ...);
int vfwprintf(
    __FILE *__restrict_arg, const wchar_t *__restrict_arg, __gnuc_va_list);
int vfwscanf(
    __FILE *__restrict_arg, const wchar_t *__restrict_arg, __gnuc_va_list);
int vswprintf(wchar_t *__restrict_arg, size_t, const wchar_t *__restrict_arg,
    __gnuc_va_list);
int vswscanf(const wchar_t *__restrict_arg, const wchar_t *__restrict_arg,
    __gnuc_va_list);
int vwprintf(const wchar_t *__restrict_arg, __gnuc_va_list);
int vwscanf(const wchar_t *__restrict_arg, __gnuc_va_list);
int wprintf(const wchar_t *__restrict_arg, ...);
int wscanf(const wchar_t *__restrict_arg, ...);
size_t wcsftime(wchar_t *__restrict_arg, size_t, const wchar_t *__restrict_arg,
    const struct tm *__restrict_arg);

#if __POSIX_VISIBLE
typedef __FILE FILE;
typedef __locale_t locale_t;
wchar_t *wcpcpy(wchar_t *__restrict_arg, const wchar_t *__restrict_arg);
wchar_t *wcpncpy(
    wchar_t *__restrict_arg, const wchar_t *__restrict_arg, size_t);
__FILE *open_wmemstream(wchar_t **, size_t *);
int wcscasecmp_l(const wchar_t *, const wchar_t *, locale_t);
int wcscoll_l(const wchar_t *, const wchar_t *, locale_t);
int wcsncasecmp_l(const wchar_t *, const wchar_t *, size_t, locale_t);
size_t wcsxfrm_l(
    wchar_t *__restrict_arg, const wchar_t *__restrict_arg, size_t, locale_t);
wchar_t *wcsdup(const wchar_t *);
size_t wcsnlen(const wchar_t *, size_t);
int wcscasecmp(const wchar_t *, const wchar_t *);
int wcsncasecmp(const wchar_t *, const wchar_t *, size_t);
size_t mbsnrtowcs(wchar_t *__restrict_arg, const char **__restrict_arg, size_t,
    size_t, mbstate_t *__restrict_arg);
size_t wcsnrtombs(char *__restrict_arg, const wchar_t **__restrict_arg, size_t,
    size_t, mbstate_t *__restrict_arg);
#endif
#if __XSI_VISIBLE
#include <wctype.h>
int wcwidth(wchar_t);
int wcswidth(const wchar_t *, size_t);
#endif
__END_DECLS

#endif
