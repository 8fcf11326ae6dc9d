/* SPDX-License-Identifier: BSD-2-Clause */
/* Regular expressions. */
#ifndef REGEX_H
#define REGEX_H

#include <bits/types.h>

typedef __size_type size_t;
typedef __ssize_t regoff_t;

typedef struct {
	size_t re_nsub;
	struct __regex *__program;
} regex_t;

typedef struct {
	regoff_t rm_so;
	regoff_t rm_eo;
} regmatch_t;

#define REG_EXTENDED 0x01
#define REG_ICASE    0x02
#define REG_NOSUB    0x04
#define REG_NEWLINE  0x08

#define REG_NOTBOL   0x10
#define REG_NOTEOL   0x20
#if __MACHR_VISIBLE
#define REG_STARTEND 0x40 /* only from pmatch[0].rm_so to rm_eo */
#endif

#define REG_NOMATCH  1
#define REG_BADPAT   2
#define REG_ECOLLATE 3
#define REG_ECTYPE   4
#define REG_EESCAPE  5
#define REG_ESUBREG  6
#define REG_EBRACK   7
#define REG_EPAREN   8
#define REG_EBRACE   9
#define REG_BADBR    10
#define REG_ERANGE   11
#define REG_ESPACE   12
#define REG_BADRPT   13

__BEGIN_DECLS
int regcomp(regex_t *__restrict_arg, const char *__restrict_arg, int);
size_t regerror(
    int, const regex_t *__restrict_arg, char *__restrict_arg, size_t);
int regexec(const regex_t *__restrict_arg, const char *__restrict_arg, size_t,
    regmatch_t[__restrict_arg], int);
void regfree(regex_t *);
__END_DECLS

#endif
