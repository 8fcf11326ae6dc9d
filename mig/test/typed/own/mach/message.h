/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What stubs use of a system with typed messages, in its two formats: ports of
 * 32 bits in a word of the machine.
 */
#ifndef MACH_MESSAGE_H
#define MACH_MESSAGE_H

#include <mach/kern_return.h>
#include <mach/port.h>

typedef natural_t mach_msg_timeout_t;
typedef unsigned int mach_msg_bits_t;
typedef unsigned int mach_msg_size_t;
typedef integer_t mach_msg_id_t;
typedef unsigned int mach_msg_type_name_t;
typedef natural_t mach_msg_type_number_t;
typedef integer_t mach_msg_option_t;
typedef kern_return_t mach_msg_return_t;

#define MACH_MSG_TIMEOUT_NONE         0U

#define MACH_MSGH_BITS_COMPLEX        0x80000000U
#define MACH_MSGH_BITS(remote, local) ((remote) | ((local) << 8))
#define MACH_MSGH_BITS_REMOTE(bits)   ((bits)&0xffU)
#define MACH_MSGH_BITS_LOCAL(bits)    (((bits)&0xff00U) >> 8)

typedef struct {
	mach_msg_bits_t msgh_bits;
	mach_msg_size_t msgh_size;
	union {
		mach_port_t msgh_remote_port;
		uintptr_t msgh_remote_word;
	};
	union {
		mach_port_t msgh_local_port;
		uintptr_t msgh_protected_payload;
	};
	natural_t msgh_seqno;
	mach_msg_id_t msgh_id;
} mach_msg_header_t;

#define MACH_MSG_TYPE_UNSTRUCTURED      0
#define MACH_MSG_TYPE_INTEGER_16        1
#define MACH_MSG_TYPE_INTEGER_32        2
#define MACH_MSG_TYPE_CHAR              8
#define MACH_MSG_TYPE_BYTE              9
#define MACH_MSG_TYPE_REAL              10
#define MACH_MSG_TYPE_INTEGER_64        11
#define MACH_MSG_TYPE_STRING_C          12
#define MACH_MSG_TYPE_PORT_NAME         15
#define MACH_MSG_TYPE_MOVE_RECEIVE      16
#define MACH_MSG_TYPE_MOVE_SEND         17
#define MACH_MSG_TYPE_MOVE_SEND_ONCE    18
#define MACH_MSG_TYPE_COPY_SEND         19
#define MACH_MSG_TYPE_MAKE_SEND         20
#define MACH_MSG_TYPE_MAKE_SEND_ONCE    21
#define MACH_MSG_TYPE_PROTECTED_PAYLOAD 23
#define MACH_MSG_TYPE_PORT_RECEIVE      MACH_MSG_TYPE_MOVE_RECEIVE
#define MACH_MSG_TYPE_PORT_SEND         MACH_MSG_TYPE_MOVE_SEND
#define MACH_MSG_TYPE_PORT_SEND_ONCE    MACH_MSG_TYPE_MOVE_SEND_ONCE
#define MACH_MSG_TYPE_POLYMORPHIC       ((mach_msg_type_name_t)-1)
#define MACH_MSG_TYPE_PORT_ANY(name)    ((name) >= 16 && (name) <= 21)

#define MACH_SEND_MSG                   0x001
#define MACH_RCV_MSG                    0x002
#define MACH_SEND_TIMEOUT               0x010
#define MACH_SEND_INTERRUPT             0x040
#define MACH_RCV_TIMEOUT                0x100

#define MACH_MSG_SUCCESS                0
#define MACH_RCV_TOO_LARGE              0x10004004

mach_msg_return_t mach_msg(mach_msg_header_t *message, mach_msg_option_t option,
    mach_msg_size_t send_size, mach_msg_size_t rcv_size,
    mach_port_name_t rcv_name, mach_msg_timeout_t timeout,
    mach_port_name_t notify);

#endif
