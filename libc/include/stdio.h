/* SPDX-License-Identifier: BSD-2-Clause */
/* Buffered input and output, formatted conversion. */
#ifndef STDIO_H
#define STDIO_H

#include <bits/types.h>
#define __need_NULL
#define __need___va_list
#include <stdarg.h>
#include <stddef.h>

typedef __size_type size_t;
typedef __FILE FILE;
typedef struct {
	long __offset;
	long __state;
} fpos_t;

#define EOF          (-1)
#define BUFSIZ       4096
#define FILENAME_MAX 1024
#define FOPEN_MAX    1000
#define L_tmpnam     32
#define TMP_MAX      10000
#define _IOFBF       0
#define _IOLBF       1
#define _IONBF       2
#define SEEK_SET     0
#define SEEK_CUR     1
#define SEEK_END     2

__BEGIN_DECLS
extern FILE *const stdin;
extern FILE *const stdout;
extern FILE *const stderr;
#define stdin  (stdin)
#define stdout (stdout)
#define stderr (stderr)

FILE *fopen(const char *__restrict_arg, const char *__restrict_arg);
FILE *freopen(const char *__restrict_arg, const char *__restrict_arg,
    FILE *__restrict_arg);
int fclose(FILE *);
int fflush(FILE *);
void setbuf(FILE *__restrict_arg, char *__restrict_arg);
int setvbuf(FILE *__restrict_arg, char *__restrict_arg, int, size_t);

int fprintf(FILE *__restrict_arg, const char *__restrict_arg, ...)
    __format_printf(2, 3);
int printf(const char *__restrict_arg, ...) __format_printf(1, 2);
int snprintf(char *__restrict_arg, size_t, const char *__restrict_arg, ...)
    __format_printf(3, 4);
int sprintf(char *__restrict_arg, const char *__restrict_arg, ...)
    __format_printf(2, 3);
int vfprintf(FILE *__restrict_arg, const char *__restrict_arg, __gnuc_va_list)
    __format_printf(2, 0);
int vprintf(const char *__restrict_arg, __gnuc_va_list) __format_printf(1, 0);
int vsnprintf(char *__restrict_arg, size_t, const char *__restrict_arg,
    __gnuc_va_list) __format_printf(3, 0);
int vsprintf(char *__restrict_arg, const char *__restrict_arg, __gnuc_va_list)
    __format_printf(2, 0);
int fscanf(FILE *__restrict_arg, const char *__restrict_arg, ...)
    __format_scanf(2, 3);
int scanf(const char *__restrict_arg, ...) __format_scanf(1, 2);
int sscanf(const char *__restrict_arg, const char *__restrict_arg, ...)
    __format_scanf(2, 3);
int vfscanf(FILE *__restrict_arg, const char *__restrict_arg, __gnuc_va_list)
    __format_scanf(2, 0);
int vscanf(const char *__restrict_arg, __gnuc_va_list) __format_scanf(1, 0);
int vsscanf(const char *__restrict_arg, const char *__restrict_arg,
    __gnuc_va_list) __format_scanf(2, 0);

int fgetc(FILE *);
char *fgets(char *__restrict_arg, int, FILE *__restrict_arg);
int fputc(int, FILE *);
int fputs(const char *__restrict_arg, FILE *__restrict_arg);
int getc(FILE *);
int getchar(void);
int putc(int, FILE *);
int putchar(int);
int puts(const char *);
int ungetc(int, FILE *);
size_t fread(void *__restrict_arg, size_t, size_t, FILE *__restrict_arg);
size_t fwrite(const void *__restrict_arg, size_t, size_t, FILE *__restrict_arg);

int fgetpos(FILE *__restrict_arg, fpos_t *__restrict_arg);
int fseek(FILE *, long, int);
int fsetpos(FILE *, const fpos_t *);
long ftell(FILE *);
void rewind(FILE *);
void clearerr(FILE *);
int feof(FILE *);
int ferror(FILE *);
void perror(const char *);
int remove(const char *);
int rename(const char *, const char *);
FILE *tmpfile(void);
char *tmpnam(char *);

#if __POSIX_VISIBLE
typedef __off_t off_t;
typedef __ssize_t ssize_t;
#ifndef __VA_LIST_DECLARED
#define __VA_LIST_DECLARED
typedef __gnuc_va_list va_list;
#endif
#define L_ctermid 16
#define P_tmpdir  "/tmp"

char *ctermid(char *);
int dprintf(int, const char *__restrict_arg, ...) __format_printf(2, 3);
int vdprintf(int, const char *__restrict_arg, __gnuc_va_list)
    __format_printf(2, 0);
FILE *fdopen(int, const char *);
int fileno(FILE *);
FILE *fmemopen(void *__restrict_arg, size_t, const char *__restrict_arg);
FILE *open_memstream(char **, size_t *);
int fseeko(FILE *, off_t, int);
off_t ftello(FILE *);
void flockfile(FILE *);
int ftrylockfile(FILE *);
void funlockfile(FILE *);
int getc_unlocked(FILE *);
int getchar_unlocked(void);
int putc_unlocked(int, FILE *);
int putchar_unlocked(int);
ssize_t getdelim(
    char **__restrict_arg, size_t *__restrict_arg, int, FILE *__restrict_arg);
ssize_t getline(
    char **__restrict_arg, size_t *__restrict_arg, FILE *__restrict_arg);
FILE *popen(const char *, const char *);
int pclose(FILE *);
int renameat(int, const char *, int, const char *);
#endif

#if __XSI_VISIBLE
char *tempnam(const char *, const char *);
#endif

#if __MACHR_VISIBLE
int asprintf(char **, const char *, ...) __format_printf(2, 3);
int vasprintf(char **, const char *, __gnuc_va_list) __format_printf(2, 0);
void clearerr_unlocked(FILE *);
int feof_unlocked(FILE *);
int ferror_unlocked(FILE *);
int fileno_unlocked(FILE *);
int fflush_unlocked(FILE *);
int fgetc_unlocked(FILE *);
int fputc_unlocked(int, FILE *);
int fputs_unlocked(const char *__restrict_arg, FILE *__restrict_arg);
char *fgets_unlocked(char *__restrict_arg, int, FILE *__restrict_arg);
size_t fread_unlocked(
    void *__restrict_arg, size_t, size_t, FILE *__restrict_arg);
size_t fwrite_unlocked(
    const void *__restrict_arg, size_t, size_t, FILE *__restrict_arg);
void setlinebuf(FILE *);
#endif
__END_DECLS

#endif
