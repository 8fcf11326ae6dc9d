/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rest of the kernel for tests of maps, faults and pagers. There is one
 * thread: when it blocks, the pager's messages are delivered, then it goes on,
 * awakened if that woke it, else at its deadline.
 */
#include <arch/copy.h>
#include <arch/timer.h>

#include <boot/bootinfo.h>
#include <ipc/ipc_kobject.h>
#include <kern/panic.h>
#include <kern/slab.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <memory_object_control_server.h>
#include <memory_object_user.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vm/pmap.h>
#include <vm/vm_kernel.h>
#include <vm/vm_map.h>

#include "vm_host.h"

struct ipc_port {
	unsigned sends;
	bool dead;
	enum ipc_kobject_type type;
	void *object;
};

static struct task the_task;
static uint64_t now = 1;
static uint64_t wake_at;
static bool woken;
static bool waiting;

/* Nobody dispatches messages here. */
const struct mig_subsystem memory_object_control_subsystem;

/* Waiting. */

uint64_t
clock_uptime_ns(void)
{
	return now;
}

void
thread_wait(struct wait_queue *queue, unsigned flags, uint64_t deadline)
{
	(void)flags;
	list_init(&current_thread()->wait_link);
	list_append(&queue->threads, &current_thread()->wait_link);
	wake_at = deadline;
	waiting = true;
	woken = false;
}

enum wait_result
thread_block(continuation_t continuation)
{
	(void)continuation;
	if (!waiting)
		panic("blocked without waiting");
	vm_host_deliver();
	waiting = false;
	if (woken)
		return WAIT_AWAKENED;
	if (wake_at == WAIT_FOREVER)
		panic("the only thread waits for ever");
	list_remove(&current_thread()->wait_link);
	now = wake_at;
	return WAIT_TIMED_OUT;
}

void
wait_wake_all(struct wait_queue *queue, enum wait_result result)
{
	struct list *link;

	(void)result;
	while ((link = list_first(&queue->threads)) != NULL) {
		list_remove(link);
		woken = true;
	}
}

void
preempt_point(void)
{
}

void
task_event(enum task_event event)
{
	(void)event;
}

struct thread *
kernel_thread_create(const char *name, int priority, continuation_t start)
{
	(void)name;
	(void)priority;
	(void)start;
	return NULL;
}

void
sched_enqueue(struct thread *thread)
{
	(void)thread;
}

bool
boot_option(const char *name, char *value, size_t size)
{
	(void)name;
	(void)value;
	(void)size;
	return false;
}

/* User memory of the current task. */

bool
user_copyin(vm_address_t user, void *kernel, size_t size)
{
	return vm_map_read(the_task.map, user, kernel, size) == KERN_SUCCESS;
}

bool
user_copyout(const void *kernel, vm_address_t user, size_t size)
{
	return vm_map_write(the_task.map, user, kernel, size) == KERN_SUCCESS;
}

static vm_prot_t
mapped(struct pmap *pmap, vm_address_t address)
{
	pte_t *table = pmap->table;

	for (unsigned level = 3; level > 0; level--) {
		pte_t entry = table[PTE_INDEX(address, level)];

		if (!pte_present(entry))
			return VM_PROT_NONE;
		table = phys_to_virt(pte_addr(entry));
	}
	return pte_prot(table[PTE_INDEX(address, 0)]);
}

kern_return_t
vm_host_touch(struct vm_map *map, vm_address_t address, vm_prot_t access)
{
	for (int tries = 0; (mapped(map->pmap, address) & access) != access;
	     tries++) {
		kern_return_t kr = vm_fault(map, address, access);

		if (kr != KERN_SUCCESS)
			return kr;
		if (tries > 3)
			panic("a fault at %lx helps nothing",
			    (unsigned long)address);
	}
	return KERN_SUCCESS;
}

int
vm_host_load(struct vm_map *map, vm_address_t address)
{
	kern_return_t kr = vm_host_touch(map, address, VM_PROT_READ);

	if (kr != KERN_SUCCESS)
		return -kr;
	return *(unsigned char *)phys_to_virt(pmap_extract(map->pmap, address));
}

kern_return_t
vm_host_store(struct vm_map *map, vm_address_t address, int value)
{
	kern_return_t kr = vm_host_touch(map, address, VM_PROT_WRITE);

	if (kr == KERN_SUCCESS)
		*(unsigned char *)phys_to_virt(
		    pmap_extract(map->pmap, address)) = (unsigned char)value;
	return kr;
}

/* Ports. They are freed with the last right. */

static struct ipc_port *
port_alloc(enum ipc_kobject_type type, void *object)
{
	struct ipc_port *port = kalloc(64);

	if (port != NULL)
		*port = (struct ipc_port){.type = type, .object = object};
	return port;
}

/* Rights are not counted here. */
void
ipc_kobject_end_later(void (*function)(void))
{
	function();
}

void
ipc_kobject_on_no_senders(enum ipc_kobject_type type,
    void (*function)(struct ipc_port *port, void *object))
{
	(void)type;
	(void)function;
}

struct ipc_port *
ipc_kobject_alloc(enum ipc_kobject_type type, void *object)
{
	return port_alloc(type, object);
}

void
ipc_kobject_destroy(struct ipc_port *port)
{
	kfree(port, 64);
}

void *
ipc_kobject_get(const struct ipc_port *port, enum ipc_kobject_type type)
{
	return port != NULL && port->type == type ? port->object : NULL;
}

struct ipc_port *
ipc_port_copy_send(struct ipc_port *port)
{
	if (port == NULL || port->dead)
		return NULL;
	port->sends++;
	return port;
}

struct ipc_port *
ipc_port_make_send(struct ipc_port *port)
{
	return ipc_port_copy_send(port);
}

void
ipc_port_release_send(struct ipc_port *port)
{
	if (port != NULL)
		port->sends--;
}

bool
ipc_port_dead(const struct ipc_port *port)
{
	return port->dead;
}

kern_return_t
ipc_port_copyin_send(
    struct ipc_space *space, mach_port_name_t name, struct ipc_port **port)
{
	(void)space;
	(void)name;
	(void)port;
	return KERN_INVALID_NAME;
}

mach_port_t
vm_host_port(void)
{
	struct ipc_port *port = port_alloc(IKOT_NONE, NULL);

	port->sends = 1;
	return ipc_port_to_handle(port);
}

void
vm_host_port_kill(mach_port_t port)
{
	ipc_port_from_handle(port)->dead = true;
}

unsigned
vm_host_port_rights(mach_port_t port)
{
	return ipc_port_from_handle(port)->sends;
}

/* Messages to the pager. */

#define QUEUE 4096
static struct vm_host_message queue[QUEUE];
static unsigned queued, delivered;

void (*vm_host_pager)(const struct vm_host_message *message);

void
vm_host_deliver(void)
{
	while (delivered < queued) {
		struct vm_host_message message = queue[delivered++];

		if (vm_host_pager != NULL)
			vm_host_pager(&message);
	}
	delivered = 0;
	queued = 0;
}

static kern_return_t
post(struct vm_host_message message)
{
	if (ipc_port_from_handle(message.port)->dead)
		return MACH_SEND_INVALID_DEST;
	if (queued == QUEUE)
		panic("too many messages to the pager");
	queue[queued++] = message;
	return KERN_SUCCESS;
}

kern_return_t
memory_object_init(mach_port_t memory_object, mach_port_t memory_control,
    mach_port_t memory_object_name, vm_size_t memory_object_page_size)
{
	(void)memory_object_name;
	(void)memory_object_page_size;
	return post((struct vm_host_message){.event = PAGER_INIT,
	    .port = memory_object,
	    .control = memory_control});
}

kern_return_t
memory_object_terminate(mach_port_t memory_object)
{
	return post((struct vm_host_message){
	    .event = PAGER_TERMINATE, .port = memory_object});
}

kern_return_t
memory_object_data_request(mach_port_t memory_object,
    mach_port_t memory_control, vm_offset_t offset, vm_size_t length,
    vm_prot_t desired_access)
{
	return post((struct vm_host_message){.event = PAGER_REQUEST,
	    .port = memory_object,
	    .control = memory_control,
	    .offset = offset,
	    .size = length,
	    .access = desired_access});
}

kern_return_t
memory_object_data_unlock(mach_port_t memory_object, mach_port_t memory_control,
    vm_offset_t offset, vm_size_t length, vm_prot_t desired_access)
{
	return post((struct vm_host_message){.event = PAGER_UNLOCK,
	    .port = memory_object,
	    .control = memory_control,
	    .offset = offset,
	    .size = length,
	    .access = desired_access});
}

kern_return_t
memory_object_lock_completed(mach_port_t memory_object,
    mach_port_t memory_control, vm_offset_t offset, vm_size_t length)
{
	return post((struct vm_host_message){.event = PAGER_LOCK_COMPLETED,
	    .port = memory_object,
	    .control = memory_control,
	    .offset = offset,
	    .size = length});
}

kern_return_t
memory_object_supply_completed(mach_port_t memory_object,
    mach_port_t memory_control, vm_offset_t offset, vm_size_t length,
    kern_return_t result, vm_offset_t error_offset)
{
	(void)memory_object;
	(void)memory_control;
	(void)offset;
	(void)length;
	(void)result;
	(void)error_offset;
	return KERN_SUCCESS;
}

kern_return_t
memory_object_change_completed(
    mach_port_t memory_object, boolean_t may_cache, natural_t copy_strategy)
{
	(void)memory_object;
	(void)may_cache;
	(void)copy_strategy;
	return KERN_SUCCESS;
}

kern_return_t
memory_object_data_return(mach_port_t memory_object, mach_port_t memory_control,
    vm_offset_t offset, vm_offset_t data, mach_msg_type_number_t count,
    boolean_t dirty, boolean_t kernel_copy)
{
	return post((struct vm_host_message){.event = PAGER_RETURN,
	    .port = memory_object,
	    .control = memory_control,
	    .offset = offset,
	    .size = count,
	    .data = (void *)data,
	    .dirty = dirty,
	    .kept = kernel_copy});
}

void
vm_host_start(size_t bytes)
{
	vm_host_memory(bytes);
	slab_init();
	vm_init();
	current_thread()->task = &the_task;
	the_task.map = vm_map_create();
}

bool
vm_host_same(struct vm_host_usage before)
{
	struct vm_host_usage after = vm_host_usage();

	if (after.frames == before.frames && after.objects == before.objects)
		return true;
	printf("# frames %+ld, objects %+ld\n",
	    (long)(after.frames - before.frames),
	    (long)(after.objects - before.objects));
	return false;
}
