/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tap on a task's traps. What a thread asks of the kernel, mach_msg with
 * its messages among it, is looked at where it enters and where it leaves: in
 * its own names and its own memory, so nothing of ipc/ or vm/ knows of it, and
 * what is traced runs the same code as ever, short ways included.
 *
 * Records are messages to the tracer's port, made and queued by the thread they
 * are about. A queue that is full loses records, and the next one says how
 * many; or, with TRACE_WAIT, holds the thread up, but not for long: should the
 * tracer itself wait for what the thread does, one of them has to go on. When
 * the tracer's port is dead, tracing ends. When all that was traced is gone,
 * the port has no senders.
 */
#include <mach/mig_support.h>

#include <arch/copy.h>
#include <arch/timer.h>

#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_mqueue.h>
#include <ipc/mach_msg.h>
#include <kern/ktrace.h>
#include <kern/string.h>
#include <kern/task_ports.h>
#include <kern/trace.h>
#include <task_server.h>

#define MACH_MSG_TRAP 25 /* -number */
#define PATIENCE_MS   2000

/* As mig has it for trace.defs. */
struct trace_message {
	mach_msg_header_t header;
	NDR_record_t ndr;
	trace_record_t record;
	mach_msg_type_number_t count;
	uint8_t data[];
};

_Static_assert(offsetof(struct trace_message, data) == 156, "no padding");

/* A message in the memory of the current task. */
struct tapped {
	vm_address_t address;
	mach_msg_size_t size;
};

/* For each trap, 1 + which argument points to a result, 0: none; generated. */
extern const uint8_t mach_trap_out[];

unsigned
trace_ast(const struct task *task)
{
	return ktrace_on || task->trace_port != NULL ? AST_TRACE : 0;
}

static void
update(struct task *task)
{
	unsigned ast = trace_ast(task);

	list_for_each (node, &task->threads) {
		struct thread *thread =
		    list_entry(node, struct thread, task_link);

		/* One that waits for a message will have got it by a trap. */
		if (ast != 0 && !(thread->ast & AST_TRACE))
			thread->trace_trap =
			    mach_msg_receives(thread) ? MACH_MSG_TRAP : 0;
		thread->ast = (thread->ast & ~AST_TRACE) | ast;
	}
}

void
trace_update_all(void)
{
	for (struct task *task = task_next(NULL); task != NULL;
	     task = task_next(task))
		if (task != kernel_task)
			update(task);
}

void
trace_forget(struct task *task)
{
	struct ipc_port *port = task->trace_port;

	task->trace_port = NULL;
	update(task);
	ipc_port_release_send(port);
}

void
trace_inherit(struct task *child, const struct task *parent)
{
	if (!(parent->trace_options & TRACE_CHILDREN))
		return;
	child->trace_port = ipc_port_copy_send(parent->trace_port);
	child->trace_options = parent->trace_options;
}

kern_return_t
task_set_trace(struct task *task, int options, mach_port_t tracer)
{
	struct ipc_port *port = ipc_port_from_handle(tracer);

	if (task == NULL || !task->alive)
		return KERN_INVALID_TASK;
	if (((natural_t)options & ~(TRACE_WAIT | TRACE_CHILDREN)) != 0 ||
	    tracer == MACH_PORT_DEAD)
		return KERN_INVALID_ARGUMENT;
	/* Nobody would take the records out of a kernel object's queue. */
	if (port != NULL &&
	    (task == current_task() || ipc_port_is_kobject(port)))
		return KERN_INVALID_ARGUMENT;
	if (port != NULL && task->trace_port != NULL &&
	    !ipc_port_dead(task->trace_port))
		return KERN_FAILURE;
	ipc_port_release_send(task->trace_port);
	task->trace_port = port;
	task->trace_options = (natural_t)options;
	task->trace_lost = 0;
	update(task);
	return KERN_SUCCESS;
}

void
trace_copy(const struct task *from, struct task *to, bool as_child)
{
	if (from->trace_port == NULL ||
	    (as_child && !(from->trace_options & TRACE_CHILDREN)))
		return;
	trace_forget(to);
	to->trace_port = ipc_port_copy_send(from->trace_port);
	to->trace_options = from->trace_options;
}

/* A record, with what can be had of a message; NULL: no memory. May block. */
static struct ipc_kmsg *
make_record(const trace_record_t *record, const struct tapped *tapped)
{
	mach_msg_size_t size =
	    tapped->size < TRACE_DATA_MAX ? tapped->size : TRACE_DATA_MAX;
	mach_msg_size_t head = offsetof(struct trace_message, data);
	struct ipc_kmsg *kmsg = ipc_kmsg_alloc(head + size);
	struct trace_message *message;

	if (kmsg == NULL)
		return NULL;
	message = (struct trace_message *)(void *)&kmsg->header;
	message->ndr = NDR_record;
	message->record = *record;
	message->count = size;
	if (size > 0 && !copyin(tapped->address, message->data, size))
		message->count = size = 0;
	message->header = (mach_msg_header_t){
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_PORT_SEND, 0),
	    .msgh_size = head + size,
	    .msgh_id = TRACE_MSG_ID,
	};
	return kmsg;
}

/* An abort meant for what is traced is not to be spent here. */
static mach_msg_return_t
send(struct task *task, struct ipc_kmsg *kmsg)
{
	mach_msg_return_t mr = ipc_mqueue_send(kmsg, MACH_SEND_TIMEOUT,
	    task->trace_options & TRACE_WAIT ? PATIENCE_MS : 0);

	if (mr == MACH_SEND_INTERRUPTED)
		current_thread()->ast |= AST_ABORT;
	if (mr == MACH_SEND_TIMED_OUT)
		task->trace_options &= ~TRACE_WAIT;
	if (mr != MACH_MSG_SUCCESS)
		ipc_kmsg_destroy(kmsg);
	ipc_reap();
	return mr;
}

/* Tell the tracer of the current thread. May block. */
static void
tell(trace_record_t *record, const struct tapped *tapped)
{
	struct thread *self = current_thread();
	struct task *task = self->task;
	struct ipc_kmsg *kmsg;
	struct ipc_port *port;

	record->time = clock_uptime_ns();
	record->task = kaddr_to_handle(task);
	record->thread = kaddr_to_handle(self);
	record->lost = task->trace_lost;
	record->size = tapped->size;
	memcpy(record->name, task->name, sizeof(record->name));
	kmsg = make_record(record, tapped);
	port = ipc_port_copy_send(task->trace_port);
	if (port == NULL) {
		if (kmsg != NULL)
			ipc_kmsg_free(kmsg);
		trace_forget(task);
		return;
	}
	if (kmsg == NULL) {
		ipc_port_release_send(port);
		task->trace_lost++;
		return;
	}
	kmsg->header.msgh_remote_port = ipc_port_to_handle(port);
	task->trace_lost -= record->lost;
	if (send(task, kmsg) != MACH_MSG_SUCCESS)
		task->trace_lost += record->lost + 1;
}

static void
note_message(unsigned kind, const struct tapped *tapped)
{
	mach_msg_header_t header;
	mach_port_name_t port;
	unsigned type;

	if (tapped->size < sizeof(header) ||
	    !copyin(tapped->address, &header, sizeof(header)))
		return;
	if (kind == KTRACE_SEND) {
		port = header.msgh_remote_port;
		type = MACH_MSGH_BITS_REMOTE(header.msgh_bits);
	} else {
		port = header.msgh_local_port;
		type = MACH_MSGH_BITS_LOCAL(header.msgh_bits);
	}
	ktrace(current_thread(), kind, type == MACH_MSG_TYPE_PORT_SEND_ONCE,
	    (uint32_t)header.msgh_id, (uint64_t)port << 32 | tapped->size);
}

static uint64_t
out_value(const struct thread *self, unsigned index)
{
	uint64_t value = 0;

	if (mach_trap_out[index] == 0 ||
	    !copyin(
		trap_frame_arg(&self->arch.frame, mach_trap_out[index] - 1U),
		&value, sizeof(value)))
		return 0;
	return value;
}

uint64_t
trap_traced(uint64_t index)
{
	struct thread *self = current_thread();
	trace_record_t record = {.kind = TRACE_TRAP, .trap = -(int)index};
	const uint64_t *arg = record.argument;
	struct tapped tapped = {0};

	for (unsigned i = 0; i < TRACE_ARGUMENTS; i++)
		record.argument[i] = trap_frame_arg(&self->arch.frame, i);
	self->trace_trap = (unsigned)index;
	if (index == MACH_MSG_TRAP && (arg[1] & MACH_SEND_MSG) != 0)
		tapped = (struct tapped){arg[0], (mach_msg_size_t)arg[2]};
	ktrace_running(self);
	ktrace(self, KTRACE_TRAP, (unsigned)index, arg[0], arg[1]);
	if (ktrace_on)
		note_message(KTRACE_SEND, &tapped);
	if (self->task->trace_port != NULL) {
		record.out = out_value(self, (unsigned)index);
		tell(&record, &tapped);
	}
	return mach_trap_table[index](
	    arg[0], arg[1], arg[2], arg[3], arg[4], arg[5], arg[6]);
}

/* The message that the current thread's mach_msg has received, if any. */
static struct tapped
received(const struct thread *self, uint64_t result)
{
	const struct mach_msg_call *call = &self->ipc.call;
	struct tapped tapped = {0};
	mach_msg_header_t header;

	if (!(call->option & MACH_RCV_MSG) || result != MACH_MSG_SUCCESS ||
	    !copyin(call->buffer, &header, sizeof(header)))
		return tapped;
	return (struct tapped){call->buffer, header.msgh_size};
}

void
trace_return(struct thread *self)
{
	trace_record_t record = {.kind = TRACE_RETURN,
	    .trap = -(int)self->trace_trap,
	    .result = trap_frame_result(&self->arch.frame)};
	unsigned index = self->trace_trap;
	struct tapped tapped = {0};

	ktrace_running(self);
	if (index == 0 || (self->ast & AST_TERMINATE))
		return;
	self->trace_trap = 0;
	if (index == MACH_MSG_TRAP)
		tapped = received(self, record.result);
	if (ktrace_on)
		note_message(KTRACE_RECEIVE, &tapped);
	ktrace(self, KTRACE_RETURN, index, record.result, 0);
	if (self->task->trace_port != NULL) {
		record.out = out_value(self, index);
		tell(&record, &tapped);
	}
}

void
trace_exception(int exception, int64_t code, int64_t subcode)
{
	trace_record_t record = {.kind = TRACE_EXCEPTION,
	    .argument = {
		(uint64_t)exception, (uint64_t)code, (uint64_t)subcode}};
	struct tapped nothing = {0};

	ktrace(current_thread(), KTRACE_EXCEPTION, (unsigned)exception,
	    (uint64_t)code, (uint64_t)subcode);
	if (current_task()->trace_port != NULL)
		tell(&record, &nothing);
}

void
trace_end(void)
{
	trace_record_t record = {.kind = TRACE_END};
	struct tapped nothing = {0};

	if (current_task()->trace_port != NULL)
		tell(&record, &nothing);
}
