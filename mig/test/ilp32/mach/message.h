/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Untyped messages as 32-bit programs have them: the descriptors of memory are
 * smaller, all else is that of Mach_R's own header.
 */
#ifndef MIG_TEST_ILP32_MESSAGE_H
#define MIG_TEST_ILP32_MESSAGE_H

#define mach_msg_ool_descriptor_t       native_ool_descriptor_t
#define mach_msg_ool_ports_descriptor_t native_ool_ports_descriptor_t
#define mach_msg_descriptor_t           native_descriptor_t
#include_next <mach/message.h>
#undef mach_msg_ool_descriptor_t
#undef mach_msg_ool_ports_descriptor_t
#undef mach_msg_descriptor_t

typedef struct {
	uint32_t address;
	mach_msg_size_t size;
	uint8_t deallocate;
	uint8_t copy;
	uint8_t pad1;
	uint8_t type;
} mach_msg_ool_descriptor_t;

typedef struct {
	uint32_t address;
	mach_msg_size_t count;
	uint8_t deallocate;
	uint8_t copy;
	uint8_t disposition;
	uint8_t type;
} mach_msg_ool_ports_descriptor_t;

#include "other_descriptor.h"

#endif
