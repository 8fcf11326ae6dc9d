/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How long a thread waits for the processor that has the best right to it: from
 * an interrupt to the driver in user space, and from a timer while another
 * thread has the kernel do what takes long. Of the latter the worst is told.
 */
#include <mach/mach_host_user.h>
#include <mach/mach_port_user.h>
#include <mach/notify.h>
#include <mach/task_user.h>
#include <mach/thread_act_user.h>
#include <mach/vm_map_user.h>

#include <libmach/mach.h>
#include <libmach/thread.h>
#include <servers/bootstrap_user.h>

#include "bench.h"
#include "raise.h"

#define BEST_PRIORITY 5
#define GAP           20000 /* ns that the watcher sleeps */
#define SIZE          (16 * MEGA)
#define PORTS         5000
#define MESSAGES      1000
#define MANY          10000
#define ROUNDS        400 /* of the watcher at least, while nothing is done */

static mach_port_t self;

static struct mach_thread *
start(void (*function)(void *))
{
	struct mach_thread *thread;

	if (mach_thread_create(&thread, function, NULL, MACH_THREAD_STACK) !=
	    KERN_SUCCESS)
		bench_fail("no thread");
	if (thread_policy(mach_thread_port(thread), POLICY_FIFO, 0) !=
		KERN_SUCCESS ||
	    thread_priority(mach_thread_port(thread), BEST_PRIORITY, FALSE) !=
		KERN_SUCCESS)
		bench_fail("no priority");
	return thread;
}

/* The driver: interrupts come to `notify`, until it is gone. */
static mach_port_t notify, line;
static struct mach_thread *driver;
static volatile unsigned served;

static void
drive(void *unused)
{
	struct {
		mach_msg_header_t header;
		mach_msg_max_trailer_t trailer;
	} message;

	(void)unused;
	while (mach_msg(&message.header, MACH_RCV_MSG, 0, sizeof(message),
		   notify, 0, MACH_PORT_NULL) == MACH_MSG_SUCCESS) {
		bench_pause();
		served++;
		(void)device_irq_ack(line);
	}
}

static mach_port_t
device_master(void)
{
	mach_port_t bootstrap, host, device;

	if (task_get_special_port(self, TASK_BOOTSTRAP_PORT, &bootstrap) !=
		KERN_SUCCESS ||
	    bootstrap_privileged_ports(bootstrap, &host, &device) !=
		KERN_SUCCESS)
		return MACH_PORT_NULL;
	return device;
}

static bool
make_driver(void)
{
	self = mach_task_self();
	notify = bench_port();
	if (!raise_attach(device_master(), notify, &line))
		return false;
	driver = start(drive);
	return true;
}

static void
interrupt(void)
{
	unsigned before = served;

	raise_interrupt();
	while (served == before)
		continue;
	bench_resume();
}

static void
end_driver(void)
{
	(void)mach_port_mod_refs(self, notify, MACH_PORT_RIGHT_RECEIVE, -1);
	mach_thread_join(driver);
	(void)mach_port_deallocate(self, line);
}

/* The watcher sleeps and sees how late it is woken. */
static struct mach_thread *watcher;
static volatile bool leave;
static volatile uint64_t worst;
static volatile unsigned rounds;

static void
watch(void *unused)
{
	(void)unused;
	while (!leave) {
		uint64_t before = clock_get_ns(0);
		uint64_t late;

		(void)clock_sleep(GAP);
		late = clock_get_ns(0) - before - GAP;
		if (late > worst)
			worst = late;
		rounds++;
	}
}

static bool
make_watcher(void)
{
	self = mach_task_self();
	leave = false;
	watcher = start(watch);
	return true;
}

static void
end_watcher(void)
{
	leave = true;
	mach_thread_join(watcher);
}

static void
begin(void)
{
	worst = 0;
	rounds = 0;
}

static void
tell(void)
{
	bench_result(worst);
}

static void
while_nothing(void)
{
	begin();
	while (rounds < ROUNDS)
		continue;
	tell();
}

static vm_address_t
touched(void)
{
	vm_address_t address = 0;

	if (vm_allocate(self, &address, SIZE, TRUE) != KERN_SUCCESS)
		bench_fail("no memory");
	for (vm_size_t i = 0; i < SIZE; i += PAGE)
		*(volatile char *)(address + i) = 1;
	return address;
}

static void
while_freeing(void)
{
	vm_address_t address = touched();

	begin();
	(void)vm_deallocate(self, address, SIZE);
	tell();
}

static void
while_copying(void)
{
	vm_address_t from = touched();
	vm_address_t to = touched();

	begin();
	(void)vm_copy(self, from + 1, SIZE - 8, to);
	tell();
	(void)vm_deallocate(self, from, SIZE);
	(void)vm_deallocate(self, to, SIZE);
}

static void
while_inheriting(void)
{
	vm_address_t address = touched();
	mach_port_t task;

	begin();
	if (task_create(self, TRUE, &task) != KERN_SUCCESS)
		bench_fail("no task");
	(void)task_terminate(task);
	tell();
	(void)mach_port_deallocate(self, task);
	(void)vm_deallocate(self, address, SIZE);
}

static void
while_ports_end(void)
{
	mach_port_t task, port;

	if (task_create(self, FALSE, &task) != KERN_SUCCESS)
		bench_fail("no task");
	for (unsigned i = 0; i < PORTS; i++)
		(void)mach_port_allocate(task, MACH_PORT_RIGHT_RECEIVE, &port);
	begin();
	(void)task_terminate(task);
	tell();
	(void)mach_port_deallocate(self, task);
}

static void
while_messages_end(void)
{
	mach_port_t port = bench_port();

	(void)mach_port_set_qlimit(self, port, MESSAGES);
	for (unsigned i = 0; i < MESSAGES; i++) {
		mach_msg_header_t message = {
		    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0),
		    .msgh_remote_port = port};

		(void)mach_msg(&message, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
		    sizeof(message), 0, MACH_PORT_NULL, 0, MACH_PORT_NULL);
	}
	begin();
	(void)mach_port_destroy(self, port);
	tell();
}

static mach_port_t many[MANY];

static void
end_many(void)
{
	for (unsigned i = 0; i < MANY; i++)
		(void)mach_port_destroy(self, many[i]);
}

/* As many names of one port, each with a request to be told of its death. */
static void
while_requests_end(void)
{
	mach_port_t port = bench_port();
	mach_port_t told = bench_port();
	mach_msg_type_name_t type;
	mach_port_t previous;

	for (unsigned i = 0; i < MANY; i++) {
		(void)mach_port_extract_right(
		    self, port, MACH_MSG_TYPE_MAKE_SEND_ONCE, &many[i], &type);
		(void)mach_port_request_notification(
		    self, many[i], MACH_NOTIFY_DEAD_NAME, 0, told, &previous);
	}
	begin();
	(void)mach_port_destroy(self, port);
	tell();
	/* With what they have been told. */
	(void)mach_port_destroy(self, told);
	tell();
	end_many();
}

static void
make_many(mach_port_right_t right)
{
	for (unsigned i = 0; i < MANY; i++)
		if (mach_port_allocate(self, right, &many[i]) != KERN_SUCCESS)
			bench_fail("no port");
}

static void
while_set_ends(void)
{
	mach_port_t set;

	(void)mach_port_allocate(self, MACH_PORT_RIGHT_PORT_SET, &set);
	make_many(MACH_PORT_RIGHT_RECEIVE);
	for (unsigned i = 0; i < MANY; i++)
		(void)mach_port_insert_member(self, many[i], set);
	begin();
	(void)mach_port_destroy(self, set);
	tell();
	end_many();
}

static void
while_member_ends(void)
{
	mach_port_t port = bench_port();

	make_many(MACH_PORT_RIGHT_PORT_SET);
	for (unsigned i = 0; i < MANY; i++)
		(void)mach_port_insert_member(self, port, many[i]);
	begin();
	(void)mach_port_destroy(self, port);
	tell();
	end_many();
}

static void
while_names_listed(void)
{
	mach_msg_type_number_t count = 0, type_count = 0;
	mach_port_type_array_t types = NULL;
	mach_port_name_array_t found = NULL;

	make_many(MACH_PORT_RIGHT_DEAD_NAME);
	begin();
	(void)mach_port_names(self, &found, &count, &types, &type_count);
	tell();
	(void)vm_deallocate(self, (vm_address_t)found, count * sizeof(*found));
	(void)vm_deallocate(
	    self, (vm_address_t)types, type_count * sizeof(*types));
	end_many();
}

const struct bench_row bench_latency_rows[] = {
    {"interrupt to driver thread", 100, 1000, interrupt, make_driver,
	end_driver, 0},
    {"latency, of nothing", 1, 0, while_nothing, make_watcher, end_watcher, 0},
    {"latency, 16 MiB freed", 1, 0, while_freeing, make_watcher, end_watcher,
	0},
    {"latency, 16 MiB copied", 1, 0, while_copying, make_watcher, end_watcher,
	0},
    {"latency, 16 MiB inherited", 1, 0, while_inheriting, make_watcher,
	end_watcher, 0},
    {"latency, 5000 ports end", 1, 0, while_ports_end, make_watcher,
	end_watcher, 0},
    {"latency, 1000 messages end", 1, 0, while_messages_end, make_watcher,
	end_watcher, 0},
    {"latency, 10000 requests end", 1, 0, while_requests_end, make_watcher,
	end_watcher, 0},
    {"latency, set of 10000 ends", 1, 0, while_set_ends, make_watcher,
	end_watcher, 0},
    {"latency, port of 10000 sets ends", 1, 0, while_member_ends, make_watcher,
	end_watcher, 0},
    {"latency, 10000 names listed", 1, 0, while_names_listed, make_watcher,
	end_watcher, 0},
    {NULL, 0, 0, NULL, NULL, NULL, 0},
};
