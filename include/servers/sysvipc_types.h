/* SPDX-License-Identifier: BSD-2-Clause */
/* Types of sysvipc.defs. */
#ifndef SERVERS_SYSVIPC_TYPES_H
#define SERVERS_SYSVIPC_TYPES_H

#include <servers/io_types.h>

enum sysv_kind {
	SYSV_SHM,
	SYSV_SEM,
	SYSV_MSG,
	SYSV_KINDS,
};

#define SYSV_SLOTS      1024 /* of a kind; an id, modulo this, is its slot */
#define SYSV_SHM_MAX    (1UL << 30) /* bytes of a segment */
#define SYSV_SEMS_MAX   256         /* semaphores of a set */
#define SYSV_OPS_MAX    32          /* of one call */
#define SYSV_VALUE_MAX  32767       /* of a semaphore */
#define SYSV_DATA_MAX   8192        /* bytes of a message */
#define SYSV_QUEUE_MAX  16384       /* bytes in a queue, at first */
#define SYSV_QUEUE_ROOT 1048576     /* what user 0 may set that to */

/* What *_info tells; times in seconds since 1970. */
struct sysv_info {
	uint64_t id;
	uint64_t key;
	uint64_t mode; /* with SHM_DEST, if it ends with the last attachment */
	uint64_t uid, gid;
	uint64_t cuid, cgid;
	uint64_t changed;
	/* Segment: bytes; set: semaphores; queue: most bytes. */
	uint64_t size;
	/* Segment: attachments; queue: messages. */
	uint64_t count;
	uint64_t bytes; /* in a queue */
	/* Segment: attached, detached; set: operated; queue: sent, received. */
	uint64_t time[2];
	/* Segment: who did so last, who made it; queue: sent, received. */
	uint64_t pid[2];
};
typedef struct sysv_info sysv_info_t;

/* An operation on a semaphore in 64 bits: its number, what to add, flags. */
#define SYSV_OP(number, add, flags)                                       \
	((uint64_t)(uint16_t)(number) | (uint64_t)(uint16_t)(add) << 16 | \
	    (uint64_t)(uint16_t)(flags) << 32)
#define SYSV_OP_NUMBER(op) ((unsigned)(uint16_t)(op))
#define SYSV_OP_ADD(op)    ((int)(int16_t)((op) >> 16))
#define SYSV_OP_FLAGS(op)  ((int)(uint16_t)((op) >> 32))

#endif
