/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Times, clocks, alarms and what can be asked of a clock.
 */
#ifndef MACH_CLOCK_TYPES_H
#define MACH_CLOCK_TYPES_H

#include <mach/types.h>

typedef int32_t clock_res_t;
typedef int32_t clock_id_t;
typedef int32_t alarm_type_t;
typedef int32_t sleep_type_t;
typedef int32_t clock_flavor_t;
typedef integer_t *clock_attr_t;

typedef struct mach_timespec {
	uint32_t tv_sec;
	clock_res_t tv_nsec; /* 0 to NSEC_PER_SEC - 1 */
} mach_timespec_t;

#define NSEC_PER_USEC 1000
#define NSEC_PER_MSEC 1000000
#define NSEC_PER_SEC  1000000000
#define USEC_PER_SEC  1000000

/* Since boot, never set; since 1970, as the host's time is. */
#define SYSTEM_CLOCK   0
#define REALTIME_CLOCK 0
#define CALENDAR_CLOCK 1
#define BATTERY_CLOCK  1

/* How clock_alarm's time is meant. */
#define TIME_ABSOLUTE 0
#define TIME_RELATIVE 1

/* clock_get_attributes, clock_set_attributes; one word each, ns. */
#define CLOCK_GET_TIME_RES 1
#define CLOCK_ALARM_CURRES 3
#define CLOCK_ALARM_MINRES 4
#define CLOCK_ALARM_MAXRES 5
#define CLOCK_ATTR_MAX     1

/*
 * What clock_map_time's memory object shows: how both clocks are reckoned from
 * mach_counter() (mach/machine/counter.h), by mapped_time_read() below. What
 * the system clock takes never changes.
 */
typedef struct mapped_time {
	uint32_t sequence; /* odd: it is being written */
	uint32_t mult;     /* ns = ticks * mult >> shift */
	uint32_t shift;    /* 32 at most */
	uint32_t reserved;
	uint64_t base;           /* the counter at boot */
	int64_t offset;          /* since 1970 when it was adjusted_until */
	int64_t adjustment;      /* to be added: */
	uint64_t adjusted_until; /* 1 ns in MAPPED_TIME_RATE from this time */
} mapped_time_t;

#define MAPPED_TIME_RATE 2000

/* Nanoseconds since boot at a counter's value. */
static inline int64_t
mapped_time_up(const mapped_time_t *time, uint64_t counter)
{
	uint64_t ticks = counter - time->base;
	/* Of the product's 96 bits in two parts, as 32-bit code has no more. */
	uint64_t high = (ticks >> 32) * time->mult << (32 - time->shift);
	uint64_t low = (ticks & UINT32_MAX) * time->mult >> time->shift;

	return (int64_t)(high + low);
}

/* The time of day then. */
static inline int64_t
mapped_time_day(const mapped_time_t *time, int64_t up)
{
	int64_t part;

	if (time->adjustment == 0)
		return up + time->offset;
	part = (up - (int64_t)time->adjusted_until) / MAPPED_TIME_RATE;
	if (time->adjustment < 0)
		part = -part < time->adjustment ? time->adjustment : -part;
	else if (part > time->adjustment)
		part = time->adjustment;
	return up + time->offset + part;
}

/* Of a clock (SYSTEM_CLOCK, CALENDAR_CLOCK), now; `counter` is mach_counter. */
static inline int64_t
mapped_time_read(
    const mapped_time_t *shown, clock_id_t clock, uint64_t (*counter)(void))
{
	mapped_time_t time;
	uint32_t sequence;
	int64_t up;

	if (clock == SYSTEM_CLOCK)
		return mapped_time_up(shown, counter());
	do {
		sequence = __atomic_load_n(&shown->sequence, __ATOMIC_ACQUIRE);
		time.offset = shown->offset;
		time.adjustment = shown->adjustment;
		time.adjusted_until = shown->adjusted_until;
		up = mapped_time_up(shown, counter());
		__atomic_thread_fence(__ATOMIC_ACQUIRE);
	} while ((sequence & 1) != 0 || __atomic_load_n(&shown->sequence,
					    __ATOMIC_RELAXED) != sequence);
	return mapped_time_day(&time, up);
}

#endif
