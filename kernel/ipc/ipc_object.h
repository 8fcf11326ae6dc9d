/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What ports and port sets have in common: somebody can receive from them.
 * `references` counts pointers held across waits; what rights imply is counted
 * by the rights themselves (ipc_port.h). Who waits to receive needs none: he is
 * taken off the queue before the object goes.
 */
#ifndef IPC_IPC_OBJECT_H
#define IPC_IPC_OBJECT_H

#include <kern/wait.h>

enum ipc_object_type {
	IPC_OBJECT_PORT,
	IPC_OBJECT_PSET,
};

struct ipc_object {
	uint16_t type;       /* enum ipc_object_type */
	bool active;         /* the receive right, or the set, exists */
	uint32_t references; /* pointers held across waits */
	struct wait_queue receivers;
};

static inline void
ipc_object_reference(struct ipc_object *object)
{
	object->references++;
}

/* Drops a reference; frees the object if nothing keeps it. ipc_port.c */
extern void ipc_object_release(struct ipc_object *object);

#endif
