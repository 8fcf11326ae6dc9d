/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages: header, descriptors, trailers, and the mach_msg call. The layout is
 * the untyped 64-bit one: every structure is packed to 4 bytes, and a kernel
 * message buffer has the same layout with port handles in the name fields.
 */
#ifndef MACH_MESSAGE_H
#define MACH_MESSAGE_H

#include <mach/kern_return.h>
#include <mach/port.h>

typedef natural_t mach_msg_bits_t;
typedef natural_t mach_msg_size_t;
typedef natural_t mach_msg_type_name_t;
typedef natural_t mach_msg_type_number_t;
typedef natural_t mach_msg_timeout_t;
typedef integer_t mach_msg_id_t;
typedef integer_t mach_msg_option_t;
typedef kern_return_t mach_msg_return_t;

#define MACH_MSG_TIMEOUT_NONE      ((mach_msg_timeout_t)0)

#define MACH_MSGH_BITS_REMOTE_MASK 0x0000001fU
#define MACH_MSGH_BITS_LOCAL_MASK  0x00001f00U
#define MACH_MSGH_BITS_COMPLEX     0x80000000U
#define MACH_MSGH_BITS_CIRCULAR    0x40000000U /* kernel only */
#define MACH_MSGH_BITS_USER                                       \
	(MACH_MSGH_BITS_REMOTE_MASK | MACH_MSGH_BITS_LOCAL_MASK | \
	    MACH_MSGH_BITS_COMPLEX)

#define MACH_MSGH_BITS(remote, local) ((remote) | ((local) << 8))
#define MACH_MSGH_BITS_REMOTE(bits)   ((bits)&MACH_MSGH_BITS_REMOTE_MASK)
#define MACH_MSGH_BITS_LOCAL(bits)    (((bits)&MACH_MSGH_BITS_LOCAL_MASK) >> 8)

/* Dispositions. The received forms are PORT_SEND etc. */
#define MACH_MSG_TYPE_MOVE_RECEIVE     16U
#define MACH_MSG_TYPE_MOVE_SEND        17U
#define MACH_MSG_TYPE_MOVE_SEND_ONCE   18U
#define MACH_MSG_TYPE_COPY_SEND        19U
#define MACH_MSG_TYPE_MAKE_SEND        20U
#define MACH_MSG_TYPE_MAKE_SEND_ONCE   21U
#define MACH_MSG_TYPE_PORT_NONE        0U
#define MACH_MSG_TYPE_PORT_RECEIVE     MACH_MSG_TYPE_MOVE_RECEIVE
#define MACH_MSG_TYPE_PORT_SEND        MACH_MSG_TYPE_MOVE_SEND
#define MACH_MSG_TYPE_PORT_SEND_ONCE   MACH_MSG_TYPE_MOVE_SEND_ONCE
#define MACH_MSG_TYPE_POLYMORPHIC      ((mach_msg_type_name_t)-1)

#define MACH_MSG_TYPE_PORT_ANY(x)      ((x) >= 16U && (x) <= 21U)
#define MACH_MSG_TYPE_PORT_ANY_SEND(x) ((x) >= 17U && (x) <= 21U)

#define MACH_MSG_PORT_DESCRIPTOR       0U
#define MACH_MSG_OOL_DESCRIPTOR        1U
#define MACH_MSG_OOL_PORTS_DESCRIPTOR  2U

#define MACH_MSG_PHYSICAL_COPY         0U
#define MACH_MSG_VIRTUAL_COPY          1U
#define MACH_MSG_ALLOCATE              2U
#define MACH_MSG_OVERWRITE             3U

#pragma pack(push, 4)

typedef struct {
	mach_msg_bits_t msgh_bits;
	mach_msg_size_t msgh_size;
	mach_port_t msgh_remote_port;
	mach_port_t msgh_local_port;
	natural_t msgh_reserved;
	mach_msg_id_t msgh_id;
} mach_msg_header_t;

typedef struct {
	mach_msg_size_t msgh_descriptor_count;
} mach_msg_body_t;

typedef struct {
	mach_port_t name;
	natural_t pad1;
	uint16_t pad2;
	uint8_t disposition;
	uint8_t type;
} mach_msg_port_descriptor_t;

typedef struct {
	uint64_t address;
	uint8_t deallocate;
	uint8_t copy;
	uint8_t pad1;
	uint8_t type;
	mach_msg_size_t size;
} mach_msg_ool_descriptor_t;

typedef struct {
	uint64_t address;
	uint8_t deallocate;
	uint8_t copy;
	uint8_t disposition;
	uint8_t type;
	mach_msg_size_t count;
} mach_msg_ool_ports_descriptor_t;

/* What every descriptor has in common: its type is byte 11. */
typedef struct {
	uint8_t pad[11];
	uint8_t type;
} mach_msg_type_descriptor_t;

typedef union {
	mach_msg_port_descriptor_t port;
	mach_msg_ool_descriptor_t out_of_line;
	mach_msg_ool_ports_descriptor_t ool_ports;
	mach_msg_type_descriptor_t type;
} mach_msg_descriptor_t;

typedef struct {
	mach_msg_header_t header;
	mach_msg_body_t body;
} mach_msg_base_t;

typedef struct {
	natural_t val[2]; /* uid, gid */
} security_token_t;

typedef struct {
	natural_t val[8];
} audit_token_t;

typedef struct {
	natural_t msgh_trailer_type;
	mach_msg_size_t msgh_trailer_size;
	mach_port_seqno_t msgh_seqno;
	security_token_t msgh_sender;
	audit_token_t msgh_audit;
	uint64_t msgh_context;
} mach_msg_max_trailer_t;

#pragma pack(pop)

typedef struct {
	natural_t msgh_trailer_type;
	mach_msg_size_t msgh_trailer_size;
} mach_msg_trailer_t;

#define MACH_MSG_TRAILER_FORMAT_0      0U
#define MACH_MSG_TRAILER_MINIMUM_SIZE  ((mach_msg_size_t)8)
#define MACH_MSG_TRAILER_SEQNO_SIZE    ((mach_msg_size_t)12)
#define MACH_MSG_TRAILER_SECURITY_SIZE ((mach_msg_size_t)20)
#define MACH_MSG_TRAILER_AUDIT_SIZE    ((mach_msg_size_t)52)
#define MACH_MSG_TRAILER_CONTEXT_SIZE  ((mach_msg_size_t)60)
#define MACH_MSG_TRAILER_MAX_SIZE      ((mach_msg_size_t)60)

#define MACH_MSG_SIZE_MAX              ((mach_msg_size_t)65536) /* inline bytes */

#define MACH_MSG_OPTION_NONE           0x00000000
#define MACH_SEND_MSG                  0x00000001
#define MACH_RCV_MSG                   0x00000002
#define MACH_SEND_TIMEOUT              0x00000010
#define MACH_SEND_NOTIFY               0x00000020
#define MACH_SEND_INTERRUPT            0x00000040 /* return, do not retry, if aborted */
#define MACH_SEND_CANCEL               0x00000080
#define MACH_RCV_TIMEOUT               0x00000100
#define MACH_RCV_NOTIFY                0x00000200
#define MACH_RCV_INTERRUPT             0x00000400 /* return, do not retry, if aborted */
#define MACH_RCV_LARGE                 0x00000800
#define MACH_RCV_OVERWRITE             0x00001000
#define MACH_SEND_ALWAYS               0x00010000 /* kernel only: ignore queue limit */

/* How much trailer a receiver wants. */
#define MACH_RCV_TRAILER_NULL        0
#define MACH_RCV_TRAILER_SEQNO       1
#define MACH_RCV_TRAILER_SENDER      2
#define MACH_RCV_TRAILER_AUDIT       3
#define MACH_RCV_TRAILER_CTX         4
#define MACH_RCV_TRAILER_TYPE(x)     (((x)&0xf) << 28)
#define MACH_RCV_TRAILER_ELEMENTS(x) (((x)&0xf) << 24)
#define MACH_RCV_TRAILER_MASK        0x0f000000

#define MACH_MSG_SUCCESS             0x00000000
#define MACH_MSG_MASK                0x00003e00
#define MACH_MSG_IPC_SPACE           0x00002000
#define MACH_MSG_VM_SPACE            0x00001000
#define MACH_MSG_IPC_KERNEL          0x00000800
#define MACH_MSG_VM_KERNEL           0x00000400
#define MACH_SEND_IN_PROGRESS        0x10000001
#define MACH_SEND_INVALID_DATA       0x10000002
#define MACH_SEND_INVALID_DEST       0x10000003
#define MACH_SEND_TIMED_OUT          0x10000004
#define MACH_SEND_WILL_NOTIFY        0x10000005
#define MACH_SEND_NOTIFY_IN_PROGRESS 0x10000006
#define MACH_SEND_INTERRUPTED        0x10000007
#define MACH_SEND_MSG_TOO_SMALL      0x10000008
#define MACH_SEND_INVALID_REPLY      0x10000009
#define MACH_SEND_INVALID_RIGHT      0x1000000a
#define MACH_SEND_INVALID_NOTIFY     0x1000000b
#define MACH_SEND_INVALID_MEMORY     0x1000000c
#define MACH_SEND_NO_BUFFER          0x1000000d
#define MACH_SEND_NO_NOTIFY          0x1000000e
#define MACH_SEND_INVALID_TYPE       0x1000000f
#define MACH_SEND_INVALID_HEADER     0x10000010
#define MACH_RCV_IN_PROGRESS         0x10004001
#define MACH_RCV_INVALID_NAME        0x10004002
#define MACH_RCV_TIMED_OUT           0x10004003
#define MACH_RCV_TOO_LARGE           0x10004004
#define MACH_RCV_INTERRUPTED         0x10004005
#define MACH_RCV_PORT_CHANGED        0x10004006
#define MACH_RCV_INVALID_NOTIFY      0x10004007
#define MACH_RCV_INVALID_DATA        0x10004008
#define MACH_RCV_PORT_DIED           0x10004009
#define MACH_RCV_IN_SET              0x1000400a
#define MACH_RCV_HEADER_ERROR        0x1000400b
#define MACH_RCV_BODY_ERROR          0x1000400c
#define MACH_RCV_INVALID_TYPE        0x1000400d /* not that of the list */
#define MACH_RCV_SCATTER_SMALL       0x1000400e /* more than the list has room */

/* Is it an error of sending, so that the message is still the caller's? */
static inline boolean_t
mach_msg_unsent(mach_msg_return_t code)
{
	return (code & 0x10004000) == 0x10000000;
}

/*
 * Send and/or receive one message (trap -25).
 *
 * `notify` names the port for MACH_SEND_NOTIFY/CANCEL and MACH_RCV_NOTIFY.
 * Blocks while the destination queue is full and while nothing can be
 * received, for at most `timeout` ms where the TIMEOUT options are given.
 */
extern mach_msg_return_t mach_msg(mach_msg_header_t *msg,
    mach_msg_option_t option, mach_msg_size_t send_size,
    mach_msg_size_t rcv_size, mach_port_t rcv_name, mach_msg_timeout_t timeout,
    mach_port_t notify);

/*
 * The same with another buffer, rcv_msg, to receive into. With
 * MACH_RCV_OVERWRITE that starts, `list_size` bytes of it, with a header, a
 * body and descriptors for those of the message: out-of-line data and arrays
 * of ports whose descriptor has MACH_MSG_OVERWRITE go to its address, if its
 * size is enough (else MACH_RCV_SCATTER_SMALL), and the received descriptor
 * says MACH_MSG_OVERWRITE. A message that the list has no room for is lost. The
 * trap does that when it receives only; send_size is the list's then.
 * Of libmach: user programs only.
 */
extern mach_msg_return_t mach_msg_overwrite(mach_msg_header_t *msg,
    mach_msg_option_t option, mach_msg_size_t send_size,
    mach_msg_size_t rcv_size, mach_port_t rcv_name, mach_msg_timeout_t timeout,
    mach_port_t notify, mach_msg_header_t *rcv_msg, mach_msg_size_t list_size);

#endif
