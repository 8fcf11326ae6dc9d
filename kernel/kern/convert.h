/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the port handle in a message to the object it stands for, for the
 * kernel's stubs. NULL (and so an error from the routine's stub or its
 * implementation) for a port of another type or a dead object. Tasks,
 * threads and maps come with a reference, which the stub releases.
 */
#ifndef KERN_CONVERT_H
#define KERN_CONVERT_H

#include <mach/types.h>

#include <ipc/ipc_kobject.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <vm/vm_kernel.h>

struct clock;
struct device;
struct host;
struct ipc_space;
struct irq_port;
struct lock_set;
struct processor;
struct processor_set;
struct semaphore;
struct vm_map;

/* One object for the whole machine; what counts is which port names it. */
struct host {
	struct ipc_port *port;
	struct ipc_port *priv_port;
	struct ipc_port *device_master_port;
};
extern struct host the_host;

extern struct task *convert_port_to_task(mach_port_t handle);
extern struct thread *convert_port_to_thread(mach_port_t handle);
extern struct ipc_space *convert_port_to_space(mach_port_t handle);
extern struct vm_map *convert_port_to_map(mach_port_t handle);

/* The host port or the privileged one. */
extern struct host *convert_port_to_host(mach_port_t handle);
extern struct host *convert_port_to_host_priv(mach_port_t handle);
extern struct host *convert_port_to_device_master(mach_port_t handle);
extern struct device *convert_port_to_device(mach_port_t handle);
extern struct irq_port *convert_port_to_irq(mach_port_t handle);
extern struct semaphore *convert_port_to_semaphore(mach_port_t handle);
extern struct lock_set *convert_port_to_lock_set(mach_port_t handle);

extern struct processor *convert_port_to_processor(mach_port_t handle);
extern struct processor_set *convert_port_to_pset(mach_port_t handle);

/* By its control port or its name port. */
extern struct processor_set *convert_port_to_pset_name(mach_port_t handle);

/* By its service port or its control port; by the latter. */
extern struct clock *convert_port_to_clock(mach_port_t handle);
extern struct clock *convert_port_to_clock_ctrl(mach_port_t handle);

/*
 * The object behind a name of the current task, for traps, or NULL and why not.
 * KERN_TERMINATED: it was, or was something else that is gone;
 * KERN_INVALID_NAME, KERN_INVALID_RIGHT; KERN_INVALID_ARGUMENT: of another
 * type, or a port of who stands between.
 */
extern void *convert_name(
    mach_port_name_t name, enum ipc_kobject_type type, kern_return_t *kr);

#endif
