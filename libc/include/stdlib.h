/* SPDX-License-Identifier: BSD-2-Clause */
/* General utilities: numbers, memory, environment, sorting, leaving. */
#ifndef STDLIB_H
#define STDLIB_H

#include <bits/types.h>
#if __POSIX_VISIBLE
#include <bits/wait.h>
#endif
#define __need_NULL
#define __need_wchar_t
#include <stddef.h>

typedef __size_type size_t;

typedef struct {
	int quot;
	int rem;
} div_t;
typedef struct {
	long quot;
	long rem;
} ldiv_t;
typedef struct {
	long long quot;
	long long rem;
} lldiv_t;

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define RAND_MAX     2147483647
#define MB_CUR_MAX   (__mb_cur_max())

__BEGIN_DECLS
size_t __mb_cur_max(void);

double atof(const char *);
int atoi(const char *);
long atol(const char *);
long long atoll(const char *);
double strtod(const char *__restrict_arg, char **__restrict_arg);
float strtof(const char *__restrict_arg, char **__restrict_arg);
long double strtold(const char *__restrict_arg, char **__restrict_arg);
long strtol(const char *__restrict_arg, char **__restrict_arg, int);
unsigned long strtoul(const char *__restrict_arg, char **__restrict_arg, int);
long long strtoll(const char *__restrict_arg, char **__restrict_arg, int);
unsigned long long strtoull(
    const char *__restrict_arg, char **__restrict_arg, int);

int rand(void);
void srand(unsigned);

void *malloc(size_t) __attribute__((__malloc__));
void *calloc(size_t, size_t) __attribute__((__malloc__));
void *realloc(void *, size_t);
void free(void *);
void *aligned_alloc(size_t, size_t) __attribute__((__malloc__));

__noreturn void abort(void);
int atexit(void (*)(void));
int at_quick_exit(void (*)(void));
__noreturn void exit(int);
__noreturn void _Exit(int);
__noreturn void quick_exit(int);
char *getenv(const char *);
int system(const char *);

void *bsearch(const void *, const void *, size_t, size_t,
    int (*)(const void *, const void *));
void qsort(void *, size_t, size_t, int (*)(const void *, const void *));

int abs(int) __attribute__((__const__));
long labs(long) __attribute__((__const__));
long long llabs(long long) __attribute__((__const__));
div_t div(int, int) __attribute__((__const__));
ldiv_t ldiv(long, long) __attribute__((__const__));
lldiv_t lldiv(long long, long long) __attribute__((__const__));

int mblen(const char *, size_t);
int mbtowc(wchar_t *__restrict_arg, const char *__restrict_arg, size_t);
int wctomb(char *, wchar_t);
size_t mbstowcs(wchar_t *__restrict_arg, const char *__restrict_arg, size_t);
size_t wcstombs(char *__restrict_arg, const wchar_t *__restrict_arg, size_t);

#if __POSIX_VISIBLE
int posix_memalign(void **, size_t, size_t);
int rand_r(unsigned *);
int setenv(const char *, const char *, int);
int unsetenv(const char *);
int mkstemp(char *);
char *mkdtemp(char *);
int getsubopt(char **, char *const *, char **);
#endif

#if __XSI_VISIBLE
char *realpath(const char *__restrict_arg, char *__restrict_arg);
int putenv(char *);
long a64l(const char *);
char *l64a(long);
double drand48(void);
double erand48(unsigned short[3]);
long jrand48(unsigned short[3]);
void lcong48(unsigned short[7]);
long lrand48(void);
long mrand48(void);
long nrand48(unsigned short[3]);
unsigned short *seed48(unsigned short[3]);
void srand48(long);
char *initstate(unsigned, char *, size_t);
long random(void);
char *setstate(char *);
void srandom(unsigned);
int posix_openpt(int);
int grantpt(int);
int unlockpt(int);
char *ptsname(int);
#endif

#if __MACHR_VISIBLE
int ptsname_r(int, char *, size_t);
int clearenv(void);
const char *getprogname(void);
void setprogname(const char *);
int mkstemps(char *, int);
int mkostemp(char *, int);
void *reallocarray(void *, size_t, size_t);
size_t malloc_usable_size(void *);
char *secure_getenv(const char *);
void qsort_r(void *, size_t, size_t,
    int (*)(const void *, const void *, void *), void *);
#endif
__END_DECLS

#endif
