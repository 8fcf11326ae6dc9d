/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mach_many_test [count [word]]: names, sets, queues and requests by the
 * hundred thousand or as many as it is told, or those of them that the word is
 * about: none costs more for there being many others, however they are made,
 * found, listed and ended.
 */
#include <mach/vm_map_user.h>

#include "many.h"
#include "note.h"

#define QUEUE_MAX 16384U /* messages that were not asked for */

static mach_port_t *names;

static void
make(mach_port_t task, mach_port_right_t right, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		many_expect(
		    mach_port_allocate(task, right, &names[i]) == KERN_SUCCESS);
}

/* Each goes, in no good order. */
static void
end_all(mach_port_right_t right, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		many_expect(
		    mach_port_mod_refs(self, names[many_mixed(i, count)], right,
			-1) == KERN_SUCCESS);
}

static void
list(unsigned count)
{
	mach_port_name_array_t found = NULL;
	mach_port_type_array_t types = NULL;
	mach_msg_type_number_t found_count = 0, type_count = 0;

	many_expect(mach_port_names(self, &found, &found_count, &types,
			&type_count) == KERN_SUCCESS &&
		    found_count >= count);
	(void)vm_deallocate(
	    self, (vm_address_t)found, found_count * sizeof(*found));
	(void)vm_deallocate(
	    self, (vm_address_t)types, type_count * sizeof(*types));
}

static void
run_names(mach_port_right_t right, unsigned count, uint64_t *times)
{
	many_start();
	make(self, right, count);
	times[0] = many_lap();
	for (unsigned i = 0; i < count; i++)
		many_expect(space_type(names[many_mixed(i, count)]) ==
			    MACH_PORT_TYPE(right));
	times[1] = many_lap();
	list(count);
	times[2] = many_lap();
	end_all(right, count);
	times[3] = many_lap();
}

static void
run_dead_names(unsigned count, uint64_t *times)
{
	run_names(DEAD, count, times);
}

static void
run_ports(unsigned count, uint64_t *times)
{
	run_names(RECEIVE, count, times);
}

/* All end with the task that has them. */
static void
run_death(unsigned count, uint64_t *times)
{
	mach_port_t task = MACH_PORT_NULL;

	(void)task_create(self, FALSE, &task);
	many_start();
	make(task, RECEIVE, count);
	times[0] = many_lap();
	many_expect(task_terminate(task) == KERN_SUCCESS);
	times[1] = many_lap();
	(void)mach_port_deallocate(self, task);
}

/* Send rights to ports of a task that ends. */
static void
run_send_rights(unsigned count, uint64_t *times)
{
	mach_port_t task = MACH_PORT_NULL;

	(void)task_create(self, FALSE, &task);
	many_start();
	make(task, RECEIVE, count);
	times[0] = many_lap();
	for (unsigned i = 0; i < count; i++)
		names[i] = space_extract(task, names[i], MAKE_SEND);
	times[1] = many_lap();
	for (unsigned i = 0; i < count; i++) {
		unsigned at = many_mixed(i, count);

		many_expect(mach_port_insert_right(self, names[at], names[at],
				COPY_SEND) == KERN_SUCCESS);
	}
	times[2] = many_lap();
	for (unsigned i = 0; i < count; i++)
		many_expect(mach_port_deallocate(self,
				names[many_mixed(i, count)]) == KERN_SUCCESS);
	times[3] = many_lap();
	many_expect(task_terminate(task) == KERN_SUCCESS);
	times[4] = many_lap();
	end_all(DEAD, count);
	times[5] = many_lap();
	(void)mach_port_deallocate(self, task);
}

static mach_msg_return_t
send_to(mach_port_t port, mach_msg_type_name_t disposition)
{
	mach_msg_header_t header = {
	    .msgh_bits = MACH_MSGH_BITS(disposition, 0),
	    .msgh_remote_port = port,
	};

	return space_send(&header, sizeof(header));
}

/* One set of many ports. */
static void
run_members(unsigned count, uint64_t *times)
{
	mach_port_t set = space_allocate(SET);
	mach_port_name_array_t members = NULL;
	mach_msg_type_number_t found = 0;

	make(self, RECEIVE, count);
	many_start();
	for (unsigned i = 0; i < count; i++)
		many_expect(
		    mach_port_move_member(self, names[i], set) == KERN_SUCCESS);
	times[0] = many_lap();
	many_expect(mach_port_get_set_status(self, set, &members, &found) ==
			KERN_SUCCESS &&
		    found == count);
	times[1] = many_lap();
	(void)vm_deallocate(
	    self, (vm_address_t)members, found * sizeof(*members));
	many_start();
	for (unsigned i = 0; i < count; i++)
		many_expect(
		    send_to(names[many_mixed(i, count)], MAKE_SEND) == 0);
	for (unsigned i = 0; i < count; i++)
		many_expect(
		    space_receive(&note.header, sizeof(note), set) == 0);
	times[2] = many_lap();
	for (unsigned i = 0; i < count / 2; i++)
		many_expect(
		    mach_port_extract_member(self, names[many_mixed(i, count)],
			set) == KERN_SUCCESS);
	times[3] = many_lap();
	(void)mach_port_destroy(self, set);
	times[4] = many_lap();
	end_all(RECEIVE, count);
}

/* One port in many sets. */
static void
run_sets(unsigned count, uint64_t *times)
{
	mach_port_t port = space_allocate(RECEIVE);
	mach_port_t last;

	many_start();
	make(self, SET, count);
	times[0] = many_lap();
	for (unsigned i = 0; i < count; i++)
		many_expect(mach_port_insert_member(self, port, names[i]) ==
			    KERN_SUCCESS);
	times[1] = many_lap();
	for (unsigned i = 0; i < count / 2; i++)
		many_expect(mach_port_extract_member(self, port,
				names[many_mixed(i, count)]) == KERN_SUCCESS);
	times[2] = many_lap();
	last = names[many_mixed(count - 1, count)];
	many_expect(send_to(port, MAKE_SEND) == 0);
	many_expect(space_receive(&note.header, sizeof(note), last) == 0);
	many_start();
	(void)mach_port_destroy(self, port);
	times[3] = many_lap();
	for (unsigned i = 0; i < count; i++)
		many_expect(mach_port_destroy(self,
				names[many_mixed(i, count)]) == KERN_SUCCESS);
	times[4] = many_lap();
}

/* A queue as long as one may be: received, and dropped with its port. */
static void
run_queue(unsigned count, uint64_t *times)
{
	mach_port_t port = space_allocate(RECEIVE);

	many_start();
	for (unsigned i = 0; i < count; i++)
		many_expect(send_to(port, MAKE_SEND_ONCE) == 0);
	times[0] = many_lap();
	for (unsigned i = 0; i < count; i++)
		many_expect(
		    space_receive(&note.header, sizeof(note), port) == 0);
	times[1] = many_lap();
	for (unsigned i = 0; i < count; i++)
		many_expect(send_to(port, MAKE_SEND_ONCE) == 0);
	many_start();
	(void)mach_port_destroy(self, port);
	times[2] = many_lap();
}

static void
ask(mach_port_t name, mach_port_t notify)
{
	mach_port_t previous = MACH_PORT_NULL;

	many_expect(mach_port_request_notification(self, name, DEAD_NAME, 0,
			notify, &previous) == KERN_SUCCESS);
	if (previous != MACH_PORT_NULL)
		(void)mach_port_deallocate(self, previous);
}

/* Send-once notifications nobody has paid for; beyond a full queue none is. */
static unsigned
most_taken_back(unsigned count)
{
	return count / 2 < QUEUE_MAX ? count / 2 : QUEUE_MAX;
}

/* Requests of many names of one port; half are taken back, half are told. */
static void
run_requests(unsigned count, uint64_t *times)
{
	mach_port_t port = space_allocate(RECEIVE);
	unsigned heard = 0;

	for (unsigned i = 0; i < count; i++)
		names[i] = space_extract(self, port, MAKE_SEND_ONCE);
	many_start();
	for (unsigned i = 0; i < count; i++)
		ask(names[i], told);
	times[0] = many_lap();
	for (unsigned i = 0; i < count / 2; i++)
		ask(names[many_mixed(i, count)], MACH_PORT_NULL);
	times[1] = many_lap();
	for (unsigned i = 0; i < count / 2; i++)
		heard += within(0) == ONCE;
	many_start();
	(void)mach_port_destroy(self, port);
	times[2] = many_lap();
	for (unsigned i = count / 2; i < count; i++)
		heard += within(0) == DEAD_NAME;
	times[3] = many_lap();
	many_expect(within(0) == NOTHING);
	for (unsigned i = 0; i < count; i++)
		(void)mach_port_destroy(self, names[i]);
	many_expect(heard == most_taken_back(count) + count - count / 2);
}

static const struct many_scenario scenarios[] = {
    {{"dead names: made", "... found", "... listed", "... freed", NULL},
	run_dead_names},
    {{"ports: made", "... found", "... listed", "... ended", NULL}, run_ports},
    {{"ports of a task: made", "... which ends", NULL}, run_death},
    {{"send rights: ports made", "... rights made", "... rights more",
	 "... given up", "... their task ends", "... dead names freed", NULL},
	run_send_rights},
    {{"a set: joined", "... its members listed", "... messages",
	 "... half of it left", "... it ends", NULL},
	run_members},
    {{"sets: made", "... one port in all", "... out of half", "... it ends",
	 "... they end", NULL},
	run_sets},
    {{"requests: asked", "... taken back", "... the port dies", "... told",
	 NULL},
	run_requests},
};

static const struct many_scenario queue_scenario = {
    {"a queue: sent", "... received", "... ended with its port", NULL},
    run_queue};

int
main(int argc, char **argv)
{
	unsigned count = many_begin(argc, argv);
	const char *word = argc > 2 ? argv[2] : NULL;
	uint64_t pages;
	int before;

	names = malloc(count * sizeof(*names));
	memset(names, 0, count * sizeof(*names));
	pages = many_free_pages();
	before = space_names();
	told = space_allocate(RECEIVE);
	for (size_t i = 0; i < sizeof(scenarios) / sizeof(*scenarios); i++)
		if (word == NULL || strstr(scenarios[i].phases[0], word))
			many_do(&scenarios[i], count);
	if (word == NULL)
		many_do(&queue_scenario, QUEUE_MAX);
	(void)mach_port_destroy(self, told);
	is_int(space_names(), before, "no name is left");
	many_returned(pages, count);
	return test_done();
}
