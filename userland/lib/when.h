/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Points in time as text, for touch and date.
 */
#ifndef USERLAND_WHEN_H
#define USERLAND_WHEN_H

#include <stdbool.h>
#include <time.h>

/*
 * [[CC]YY]MMDDhhmm[.SS], local time; without a year this one's, and a year of
 * two digits is between 1969 and 2068.
 */
bool when_stamp(const char *text, struct timespec *to);

/*
 * YYYY-MM-DD[(T| )hh:mm[:SS[(.|,)fraction]]][Z], local time without Z; "now";
 * or @SECONDS since the epoch.
 */
bool when_date(const char *text, struct timespec *to);

#endif
