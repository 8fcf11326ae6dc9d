/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: portstat [-h] [TASK [NAME]]
 * help: show what ports tasks have; a task's names; who has rights to a port
 *
 * TASK is a process by its number, or a server by its name; NAME is one of its
 * port names, in hexadecimal. Who has a right is seen of all tasks (by user 0),
 * but not of messages on their way, nor of the kernel.
 */
#include <mach/kernel_object.h>
#include <mach/mach_port_user.h>
#include <mach/task_user.h>

#include <libmach/mach.h>
#include <libtask/task.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("portstat [-h] [TASK [NAME]]",
    "show what ports tasks have; a task's names; who has rights to a port");

struct table {
	ipc_info_name_t *names;
	mach_msg_type_number_t count;
};

static bool
get_table(mach_port_t task, struct table *table)
{
	ipc_info_space_t info;

	table->names = NULL;
	table->count = 0;
	return mach_port_space_info(
		   task, &info, &table->names, &table->count) == KERN_SUCCESS;
}

static void
free_table(const struct table *table)
{
	mig_deallocate(
	    (vm_address_t)table->names, table->count * sizeof(table->names[0]));
}

static unsigned
count_type(const struct table *table, mach_port_type_t type)
{
	unsigned count = 0;

	for (unsigned i = 0; i < table->count; i++)
		count += (table->names[i].iin_type & type) != 0;
	return count;
}

/* Messages that wait in the task's ports. */
static unsigned
count_queued(const struct table *table)
{
	unsigned count = 0;

	for (unsigned i = 0; i < table->count; i++)
		if (table->names[i].iin_type & MACH_PORT_TYPE_RECEIVE)
			count += table->names[i].iin_msgcount;
	return count;
}

static void
print_task(const struct task_entry *entry)
{
	task_limits_t limits = {0};
	struct table table;

	if (!get_table(entry->task, &table))
		return;
	(void)task_get_limits(entry->task, &limits);
	if (entry->pid != 0)
		printf("%6ld", (long)entry->pid);
	else
		printf("%6s", "-");
	printf(" %-16s %7u", entry->name, table.count);
	if (limits.names == UINT32_MAX || limits.names == 0)
		printf(" %8s", "-");
	else
		printf(" %8u", limits.names);
	printf(" %7u %7u %7u %5u %5u %7u\n",
	    count_type(&table, MACH_PORT_TYPE_RECEIVE),
	    count_type(&table, MACH_PORT_TYPE_SEND),
	    count_type(&table, MACH_PORT_TYPE_SEND_ONCE),
	    count_type(&table, MACH_PORT_TYPE_PORT_SET),
	    count_type(&table, MACH_PORT_TYPE_DEAD_NAME), count_queued(&table));
	free_table(&table);
}

static void
print_tasks(void)
{
	size_t count;
	struct task_entry *list = task_list(&count);

	printf("%6s %-16s %7s %8s %7s %7s %7s %5s %5s %7s\n", "PID", "TASK",
	    "NAMES", "LIMIT", "RECEIVE", "SEND", "ONCE", "SETS", "DEAD",
	    "QUEUED");
	for (size_t i = 0; i < count; i++)
		print_task(&list[i]);
	free(list);
}

static const char *
object_name(natural_t kind)
{
	static const char *const names[] = {
	    MACH_KERNEL_OBJECTS(MACH_KERNEL_OBJECT_NAME)};

	return kind < sizeof(names) / sizeof(names[0]) ? names[kind]
						       : "kernel object";
}

static void
print_rights(mach_port_type_t type)
{
	static const struct {
		mach_port_type_t type;
		const char *name;
	} rights[] = {
	    {MACH_PORT_TYPE_RECEIVE, "receive"},
	    {MACH_PORT_TYPE_SEND, "send"},
	    {MACH_PORT_TYPE_SEND_ONCE, "send-once"},
	    {MACH_PORT_TYPE_PORT_SET, "set"},
	    {MACH_PORT_TYPE_DEAD_NAME, "dead"},
	};
	char text[64] = "";

	for (size_t i = 0; i < sizeof(rights) / sizeof(rights[0]); i++) {
		if (!(type & rights[i].type))
			continue;
		if (text[0] != '\0')
			(void)strlcat(text, "+", sizeof(text));
		(void)strlcat(text, rights[i].name, sizeof(text));
	}
	printf(" %-14s", text);
}

/* Behind a receive right: queue and limit, the set, what is asked for. */
static void
print_status(mach_port_t task, mach_port_name_t name)
{
	mach_port_status_t status;

	if (mach_port_get_receive_status(task, name, &status) != KERN_SUCCESS)
		return;
	printf(" %u/%u", status.mps_msgcount, status.mps_qlimit);
	if (status.mps_pset != MACH_PORT_NULL)
		printf(" in set %x", status.mps_pset);
	if (!status.mps_srights)
		printf(" no senders");
	if (status.mps_sorights > 0)
		printf(" send-once %u", status.mps_sorights);
	if (status.mps_nsrequest)
		printf(" asks no-senders");
	if (status.mps_pdrequest)
		printf(" asks port-destroyed");
}

static void
print_set(mach_port_t task, mach_port_name_t name)
{
	mach_port_name_t *members = NULL;
	mach_msg_type_number_t count = 0;

	if (mach_port_get_set_status(task, name, &members, &count) !=
	    KERN_SUCCESS)
		return;
	printf(" %u members", count);
	mig_deallocate((vm_address_t)members, count * sizeof(*members));
}

static void
print_name(mach_port_t task, const ipc_info_name_t *name)
{
	printf("%8x", name->iin_name);
	print_rights(name->iin_type);
	printf(" %5u", name->iin_urefs);
	if (name->iin_object != 0)
		printf(" %8x", name->iin_object);
	else
		printf(" %8s", "-");
	if (name->iin_type & MACH_PORT_TYPE_RECEIVE)
		print_status(task, name->iin_name);
	else if (name->iin_type & MACH_PORT_TYPE_PORT_SET)
		print_set(task, name->iin_name);
	else if (name->iin_kotype != 0)
		printf(" %s", object_name(name->iin_kotype));
	putchar('\n');
}

static void
get_table_or_die(mach_port_t task, const char *word, struct table *table)
{
	if (!get_table(task, table))
		die("%s: its names cannot be had", word);
}

static void
print_names(mach_port_t task, const char *word)
{
	struct table table;

	get_table_or_die(task, word, &table);
	printf("%8s %-14s %5s %8s %s\n", "NAME", "RIGHTS", "REFS", "PORT",
	    "QUEUED/LIMIT");
	for (unsigned i = 0; i < table.count; i++)
		print_name(task, &table.names[i]);
	printf("%u names\n", table.count);
	free_table(&table);
}

/* What port a name stands for. */
static natural_t
object_of(mach_port_t task, const char *word, const char *name)
{
	struct table table;
	natural_t object = 0;
	char *end;
	unsigned long wanted = strtoul(name, &end, 16);

	if (*end != '\0' || end == name)
		die("%s: not a port name", name);
	get_table_or_die(task, word, &table);
	for (unsigned i = 0; i < table.count; i++)
		if (table.names[i].iin_name == wanted)
			object = table.names[i].iin_object;
	free_table(&table);
	if (object == 0)
		die("%s: %s has no port of that name", name, word);
	return object;
}

static void
print_holders(natural_t object)
{
	size_t count;
	struct task_entry *list = task_list(&count);

	printf("%6s %-16s %8s %-14s %5s\n", "PID", "TASK", "NAME", "RIGHTS",
	    "REFS");
	for (size_t i = 0; i < count; i++) {
		struct table table;

		if (!get_table(list[i].task, &table))
			continue;
		for (unsigned j = 0; j < table.count; j++) {
			const ipc_info_name_t *name = &table.names[j];

			if (name->iin_object != object)
				continue;
			if (list[i].pid != 0)
				printf("%6ld", (long)list[i].pid);
			else
				printf("%6s", "-");
			printf(" %-16s %8x", list[i].name, name->iin_name);
			print_rights(name->iin_type);
			printf(" %5u\n", name->iin_urefs);
		}
		free_table(&table);
	}
	free(list);
}

int
main(int argc, char **argv)
{
	mach_port_t task;
	bool server;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "h")) != -1) {
		if (option == 'h')
			util_help_exit();
		util_usage_exit();
	}
	argc -= optind;
	argv += optind;
	if (argc > 2)
		util_usage_exit();
	if (argc == 0) {
		print_tasks();
		return util_exit(0);
	}
	task = task_find(argv[0], &server);
	if (argc == 1)
		print_names(task, argv[0]);
	else
		print_holders(object_of(task, argv[0], argv[1]));
	return util_exit(0);
}
