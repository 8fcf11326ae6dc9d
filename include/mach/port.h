/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Port names, rights and what can be asked about them.
 */
#ifndef MACH_PORT_H
#define MACH_PORT_H

#include <mach/types.h>

#define MACH_PORT_NULL        ((mach_port_t)0)
#define MACH_PORT_DEAD        ((mach_port_t)~0U)

#define MACH_PORT_VALID(name) ((name) + 1U > 1U)

/* A name is index << 8 | generation. */
#define MACH_PORT_INDEX(name)      ((name) >> 8)
#define MACH_PORT_GEN(name)        ((name)&0xffU)
#define MACH_PORT_MAKE(index, gen) (((index) << 8) | (gen))

typedef natural_t mach_port_right_t;
#define MACH_PORT_RIGHT_SEND      0U
#define MACH_PORT_RIGHT_RECEIVE   1U
#define MACH_PORT_RIGHT_SEND_ONCE 2U
#define MACH_PORT_RIGHT_PORT_SET  3U
#define MACH_PORT_RIGHT_DEAD_NAME 4U
#define MACH_PORT_RIGHT_NUMBER    5U

typedef natural_t mach_port_type_t;
#define MACH_PORT_TYPE(right)    (1U << ((right) + 16U))
#define MACH_PORT_TYPE_NONE      0U
#define MACH_PORT_TYPE_SEND      MACH_PORT_TYPE(MACH_PORT_RIGHT_SEND)
#define MACH_PORT_TYPE_RECEIVE   MACH_PORT_TYPE(MACH_PORT_RIGHT_RECEIVE)
#define MACH_PORT_TYPE_SEND_ONCE MACH_PORT_TYPE(MACH_PORT_RIGHT_SEND_ONCE)
#define MACH_PORT_TYPE_PORT_SET  MACH_PORT_TYPE(MACH_PORT_RIGHT_PORT_SET)
#define MACH_PORT_TYPE_DEAD_NAME MACH_PORT_TYPE(MACH_PORT_RIGHT_DEAD_NAME)
#define MACH_PORT_TYPE_SEND_RIGHTS \
	(MACH_PORT_TYPE_SEND | MACH_PORT_TYPE_SEND_ONCE)
#define MACH_PORT_TYPE_DNREQUEST 0x80000000U /* told when it is dead */
#define MACH_PORT_TYPE_MAREQUEST 0x40000000U /* MACH_SEND_NOTIFY is on */

typedef natural_t mach_port_urefs_t;
typedef integer_t mach_port_delta_t;
typedef natural_t mach_port_mscount_t;
typedef natural_t mach_port_msgcount_t;
typedef natural_t mach_port_rights_t;
typedef natural_t mach_port_seqno_t;

#define MACH_PORT_UREFS_MAX      ((mach_port_urefs_t)0x7fffffff)

#define MACH_PORT_QLIMIT_DEFAULT ((mach_port_msgcount_t)5)
#define MACH_PORT_QLIMIT_MAX     ((mach_port_msgcount_t)1024)

typedef struct mach_port_status {
	mach_port_name_t mps_pset;         /* containing port set, or null */
	mach_port_seqno_t mps_seqno;       /* sequence number of next message */
	mach_port_mscount_t mps_mscount;   /* make-send count */
	mach_port_msgcount_t mps_qlimit;   /* queue limit */
	mach_port_msgcount_t mps_msgcount; /* messages queued */
	mach_port_rights_t mps_sorights;   /* send-once rights that exist */
	boolean_t mps_srights;             /* do send rights exist? */
	boolean_t mps_pdrequest;           /* port-destroyed requested? */
	boolean_t mps_nsrequest;           /* no-senders requested? */
	natural_t mps_flags;
} mach_port_status_t;
#define MACH_PORT_STATUS_WORDS 10

/* mach_port_peek: a trailer of the type that is asked for. */
typedef char *mach_port_trailer_t;

/* mach_port_get_attributes, mach_port_set_attributes. */
typedef integer_t *mach_port_info_t;
#define MACH_PORT_LIMITS_INFO           1 /* mpl_qlimit */
#define MACH_PORT_LIMITS_INFO_COUNT     1U
#define MACH_PORT_RECEIVE_STATUS        2 /* mach_port_status_t; not set */
#define MACH_PORT_RECEIVE_STATUS_COUNT  MACH_PORT_STATUS_WORDS
#define MACH_PORT_DNREQUESTS_SIZE       3 /* dead-name requests; not set */
#define MACH_PORT_DNREQUESTS_SIZE_COUNT 1U

/* mach_port_construct. */
typedef struct mach_port_options {
	natural_t flags;
	mach_port_msgcount_t qlimit; /* with MPO_QLIMIT */
} mach_port_options_t;
#define MPO_CONTEXT_AS_GUARD  0x01U
#define MPO_QLIMIT            0x02U
#define MPO_INSERT_SEND_RIGHT 0x10U
#define MPO_STRICT            0x20U /* the guarded right may not be moved */
#define MPO_ALL \
	(MPO_CONTEXT_AS_GUARD | MPO_QLIMIT | MPO_INSERT_SEND_RIGHT | MPO_STRICT)

/* mach_port_allocate_full. */
typedef struct mach_port_qos {
	natural_t flags;
	natural_t len; /* of a message kept in reserve */
} mach_port_qos_t;
#define MACH_PORT_QOS_NAME     0x1U
#define MACH_PORT_QOS_PREALLOC 0x2U

/* mach_port_space_info. */
typedef struct ipc_info_space {
	natural_t iis_table_size; /* names there is room for */
	natural_t iis_table_used;
} ipc_info_space_t;

/* mach_port_space_basic_info. */
typedef struct ipc_info_space_basic {
	natural_t iisb_genno_mask; /* the bits of a name that are no index */
	natural_t iisb_table_size; /* names there is room for */
	natural_t iisb_table_next; /* names there may be */
	natural_t iisb_table_inuse;
	natural_t iisb_reserved[2];
} ipc_info_space_basic_t;

typedef struct ipc_info_name {
	mach_port_name_t iin_name;
	mach_port_type_t iin_type;
	mach_port_urefs_t iin_urefs;
	natural_t iin_object;   /* the same for names of one port */
	natural_t iin_kotype;   /* 0: the port is no kernel object's */
	natural_t iin_msgcount; /* messages queued */
} ipc_info_name_t;
typedef ipc_info_name_t *ipc_info_name_array_t;

#endif
