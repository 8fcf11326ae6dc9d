/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The C types of members.defs; generated code checks their sizes.
 */
#ifndef MIG_TEST_MEMBERS_H
#define MIG_TEST_MEMBERS_H

#include <mach/mach_types.h>

typedef struct {
	char tag;
	int64_t seconds;
	int32_t nanoseconds;
} stamp_t;
typedef struct {
	uint8_t kind;
	uint16_t at[3];
	char name[5];
	stamp_t stamp;
	uint8_t last;
} record_t;
typedef struct {
	int32_t word[4];
} words4_t;

typedef stamp_t *stamps_t;
typedef uint8_t *raw_t;

#endif
