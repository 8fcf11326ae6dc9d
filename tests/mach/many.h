/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Things done to very many of something. A scenario does its phases for a count
 * and says how long each took, in this thread's processor time. Who gives a
 * count on the command line promises a clock that counts instructions
 * (tests/system/many.exp): then it is done for a tenth of it first, and ten
 * times as many may cost thirteen times as much. What is quadratic costs a
 * hundred.
 */
#ifndef TESTS_MACH_MANY_H
#define TESTS_MACH_MANY_H

#include <mach/host_user.h>
#include <mach/task_user.h>

#include <stdlib.h>

#include "priv.h"

#define MANY_PHASES  6
#define MANY_RATIO   20
#define MANY_DEFAULT 100000U
#define MANY_LEAST   1000U
#define MANY_MOST    2000000U
#define MANY_CLOCK   3 /* what this thread has run, in ns */
#define NO_LIMIT     0xffffffffU

struct many_scenario {
	const char *phases[MANY_PHASES + 1]; /* NULL: no more */
	void (*run)(unsigned count, uint64_t *times);
};

static uint64_t many_started;
static unsigned many_bad; /* calls that did not do what they should */
static bool many_compares;

static inline void
many_start(void)
{
	many_started = clock_get_ns(MANY_CLOCK);
}

/* Since the start or the last lap. */
static inline uint64_t
many_lap(void)
{
	uint64_t before = many_started;

	many_start();
	return many_started - before;
}

static inline void
many_expect(bool good)
{
	many_bad += !good;
}

/* The i-th of `count` in an order in which no two neighbours follow. */
static inline unsigned
many_mixed(unsigned i, unsigned count)
{
	return count != 0 ? (unsigned)(i * 7919UL % count) : 0;
}

static inline void
many_do(const struct many_scenario *scenario, unsigned most)
{
	uint64_t few[MANY_PHASES] = {0};
	uint64_t many[MANY_PHASES] = {0};

	many_bad = 0;
	if (many_compares)
		scenario->run(most / 10, few);
	scenario->run(most, many);
	for (unsigned i = 0; scenario->phases[i] != NULL; i++) {
		printf("# of %u: %llu ns each; of %u: %llu\n", most / 10,
		    (unsigned long long)(few[i] / (most / 10)), most,
		    (unsigned long long)(many[i] / most));
		ok(!many_compares || many[i] <= few[i] * MANY_RATIO,
		    scenario->phases[i]);
	}
	is_int(many_bad, 0, "... and all of it well");
}

static inline uint64_t
many_free_pages(void)
{
	vm_statistics_data_t vm = {0};

	(void)vm_statistics(mach_host_self(), &vm);
	return vm.free_count;
}

/* But for tables, which do not shrink, it is as it was. */
static inline void
many_returned(uint64_t before, unsigned count)
{
	uint64_t now = many_free_pages();

	printf("# %llu pages were free, %llu are\n", (unsigned long long)before,
	    (unsigned long long)now);
	ok(now + count / 100 + 500 > before, "the memory is there again");
}

/* How many: as the command line says. Limits go, which takes root. */
static inline unsigned
many_begin(int argc, char **argv)
{
	task_limits_t limits = {
	    .names = NO_LIMIT, .threads = 1024, .queued = NO_LIMIT};
	unsigned long count =
	    argc > 1 ? strtoul(argv[1], NULL, 10) : MANY_DEFAULT;
	mach_port_t priv;

	self = mach_task_self();
	priv = priv_host();
	is_int(task_set_limits(self, limits, priv), KERN_SUCCESS,
	    "as many as there may be");
	(void)mach_port_deallocate(self, priv);
	many_compares = argc > 1;
	if (count < MANY_LEAST || count > MANY_MOST)
		count = MANY_DEFAULT;
	return (unsigned)count;
}

#endif
