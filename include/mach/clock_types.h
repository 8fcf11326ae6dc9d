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

#endif
