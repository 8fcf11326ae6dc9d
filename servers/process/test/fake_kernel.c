/* SPDX-License-Identifier: BSD-2-Clause */
/* See fake_kernel.h. */
#include "fake_kernel.h"

#include <mach/mach_host_user.h>
#include <mach/mach_port_user.h>
#include <mach/task_user.h>
#include <mach/thread_act_user.h>
#include <mach/traps.h>
#include <mach/vm_map_user.h>

#include <libports/ports.h>
#include <servers/bootstrap_user.h>
#include <servers/process_reply_user.h>
#include <stdlib.h>
#include <string.h>

#define PORTS 65536

struct fake fake;
mach_port_t host_priv = 1;
mach_port_t root_directory = 2;
struct ports_class process_class = {.name = "process"};

static void *objects[PORTS];
static mach_port_t last_port = 100;

struct process *
process_of(mach_port_t port)
{
	struct process *process = objects[port];

	return process != NULL && process->task != MACH_PORT_NULL ? process
								  : NULL;
}

struct process *
fake_child(struct process *parent)
{
	struct process *process = NULL;

	if (table_add(parent, &process) != 0)
		return NULL;
	process->task = last_port++;
	process->thread = last_port++;
	process->page = calloc(1, sizeof(*process->page));
	process->page->trampoline = 0x401000;
	return process;
}

mach_msg_timeout_t
fake_poll(void)
{
	mach_msg_timeout_t wait = timer_poll();

	return wait + deliver_poll();
}

void
init_has_ended(int status)
{
	(void)status;
	fake.init_ended = true;
}

kern_return_t
ports_create(const struct ports_class *class, void *object, mach_port_t *port)
{
	(void)class;
	*port = last_port++;
	objects[*port] = object;
	return KERN_SUCCESS;
}

void
ports_destroy(mach_port_t port)
{
	objects[port] = NULL;
}

mach_port_t
ports_right(mach_port_t port)
{
	return port;
}

kern_return_t
ports_watch(mach_port_t name)
{
	fake.watched = name;
	return KERN_SUCCESS;
}

mach_port_t
ports_take_reply(void)
{
	return fake.reply;
}

mach_port_t
mach_task_self(void)
{
	return 3;
}

kern_return_t
syscall_mach_port_deallocate(mach_port_t task, mach_port_name_t name)
{
	(void)task;
	(void)name;
	return KERN_SUCCESS;
}

kern_return_t
mach_port_mod_refs(mach_port_t task, mach_port_name_t name,
    mach_port_right_t right, mach_port_delta_t delta)
{
	(void)task;
	(void)name;
	(void)right;
	(void)delta;
	return KERN_SUCCESS;
}

kern_return_t
mach_port_type(mach_port_t task, mach_port_name_t name, mach_port_type_t *type)
{
	(void)task;
	*type = name == fake.dead_reply ? MACH_PORT_TYPE_DEAD_NAME
					: MACH_PORT_TYPE_SEND_ONCE;
	return KERN_SUCCESS;
}

uint64_t
clock_get_ns(int clock)
{
	(void)clock;
	return fake.now;
}

kern_return_t
proc_wait_reply(mach_port_t reply, kern_return_t code, int waited, int status,
    proc_usage_t usage)
{
	(void)usage;
	if (reply != MACH_PORT_NULL && reply == fake.dead_reply)
		return MACH_SEND_INVALID_DEST;
	fake.replies++;
	fake.reply_code = code;
	fake.reply_pid = waited;
	fake.reply_status = status;
	return KERN_SUCCESS;
}

kern_return_t
proc_signal_wait_reply(
    mach_port_t reply, kern_return_t code, proc_siginfo_t info)
{
	static const struct proc_usage nothing;

	fake.taken = info;
	return proc_wait_reply(reply, code, 0, 0, nothing);
}

/* There are no threads but the first. */
kern_return_t
task_threads(
    mach_port_t task, thread_array_t *threads, mach_msg_type_number_t *count)
{
	(void)task;
	(void)threads;
	(void)count;
	return KERN_FAILURE;
}

kern_return_t
syscall_vm_deallocate(mach_port_t task, vm_address_t address, vm_size_t size)
{
	(void)task;
	(void)address;
	(void)size;
	return KERN_SUCCESS;
}

kern_return_t
proc_pause_reply(mach_port_t reply, kern_return_t code)
{
	static const proc_usage_t nothing;

	return proc_wait_reply(reply, code, 0, 0, nothing);
}

void
image_release_page(struct signal_page *page)
{
	free(page);
}

kern_return_t
task_get_limits(mach_port_t task, task_limits_t *limits)
{
	(void)task;
	memset(limits, 0, sizeof(*limits));
	return KERN_SUCCESS;
}

kern_return_t
task_set_limits(mach_port_t task, task_limits_t limits, mach_port_t host)
{
	(void)task;
	(void)host;
	fake.best_priority = (int)limits.priority;
	return KERN_SUCCESS;
}

kern_return_t
task_priority(mach_port_t task, int priority, boolean_t change_threads)
{
	(void)task;
	(void)change_threads;
	fake.priority = priority;
	return KERN_SUCCESS;
}

kern_return_t
thread_info(mach_port_t thread, int flavor, thread_info_t info,
    mach_msg_type_number_t *count)
{
	(void)thread;
	(void)flavor;
	(void)info;
	(void)count;
	return KERN_FAILURE;
}

kern_return_t
thread_priority(mach_port_t thread, int priority, boolean_t set_max)
{
	(void)thread;
	(void)priority;
	(void)set_max;
	return KERN_FAILURE;
}

/* Every task has run for 10 ns. */
kern_return_t
task_info(mach_port_t task, int flavor, task_info_t info,
    mach_msg_type_number_t *count)
{
	task_basic_info_data_t basic = {.user_time = {.nanoseconds = 10}};

	(void)task;
	(void)flavor;
	memcpy(info, &basic, sizeof(basic));
	*count = TASK_BASIC_INFO_COUNT;
	return KERN_SUCCESS;
}

kern_return_t
task_terminate(mach_port_t task)
{
	(void)task;
	fake.terminated++;
	return KERN_SUCCESS;
}

kern_return_t
task_suspend(mach_port_t task)
{
	(void)task;
	fake.suspended++;
	return KERN_SUCCESS;
}

kern_return_t
task_resume(mach_port_t task)
{
	(void)task;
	fake.resumed++;
	return KERN_SUCCESS;
}

kern_return_t
task_set_security_token(
    mach_port_t task, security_token_t token, mach_port_t priv)
{
	(void)task;
	fake.token = token;
	return priv == host_priv ? KERN_SUCCESS : KERN_INVALID_HOST;
}

kern_return_t
task_set_groups(mach_port_t task, natural_t groups, mach_port_t priv)
{
	(void)task;
	fake.groups = groups;
	return priv == host_priv ? KERN_SUCCESS : KERN_INVALID_HOST;
}

kern_return_t
syscall_vm_allocate(
    mach_port_t task, vm_address_t *address, vm_size_t size, boolean_t anywhere)
{
	(void)task;
	(void)anywhere;
	*address = (vm_address_t)calloc(1, size);
	return KERN_SUCCESS;
}

kern_return_t
mach_make_memory_entry(mach_port_t task, vm_size_t *size, vm_offset_t offset,
    vm_prot_t permission, mach_port_t *entry, mach_port_t parent)
{
	(void)task;
	(void)size;
	(void)offset;
	(void)parent;
	*entry = 1;
	return permission == VM_PROT_READ ? KERN_SUCCESS : KERN_FAILURE;
}

kern_return_t
bootstrap_register(mach_port_t bootstrap, const char *name, mach_port_t port)
{
	(void)bootstrap;
	(void)name;
	(void)port;
	return KERN_SUCCESS;
}

kern_return_t
thread_suspend(mach_port_t thread)
{
	(void)thread;
	return KERN_SUCCESS;
}

kern_return_t
thread_resume(mach_port_t thread)
{
	(void)thread;
	return KERN_SUCCESS;
}

kern_return_t
thread_abort(mach_port_t thread)
{
	(void)thread;
	return KERN_SUCCESS;
}

kern_return_t
thread_get_state(mach_port_t thread, int flavor, natural_t *state,
    mach_msg_type_number_t *count)
{
	(void)thread;
	(void)flavor;
	(void)count;
	memcpy(state, &fake.state, sizeof(fake.state));
	return KERN_SUCCESS;
}

kern_return_t
thread_set_state(mach_port_t thread, int flavor, const natural_t *state,
    mach_msg_type_number_t count)
{
	(void)thread;
	(void)flavor;
	(void)count;
	if (fake.busy)
		return KERN_FAILURE;
	memcpy(&fake.state, state, sizeof(fake.state));
	return KERN_SUCCESS;
}

kern_return_t
vm_write(mach_port_t task, vm_address_t address, vm_offset_t data,
    mach_msg_type_number_t count)
{
	(void)task;
	if (fake.no_stack || count != sizeof(fake.frame))
		return KERN_INVALID_ADDRESS;
	fake.frame_at = address;
	memcpy(&fake.frame, (const void *)data, sizeof(fake.frame));
	return KERN_SUCCESS;
}

/* Of stubs' inline functions that nothing here calls. */
mach_msg_return_t
mach_msg(mach_msg_header_t *message, mach_msg_option_t option,
    mach_msg_size_t send_size, mach_msg_size_t receive_size,
    mach_port_t receive, mach_msg_timeout_t timeout, mach_port_t notify)
{
	(void)message;
	(void)option;
	(void)send_size;
	(void)receive_size;
	(void)receive;
	(void)timeout;
	(void)notify;
	return MACH_SEND_INVALID_DEST;
}
