/* SPDX-License-Identifier: BSD-2-Clause */
/* Strings of the current locale. */
#ifndef LANGINFO_H
#define LANGINFO_H

#include <bits/types.h>

typedef int nl_item;
typedef __locale_t locale_t;

#define CODESET     1
#define RADIXCHAR   2
#define THOUSEP     3
#define YESEXPR     4
#define NOEXPR      5
#define CRNCYSTR    6
#define D_T_FMT     7
#define D_FMT       8
#define T_FMT       9
#define T_FMT_AMPM  10
#define AM_STR      11
#define PM_STR      12
#define ERA         13
#define ERA_D_FMT   14
#define ERA_D_T_FMT 15
#define ERA_T_FMT   16
#define ALT_DIGITS  17
#define DAY_1       20
#define DAY_2       21
#define DAY_3       22
#define DAY_4       23
#define DAY_5       24
#define DAY_6       25
#define DAY_7       26
#define ABDAY_1     27
#define ABDAY_2     28
#define ABDAY_3     29
#define ABDAY_4     30
#define ABDAY_5     31
#define ABDAY_6     32
#define ABDAY_7     33
#define MON_1       34
#define MON_2       35
#define MON_3       36
#define MON_4       37
#define MON_5       38
#define MON_6       39
#define MON_7       40
#define MON_8       41
#define MON_9       42
#define MON_10      43
#define MON_11      44
#define MON_12      45
#define ABMON_1     46
#define ABMON_2     47
#define ABMON_3     48
#define ABMON_4     49
#define ABMON_5     50
#define ABMON_6     51
#define ABMON_7     52
#define ABMON_8     53
#define ABMON_9     54
#define ABMON_10    55
#define ABMON_11    56
#define ABMON_12    57

__BEGIN_DECLS
char *nl_langinfo(nl_item);
char *nl_langinfo_l(nl_item, locale_t);
__END_DECLS

#endif
