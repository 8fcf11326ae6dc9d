/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The processor and the sets of processors. There is one processor, so there is
 * one set whose threads run; the others are made, assigned to, asked and
 * destroyed all the same.
 */
#include <ipc/ipc_kobject.h>
#include <kern/convert.h>
#include <kern/load.h>
#include <kern/panic.h>
#include <kern/processor_set.h>
#include <kern/sched.h>
#include <kern/slab.h>
#include <kern/string.h>
#include <kern/task_ports.h>
#include <mach_host_server.h>

IPC_KOBJECT_SUBSYSTEM(mach_host);

struct processor {
	struct ipc_port *port;
};

struct processor_set default_pset;

static struct processor the_processor;
static struct list all_sets = LIST_INITIALIZER(all_sets);
static unsigned set_count;

static bool
pset_init(struct processor_set *pset)
{
	pset->port = ipc_kobject_alloc(IKOT_PSET, pset);
	pset->name_port = ipc_kobject_alloc(IKOT_PSET_NAME, pset);
	pset->max_priority = PRIORITY_KERNEL + 1;
	pset->policies = POLICY_TIMESHARE | POLICY_RR | POLICY_FIFO;
	list_init(&pset->stopped);
	list_append(&all_sets, &pset->link);
	set_count++;
	return pset->port != NULL && pset->name_port != NULL;
}

static void
pset_end(struct processor_set *pset)
{
	list_unlink(&pset->link);
	set_count--;
	ipc_kobject_destroy(pset->port);
	ipc_kobject_destroy(pset->name_port);
	kfree(pset, sizeof(*pset));
}

void
processor_set_init(void)
{
	the_processor.port = ipc_kobject_alloc(IKOT_PROCESSOR, &the_processor);
	if (!pset_init(&default_pset) || the_processor.port == NULL)
		panic("no memory for the processors");
}

static int
worse(int one, int other)
{
	return one > other ? one : other;
}

int
task_max_priority(const struct task *task, const struct processor_set *pset)
{
	return worse(task->best_priority, pset->max_priority);
}

int
processor_set_allows(const struct task *task)
{
	return worse(task->base_priority, task_max_priority(task, task->pset));
}

static mach_port_t
right_to(struct ipc_port *port)
{
	return ipc_port_to_handle(ipc_port_make_send(port));
}

/* Room for the rights of a list; *count is how many. */
static kern_return_t
list_alloc(
    unsigned size, mach_port_array_t *list, mach_msg_type_number_t *count)
{
	*count = size;
	*list = size > 0 ? kalloc(size * sizeof(**list)) : NULL;
	return size == 0 || *list != NULL ? KERN_SUCCESS
					  : KERN_RESOURCE_SHORTAGE;
}

kern_return_t
host_processors(struct host *host, mach_port_array_t *processors,
    mach_msg_type_number_t *count)
{
	kern_return_t kr;

	if (host == NULL)
		return KERN_INVALID_HOST;
	kr = list_alloc(1, processors, count);
	if (kr == KERN_SUCCESS)
		(*processors)[0] = right_to(the_processor.port);
	return kr;
}

/* It runs from the start to the end. */
kern_return_t
processor_start(struct processor *processor)
{
	return processor != NULL ? KERN_FAILURE : KERN_INVALID_ARGUMENT;
}

kern_return_t
processor_exit(struct processor *processor)
{
	return processor != NULL ? KERN_FAILURE : KERN_INVALID_ARGUMENT;
}

kern_return_t
processor_control(struct processor *processor, const integer_t *command,
    mach_msg_type_number_t count)
{
	(void)command;
	(void)count;
	return processor != NULL ? KERN_FAILURE : KERN_INVALID_ARGUMENT;
}

kern_return_t
processor_assign(
    struct processor *processor, struct processor_set *pset, boolean_t wait)
{
	(void)wait;
	return processor != NULL && pset == &default_pset
		   ? KERN_SUCCESS
		   : KERN_INVALID_ARGUMENT;
}

kern_return_t
processor_get_assignment(struct processor *processor, mach_port_t *set)
{
	if (processor == NULL)
		return KERN_INVALID_ARGUMENT;
	*set = right_to(default_pset.name_port);
	return KERN_SUCCESS;
}

kern_return_t
processor_info(struct processor *processor, int flavor, mach_port_t *host,
    integer_t *info, mach_msg_type_number_t *count)
{
	static const processor_basic_info_data_t basic = {
	    .running = TRUE, .is_master = TRUE};

	if (processor == NULL || flavor != PROCESSOR_BASIC_INFO ||
	    *count < PROCESSOR_BASIC_INFO_COUNT)
		return KERN_INVALID_ARGUMENT;
	*host = right_to(the_host.port);
	*count = PROCESSOR_BASIC_INFO_COUNT;
	memcpy(info, &basic, sizeof(basic));
	return KERN_SUCCESS;
}

kern_return_t
processor_set_default(struct host *host, mach_port_t *set)
{
	if (host == NULL)
		return KERN_INVALID_HOST;
	*set = right_to(default_pset.name_port);
	return KERN_SUCCESS;
}

kern_return_t
processor_set_create(struct host *host, mach_port_t *set, mach_port_t *name)
{
	struct processor_set *pset;

	if (host == NULL)
		return KERN_INVALID_HOST;
	pset = kalloc_zero(sizeof(*pset));
	if (pset == NULL)
		return KERN_RESOURCE_SHORTAGE;
	if (!pset_init(pset)) {
		pset_end(pset);
		return KERN_RESOURCE_SHORTAGE;
	}
	*set = right_to(pset->port);
	*name = right_to(pset->name_port);
	return KERN_SUCCESS;
}

/* The task of the set after `after` (NULL: the first), or NULL. */
static struct task *
pset_task(const struct processor_set *pset, struct task *after)
{
	do
		after = task_next(after);
	while (after != NULL &&
	       (after == kernel_task || after->pset != pset || !after->alive));
	return after;
}

kern_return_t
processor_set_destroy(struct processor_set *pset)
{
	struct task *task;
	struct thread *thread;

	if (pset == NULL)
		return KERN_INVALID_ARGUMENT;
	if (pset == &default_pset)
		return KERN_FAILURE;
	for (task = task_next(NULL); task != NULL; task = task_next(task))
		if (task->pset == pset)
			task->pset = &default_pset;
	while ((thread = processor_set_thread(pset, NULL)) != NULL)
		sched_set_pset(thread, &default_pset);
	pset_end(pset);
	return KERN_SUCCESS;
}

kern_return_t
thread_assign(struct thread *thread, struct processor_set *pset)
{
	if (thread == NULL || pset == NULL || thread->state == THREAD_DEAD)
		return KERN_INVALID_ARGUMENT;
	sched_set_pset(thread, pset);
	return KERN_SUCCESS;
}

kern_return_t
thread_assign_default(struct thread *thread)
{
	return thread_assign(thread, &default_pset);
}

kern_return_t
thread_get_assignment(struct thread *thread, mach_port_t *set)
{
	if (thread == NULL)
		return KERN_INVALID_ARGUMENT;
	*set = right_to(thread->pset->name_port);
	return KERN_SUCCESS;
}

kern_return_t
task_assign(
    struct task *task, struct processor_set *pset, boolean_t assign_threads)
{
	if (task == NULL || pset == NULL)
		return KERN_INVALID_ARGUMENT;
	task->pset = pset;
	if (!assign_threads)
		return KERN_SUCCESS;
	list_for_each (node, &task->threads)
		sched_set_pset(
		    list_entry(node, struct thread, task_link), pset);
	return KERN_SUCCESS;
}

kern_return_t
task_assign_default(struct task *task, boolean_t assign_threads)
{
	return task_assign(task, &default_pset, assign_threads);
}

kern_return_t
task_get_assignment(struct task *task, mach_port_t *set)
{
	if (task == NULL)
		return KERN_INVALID_ARGUMENT;
	*set = right_to(task->pset->name_port);
	return KERN_SUCCESS;
}

static unsigned
task_total(const struct processor_set *pset)
{
	struct task *task = NULL;
	unsigned count = 0;

	while ((task = pset_task(pset, task)) != NULL)
		count++;
	return count;
}

static unsigned
thread_total(const struct processor_set *pset)
{
	struct thread *thread = NULL;
	unsigned count = 0;

	while ((thread = processor_set_thread(pset, thread)) != NULL)
		count++;
	return count;
}

kern_return_t
processor_set_tasks(struct processor_set *pset, mach_port_array_t *list,
    mach_msg_type_number_t *count)
{
	struct task *task = NULL;
	kern_return_t kr;
	unsigned n = 0;

	if (pset == NULL)
		return KERN_INVALID_ARGUMENT;
	kr = list_alloc(task_total(pset), list, count);
	while (*list != NULL && (task = pset_task(pset, task)) != NULL)
		(*list)[n++] = right_to(task->self_port);
	return kr;
}

kern_return_t
processor_set_threads(struct processor_set *pset, mach_port_array_t *list,
    mach_msg_type_number_t *count)
{
	struct thread *thread = NULL;
	kern_return_t kr;
	unsigned n = 0;

	if (pset == NULL)
		return KERN_INVALID_ARGUMENT;
	kr = list_alloc(thread_total(pset), list, count);
	while (*list != NULL &&
	       (thread = processor_set_thread(pset, thread)) != NULL)
		(*list)[n++] = right_to(thread->self_port);
	return kr;
}

kern_return_t
host_processor_sets(
    struct host *host, mach_port_array_t *list, mach_msg_type_number_t *count)
{
	kern_return_t kr;
	unsigned n = 0;

	if (host == NULL)
		return KERN_INVALID_HOST;
	kr = list_alloc(set_count, list, count);
	if (*list == NULL)
		return kr;
	list_for_each (node, &all_sets)
		(*list)[n++] = right_to(
		    list_entry(node, struct processor_set, link)->name_port);
	return KERN_SUCCESS;
}

kern_return_t
host_processor_set_priv(
    struct host *host, struct processor_set *name, mach_port_t *set)
{
	if (host == NULL)
		return KERN_INVALID_HOST;
	if (name == NULL)
		return KERN_INVALID_ARGUMENT;
	*set = right_to(name->port);
	return KERN_SUCCESS;
}

kern_return_t
processor_set_info(struct processor_set *pset, int flavor, mach_port_t *host,
    integer_t *info, mach_msg_type_number_t *count)
{
	processor_set_basic_info_data_t basic = {0};
	processor_set_sched_info_data_t sched;
	host_load_info_data_t load;
	bool is_basic = flavor == PROCESSOR_SET_BASIC_INFO;
	unsigned words = is_basic ? PROCESSOR_SET_BASIC_INFO_COUNT
				  : PROCESSOR_SET_SCHED_INFO_COUNT;

	if (pset == NULL || *count < words ||
	    (!is_basic && flavor != PROCESSOR_SET_SCHED_INFO))
		return KERN_INVALID_ARGUMENT;
	if (is_basic) {
		basic.task_count = (integer_t)task_total(pset);
		basic.thread_count = (integer_t)thread_total(pset);
		if (pset == &default_pset) {
			load_get(&load);
			basic.processor_count = 1;
			basic.load_average = load.avenrun[0];
			basic.mach_factor = load.mach_factor[0];
		}
		memcpy(info, &basic, sizeof(basic));
	} else {
		sched.policies = pset->policies;
		sched.max_priority = pset->max_priority;
		memcpy(info, &sched, sizeof(sched));
	}
	*count = words;
	*host = right_to(the_host.port);
	return KERN_SUCCESS;
}
