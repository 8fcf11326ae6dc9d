/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages as Apple's header has them, as far as stubs can tell: memory is a
 * pointer.
 */
#ifndef MIG_TEST_APPLE_MESSAGE_H
#define MIG_TEST_APPLE_MESSAGE_H

#define mach_msg_ool_descriptor_t       native_ool_descriptor_t
#define mach_msg_ool_ports_descriptor_t native_ool_ports_descriptor_t
#define mach_msg_descriptor_t           native_descriptor_t
#include_next <mach/message.h>
#undef mach_msg_ool_descriptor_t
#undef mach_msg_ool_ports_descriptor_t
#undef mach_msg_descriptor_t

#pragma pack(push, 4)
typedef struct {
	void *address;
	boolean_t deallocate : 8;
	unsigned copy : 8;
	unsigned pad1 : 8;
	unsigned type : 8;
	mach_msg_size_t size;
} mach_msg_ool_descriptor_t;

typedef struct {
	void *address;
	boolean_t deallocate : 8;
	unsigned copy : 8;
	unsigned disposition : 8;
	unsigned type : 8;
	mach_msg_size_t count;
} mach_msg_ool_ports_descriptor_t;

#include "other_descriptor.h"
#pragma pack(pop)

#endif
