/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of signals, without SIG, as kill and trap take them.
 */
#ifndef USERLAND_SIGNAMES_H
#define USERLAND_SIGNAMES_H

struct signal_name {
	int number;
	const char *name;
};

/* Ends with a NULL name; starts with {0, "EXIT"}. */
extern const struct signal_name signal_names[];

/* The number of a name, with or without SIG, or of digits; -1: unknown. */
int signal_number(const char *text);
/* The name of a number, or NULL. */
const char *signal_name(int number);

#endif
