/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What help knows of the utilities: the head comments of userland/coreutils,
 * in order of name. A test compares the two.
 */
#ifndef MSH_UTILITIES_H
#define MSH_UTILITIES_H

struct utility {
	const char *name;
	const char *usage;
	const char *help;
};

extern const struct utility utilities[]; /* ends with a NULL name */

#endif
