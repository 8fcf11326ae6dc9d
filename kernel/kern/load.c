/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Load averages over the last 5, 30 and 60 seconds: each sample moves an
 * average towards what is now, for every SAMPLE_NS since the last one.
 */
#include <arch/timer.h>

#include <kern/cpu.h>
#include <kern/load.h>
#include <kern/sched.h>
#include <kern/string.h>

#define SAMPLE_NS 1000000000ULL
#define STEPS_MAX 600U /* after so many nothing of the past is left */

static host_load_info_data_t load = {
    .mach_factor = {LOAD_SCALE, LOAD_SCALE, LOAD_SCALE}};
uint64_t load_due = SAMPLE_NS;

static void
approach(integer_t average[], integer_t now)
{
	static const integer_t seconds[] = {5, 30, 60};

	for (unsigned i = 0; i < 3; i++)
		average[i] += (now - average[i]) / seconds[i];
}

void
load_sample(uint64_t now, bool busy)
{
	uint64_t steps = (now - load_due) / SAMPLE_NS + 1;
	integer_t runnable = 0;
	integer_t left = LOAD_SCALE;

	load_due += steps * SAMPLE_NS;
	if (busy) {
		runnable = (integer_t)sched_queued() + 1;
		left = LOAD_SCALE / (runnable + 1);
	}
	for (unsigned i = 0; i < steps && i < STEPS_MAX; i++) {
		approach(load.avenrun, runnable * LOAD_SCALE);
		approach(load.mach_factor, left);
	}
}

/* If nothing has been switched for a while, that is as it is now. */
void
load_get(host_load_info_data_t *info)
{
	uint64_t now = clock_uptime_ns();

	if (now >= load_due)
		load_sample(now, true);
	memcpy(info, &load, sizeof(load));
}
