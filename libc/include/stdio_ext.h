/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is in a stream's buffer, for libraries that put their own stdio upon
 * this one. Nothing here locks the stream but _flushlbf and __fpurge.
 */
#ifndef STDIO_EXT_H
#define STDIO_EXT_H

#include <stdio.h>

__BEGIN_DECLS
#define FSETLOCKING_QUERY    0
#define FSETLOCKING_INTERNAL 1
#define FSETLOCKING_BYCALLER 2

/* Size of the buffer; 0 before it was needed. */
size_t __fbufsize(FILE *);
/* Was the last thing to read, to write? Or can nothing else be done? */
int __freading(FILE *);
int __fwriting(FILE *);
/* Can it be read, written at all? */
int __freadable(FILE *);
int __fwritable(FILE *);
/* Line buffered? */
int __flbf(FILE *);
/* Bytes that wait to be written; that were read and wait to be asked for. */
size_t __fpending(FILE *);
size_t __freadahead(FILE *);
/* Those that wait to be asked for, or NULL; then how many were taken. */
const char *__freadptr(FILE *, size_t *);
void __freadptrinc(FILE *, size_t);
/* Forget what is in the buffer. */
void __fpurge(FILE *);
/* Write what all line buffered streams hold. */
void _flushlbf(void);
/* Streams lock themselves, always. */
int __fsetlocking(FILE *, int);
/* As after an error. */
void __fseterr(FILE *);
__END_DECLS

#endif
