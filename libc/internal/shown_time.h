/* SPDX-License-Identifier: BSD-2-Clause */
/* What time it is, in ns, of SYSTEM_CLOCK or CALENDAR_CLOCK. */
#ifndef INTERNAL_SHOWN_TIME_H
#define INTERNAL_SHOWN_TIME_H

#include <mach/clock_types.h>
#include <mach/machine/counter.h>

#include <stddef.h>
#include <stdint.h>

/* The page the kernel shows, or NULL. */
extern const mapped_time_t *__shown_time __attribute__((visibility("hidden")));

/* By a trap; may map the page. */
uint64_t __ask_time(clock_id_t clock);

static inline uint64_t
__time_now(clock_id_t clock)
{
	const mapped_time_t *shown =
	    __atomic_load_n(&__shown_time, __ATOMIC_ACQUIRE);

	if (shown == NULL)
		return __ask_time(clock);
	return (uint64_t)mapped_time_read(shown, clock, mach_counter);
}

#endif
