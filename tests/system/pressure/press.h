/* SPDX-License-Identifier: BSD-2-Clause */
/* What can be used up, and who can be ended meanwhile. */
#ifndef PRESS_H
#define PRESS_H

#include <stdbool.h>

struct pressure {
	const char *name;
	/* Take all that can be had; the error that ends it. */
	int (*push)(void);
	int error; /* which it has to be */
	/* The program that pushes is held to what users may have. */
	bool as_user;
	/* Give back what outlives the program; NULL: nothing does. */
	void (*release)(void);
};

extern const struct pressure pressures[];
extern const unsigned pressure_count;

/* Count this task among users' programs, or among the system's; user 0 only. */
extern bool belong_to(bool system);

/* Whose end will be told of. False: there is no such server. */
extern bool victim_find(const char *name);

/* As kill -9 ends it. */
extern bool victim_end(void);

/*
 * Has it been started again, and does it work? The driver's check waits for as
 * long as the disk does. The errno of what does not work, 0: it does.
 */
extern int victim_check(void);

#endif
