/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Port sets.
 */
#include <mach/message.h>

#include <ipc/ipc_mqueue.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_pset.h>
#include <kern/panic.h>
#include <kern/slab.h>

static struct slab_cache pset_cache;

void
ipc_pset_init(void)
{
	slab_cache_init(&pset_cache, "ipc_pset", sizeof(struct ipc_pset), 64);
}

struct ipc_pset *
ipc_pset_create(mach_port_name_t name)
{
	struct ipc_pset *pset = slab_alloc_zero(&pset_cache);

	if (pset == NULL)
		return NULL;
	pset->object.type = IPC_OBJECT_PSET;
	pset->object.active = true;
	wait_queue_init(&pset->object.receivers);
	pset->name = name;
	list_init(&pset->members);
	list_init(&pset->ready);
	return pset;
}

void
ipc_pset_free(struct ipc_pset *pset)
{
	slab_free(&pset_cache, pset);
}

void
ipc_pset_destroy(struct ipc_pset *pset)
{
	struct list *first;

	while ((first = list_first(&pset->members)) != NULL)
		ipc_pset_remove(list_entry(first, struct ipc_port, pset_link));
	pset->object.active = false;
	ipc_object_reference(&pset->object);
	ipc_mqueue_changed(&pset->object, MACH_RCV_PORT_DIED);
	ipc_object_release(&pset->object);
}

void
ipc_pset_add(struct ipc_pset *pset, struct ipc_port *port)
{
	assert(port->pset == NULL && pset->object.active);
	ipc_mqueue_changed(&port->object, MACH_RCV_PORT_CHANGED);
	port->pset = pset;
	list_append(&pset->members, &port->pset_link);
	pset->member_count++;
	ipc_mqueue_feed(port);
}

void
ipc_pset_remove(struct ipc_port *port)
{
	struct ipc_pset *pset = port->pset;

	assert(pset != NULL);
	list_remove(&port->pset_link);
	list_remove(&port->ready_link);
	port->pset = NULL;
	pset->member_count--;
}
