/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Port sets: receive from any member. A member with queued messages is on
 * `ready` too, so a receive costs the same for any number of members; ready
 * members take turns. A set that ends with many members is not active, and
 * keeps what have not left yet until ipc_reap(), which others may preempt.
 */
#ifndef IPC_IPC_PSET_H
#define IPC_IPC_PSET_H

#include <mach/kern_return.h>
#include <mach/port.h>

#include <ipc/ipc_object.h>

struct ipc_port;

struct ipc_pset {
	struct ipc_object object; /* first: cast from struct ipc_object */
	mach_port_name_t name;
	uint32_t member_count;
	struct list members; /* struct ipc_member.of_set */
	struct list ready;   /* struct ipc_member.ready */
	struct list link;    /* of those that end, with members */
};

/* A port in a set. */
struct ipc_member {
	struct ipc_pset *pset;
	struct ipc_port *port;
	struct list of_set;  /* pset->members */
	struct list of_port; /* port->sets */
	struct list ready;   /* pset->ready, while messages wait */
};

static inline struct ipc_pset *
ipc_object_pset(struct ipc_object *object)
{
	return (struct ipc_pset *)(void *)object;
}

extern struct ipc_pset *ipc_pset_create(mach_port_name_t name);

/*
 * Members leave, now or by ipc_reap(), waiting receivers get
 * MACH_RCV_PORT_DIED.
 */
extern void ipc_pset_destroy(struct ipc_pset *pset);

/*
 * A port joins a set. Its own receivers get MACH_RCV_PORT_CHANGED.
 * KERN_ALREADY_IN_SET, KERN_RESOURCE_SHORTAGE.
 */
extern kern_return_t ipc_pset_add(struct ipc_pset *pset, struct ipc_port *port);

/* The port leaves the set; false: it is not in it. */
extern bool ipc_pset_remove(struct ipc_pset *pset, struct ipc_port *port);

/* A set that the port is in, of several any; NULL: it is in none. */
extern struct ipc_pset *ipc_pset_of(const struct ipc_port *port);

/* The port leaves every set. */
extern void ipc_pset_leave(struct ipc_port *port);

/* Out of every set, then into this one, or none of it: as ipc_pset_add. */
extern kern_return_t ipc_pset_move(
    struct ipc_pset *pset, struct ipc_port *port);

extern void ipc_pset_free(struct ipc_pset *pset);
extern void ipc_pset_init(void);

#endif
