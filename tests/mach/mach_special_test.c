/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Special ports of tasks and threads, and the ports a task registers for its
 * children; each wrong argument.
 */
#include <mach/thread_act_user.h>
#include <mach/vm_map_user.h>

#include "space.h"

#define REGISTERED 4U

static mach_port_t port;
static mach_port_t host;

static void
test_task(void)
{
	mach_port_t found = MACH_PORT_NULL;
	mach_port_t task = MACH_PORT_NULL;
	mach_port_t child = MACH_PORT_NULL;

	is_int(task_create(self, FALSE, &task), KERN_SUCCESS, "a task");
	is_int(task_get_special_port(task, TASK_KERNEL_PORT, &found),
	    KERN_SUCCESS, "its kernel port");
	is_int(found, task, "is itself");
	(void)mach_port_deallocate(self, found);
	is_int(task_set_special_port(task, TASK_BOOTSTRAP_PORT, port),
	    KERN_SUCCESS, "set its bootstrap port");
	is_int(task_create(task, FALSE, &child), KERN_SUCCESS, "a child");
	is_int(task_get_special_port(child, TASK_BOOTSTRAP_PORT, &found),
	    KERN_SUCCESS, "has it");
	is_int(found, port, "too");
	(void)mach_port_deallocate(self, found);
	is_int(task_set_special_port(task, TASK_BOOTSTRAP_PORT, MACH_PORT_NULL),
	    KERN_SUCCESS, "none");
	is_int(task_get_special_port(task, TASK_BOOTSTRAP_PORT, &found),
	    KERN_SUCCESS, "get it");
	is_int(found, MACH_PORT_NULL, "there is none");
	is_int(task_set_special_port(task, TASK_KERNEL_PORT, port),
	    KERN_INVALID_ARGUMENT, "the kernel port is the kernel's");
	is_int(task_set_special_port(task, 2, port), KERN_INVALID_ARGUMENT,
	    "set port 2");
	is_int(task_get_special_port(task, 2, &found), KERN_INVALID_ARGUMENT,
	    "get port 2");
	is_int(task_get_special_port(host, TASK_KERNEL_PORT, &found),
	    KERN_INVALID_ARGUMENT, "get of no task");
	is_int(task_set_special_port(host, TASK_BOOTSTRAP_PORT, port),
	    KERN_INVALID_TASK, "set of no task");
	(void)task_terminate(child);
	(void)task_terminate(task);
	(void)mach_port_deallocate(self, child);
	(void)mach_port_deallocate(self, task);
}

static void
test_thread(void)
{
	mach_port_t found = MACH_PORT_NULL;
	mach_port_t thread = MACH_PORT_NULL;

	is_int(thread_create(self, &thread), KERN_SUCCESS, "a thread");
	is_int(thread_get_special_port(thread, TASK_KERNEL_PORT, &found),
	    KERN_SUCCESS, "its kernel port");
	is_int(found, thread, "is itself");
	(void)mach_port_deallocate(self, found);
	is_int(thread_set_special_port(thread, TASK_KERNEL_PORT, port),
	    KERN_INVALID_ARGUMENT, "is the kernel's");
	is_int(thread_get_special_port(thread, TASK_BOOTSTRAP_PORT, &found),
	    KERN_INVALID_ARGUMENT, "it has no bootstrap port");
	is_int(thread_get_special_port(host, TASK_KERNEL_PORT, &found),
	    KERN_INVALID_ARGUMENT, "get of no thread");
	is_int(thread_set_special_port(host, TASK_EXCEPTION_PORT, port),
	    KERN_INVALID_ARGUMENT, "set of no thread");
	(void)thread_terminate(thread);
	(void)mach_port_deallocate(self, thread);
}

static void
check_registered(mach_port_t task, const mach_port_t *wanted)
{
	mach_msg_type_number_t count = 0;
	mach_port_t *ports = NULL;

	is_int(mach_ports_lookup(task, &ports, &count), KERN_SUCCESS, "look");
	is_int(count, REGISTERED, "how many");
	for (unsigned i = 0; i < count; i++) {
		is_int(ports[i], wanted[i], "which");
		if (ports[i] != MACH_PORT_NULL)
			(void)mach_port_deallocate(self, ports[i]);
	}
	if (ports != NULL)
		(void)vm_deallocate(
		    self, (vm_address_t)ports, count * sizeof(*ports));
}

static void
test_registered(void)
{
	mach_port_t two[REGISTERED + 1] = {port, self};
	mach_port_t none[REGISTERED + 1] = {MACH_PORT_NULL};
	mach_msg_type_number_t count;
	mach_port_t *ports;
	mach_port_t task = MACH_PORT_NULL;
	mach_port_t child = MACH_PORT_NULL;

	is_int(task_create(self, FALSE, &task), KERN_SUCCESS, "a task");
	is_int(mach_ports_register(task, two, 2), KERN_SUCCESS, "two");
	check_registered(task, two);
	is_int(task_create(task, FALSE, &child), KERN_SUCCESS, "a child");
	check_registered(child, two);
	is_int(mach_ports_register(task, two, REGISTERED + 1),
	    KERN_INVALID_ARGUMENT, "too many");
	check_registered(task, two);
	is_int(
	    mach_ports_register(task, none, REGISTERED), KERN_SUCCESS, "none");
	check_registered(task, none);
	is_int(mach_ports_register(task, two, 1), KERN_SUCCESS, "one");
	is_int(mach_ports_register(task, NULL, 0), KERN_SUCCESS, "no list");
	check_registered(task, none);
	is_int(mach_ports_register(host, two, 1), KERN_INVALID_ARGUMENT,
	    "of no task");
	is_int(mach_ports_lookup(host, &ports, &count), KERN_INVALID_ARGUMENT,
	    "of no task");
	(void)task_terminate(child);
	(void)task_terminate(task);
	(void)mach_port_deallocate(self, child);
	(void)mach_port_deallocate(self, task);
}

int
main(void)
{
	int names;

	self = mach_task_self();
	port = space_port_with_send();
	host = mach_host_self();
	names = space_names();
	test_task();
	test_thread();
	test_registered();
	is_int(space_names(), names, "no name is left");
	(void)mach_port_destroy(self, port);
	return test_done();
}
