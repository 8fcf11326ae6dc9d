/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The process server: pids, fork, exec, wait and signals.
 *
 * Bootstrap starts it, waits until it is registered as "process", and asks it
 * for the first process.
 */
#include <mach/exc_server.h>
#include <mach/host_user.h>
#include <mach/mach_port_user.h>
#include <mach/task_user.h>
#include <mach/traps.h>

#include <libports/ports.h>
#include <librandom/random.h>
#include <servers/bootstrap_user.h>
#include <servers/process_server.h>
#include <stdio.h>
#include <stdlib.h>

#include "process.h"

mach_port_t host_priv;
mach_port_t root_directory;

/* The last right to a process's port is gone, or will be with its task. */
static void
release_port(void *object)
{
	struct process *process = object;

	process->port = MACH_PORT_NULL;
}

struct ports_class process_class = {
    .name = "process",
    .release = release_port,
};

static const struct ports_class server_class = {.name = "process server"};

struct process *
process_of(mach_port_t port)
{
	struct process *process = ports_lookup(port, &process_class);

	return process != NULL && process->task != MACH_PORT_NULL ? process
								  : NULL;
}

void
init_has_ended(int status)
{
	printf("process: init has ended (%s %d): the machine stops\n",
	    (status & 0x7f) != 0 ? "signal" : "status",
	    (status & 0x7f) != 0 ? status & 0x7f : status >> 8 & 0xff);
	(void)host_reboot(host_priv, HOST_REBOOT_HALT);
	exit(EXIT_FAILURE);
}

/*
 * A task has ended without proc_exit: something terminated it. Or a terminal's
 * server has.
 */
static void
port_died(mach_port_t name)
{
	struct process *process = table_find_task(name);

	if (process != NULL)
		process_end(process, SIGKILL);
	else
		group_lose_terminal(name);
	/* The notification's own reference. */
	(void)mach_port_deallocate(mach_task_self(), name);
}

/* 0 is for ever. */
static mach_msg_timeout_t
sooner(mach_msg_timeout_t one, mach_msg_timeout_t other)
{
	if (one == 0 || other == 0)
		return one + other;
	return one < other ? one : other;
}

static mach_msg_timeout_t
poll(void)
{
	mach_msg_timeout_t wait = sooner(timer_poll(), posix_timer_poll());

	wait = sooner(wait, sigwait_poll());
	wait = sooner(wait, limit_poll());
	/* Last: the others send signals. */
	return sooner(wait, deliver_poll());
}

int
main(void)
{
	static const ports_demux_t demux[] = {process_server, exc_server};
	mach_port_t bootstrap, device_master;

	if (task_get_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT,
		&bootstrap) != KERN_SUCCESS ||
	    bootstrap_privileged_ports(bootstrap, &host_priv, &device_master) !=
		KERN_SUCCESS) {
		printf("process: only the system may start this server\n");
		return EXIT_FAILURE;
	}
	(void)mach_port_deallocate(mach_task_self(), device_master);
	random_init(RANDOM_MARKS);
	ports_on_dead_name(port_died);
	if (!groups_start(bootstrap))
		printf("process: no supplementary groups\n");
	if (ports_offer(bootstrap, "process", &server_class, &host_priv) !=
	    KERN_SUCCESS) {
		printf("process: cannot register\n");
		return EXIT_FAILURE;
	}
	ports_serve(demux, 2, poll);
}
