/* SPDX-License-Identifier: BSD-2-Clause */
/* Tasks by pid and name. One port has one name here, so names can be compared.
 */
#include <mach/host_user.h>
#include <mach/mach_port_user.h>
#include <mach/task_user.h>

#include <libmach/mach.h>
#include <libtask/task.h>
#include <machr/system.h>
#include <stdlib.h>
#include <string.h>

#include "lib/util.h"

mach_port_t
task_host(void)
{
	static mach_port_t host;

	if (host == MACH_PORT_NULL && machr_host(&host) != 0)
		die_errno("the host's control port");
	return host;
}

/* Whose process each task is. */
static void
find_pids(struct task_entry *list, size_t count)
{
	int total = machr_process_list(NULL, 0);
	struct machr_process *processes;

	if (total <= 0)
		return;
	processes = xmalloc((size_t)total * sizeof(*processes));
	if (machr_process_list(processes, total) < total)
		total = 0;
	for (int i = 0; i < total; i++) {
		mach_port_t task;

		if (machr_task(processes[i].pid, &task) != 0)
			continue;
		for (size_t j = 0; j < count; j++)
			if (list[j].task == task)
				list[j].pid = processes[i].pid;
		(void)mach_port_deallocate(mach_task_self(), task);
	}
	free(processes);
}

struct task_entry *
task_list(size_t *count)
{
	mach_msg_type_number_t total = 0;
	mach_port_t *tasks = NULL;
	struct task_entry *list;

	if (host_tasks(task_host(), &tasks, &total) != KERN_SUCCESS)
		die("no list of tasks");
	list = xmalloc((total + 1) * sizeof(*list));
	memset(list, 0, (total + 1) * sizeof(*list));
	*count = 0;
	for (unsigned i = 0; i < total; i++) {
		struct task_entry *entry = &list[*count];

		entry->task = tasks[i];
		/* One may have ended meanwhile. */
		if (MACH_PORT_VALID(tasks[i]) &&
		    task_get_name(tasks[i], entry->name) == KERN_SUCCESS)
			++*count;
	}
	mig_deallocate((vm_address_t)tasks, total * sizeof(*tasks));
	find_pids(list, *count);
	return list;
}

/* By its name; the first there is. */
static mach_port_t
find_named(const char *name)
{
	mach_port_t found = MACH_PORT_NULL;
	size_t count;
	struct task_entry *list = task_list(&count);

	for (size_t i = 0; i < count && found == MACH_PORT_NULL; i++)
		if (strcmp(list[i].name, name) == 0)
			found = list[i].task;
	free(list);
	if (found == MACH_PORT_NULL)
		die("no task is called %s", name);
	return found;
}

mach_port_t
task_find(const char *word, bool *server)
{
	char *end;
	long pid = strtol(word, &end, 10);
	mach_port_t task;

	*server = *end != '\0' || end == word;
	if (*server)
		return find_named(word);
	if (machr_task((pid_t)pid, &task) != 0)
		die_errno(word);
	return task;
}
