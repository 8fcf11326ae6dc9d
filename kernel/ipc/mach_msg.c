/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The general path of the mach_msg trap, which fastpath.c has. Send: user
 * memory to buffer, names to rights, to the queue or the kernel object.
 * Receive: from the queue, rights to names, buffer to user memory. A thread
 * that waits to receive keeps no stack: what it needs is in thread->ipc, and it
 * goes on in mach_msg_receive_continue().
 *
 * What is re-validated after each wait: a send that waits in copyin holds the
 * rights it has; nothing else. A send that waits for room is told what became
 * of its message (ipc_mqueue.h). A receive likewise; its name is not looked at
 * again.
 */
#include <mach/notify.h>

#include <arch/copy.h>

#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_marequest.h>
#include <ipc/ipc_mqueue.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_quota.h>
#include <ipc/ipc_right.h>
#include <ipc/mach_msg.h>
#include <ipc/mach_port.h>
#include <ipc/mach_port_find.h>
#include <kern/task.h>
#include <kern/thread.h>

void
mach_msg_send_reply(struct ipc_kmsg *reply)
{
	const struct ipc_port *port = ipc_kmsg_remote(reply);

	if (port == NULL || ipc_port_is_kobject(port) ||
	    ipc_mqueue_send(reply, MACH_SEND_TIMEOUT, 0) != MACH_MSG_SUCCESS)
		ipc_kmsg_destroy(reply);
}

mach_msg_return_t
mach_msg_send_kmsg(
    struct ipc_kmsg *kmsg, mach_msg_option_t option, mach_msg_timeout_t timeout)
{
	const struct ipc_port *port = ipc_kmsg_remote(kmsg);
	struct ipc_kmsg *reply;

	if (port == NULL || !ipc_port_is_kobject(port))
		return ipc_mqueue_send(kmsg, option, timeout);
	reply = ipc_kobject_call(kmsg);
	if (reply != NULL)
		mach_msg_send_reply(reply);
	return MACH_MSG_SUCCESS;
}

/* Give the sender its message back; the reason comes first. */
static mach_msg_return_t
send_back(struct ipc_kmsg *kmsg, vm_address_t buffer, mach_msg_return_t mr)
{
	struct task *task = current_task();

	mr |= ipc_kmsg_copyout_pseudo(kmsg, task->space, task->map);
	(void)ipc_kmsg_put(kmsg, buffer, MACH_MSG_OPTION_NONE);
	ipc_kmsg_free(kmsg);
	return mr;
}

/* The port to be told: the caller must receive from it. NULL: it is none. */
static struct ipc_port *
notify_port(const struct mach_msg_call *call)
{
	struct ipc_port *port;

	return mach_port_find_receive(
		   current_task()->space, call->notify, &port) == KERN_SUCCESS
		   ? port
		   : NULL;
}

/* Of an earlier message to the port no name will be told. */
static void
cancel_notify(struct ipc_space *space, mach_port_name_t name)
{
	struct ipc_entry *entry = ipc_right_lookup(space, name);

	if (entry != NULL && entry->object != NULL &&
	    (entry->bits & IPC_ENTRY_MAREQUEST) != 0)
		ipc_marequest_cancel(entry);
}

/* The queue is full: beyond its limit, with a notification for later. */
static mach_msg_return_t
send_notify(struct ipc_kmsg *kmsg, const struct mach_msg_call *call)
{
	struct ipc_port *notify = notify_port(call);
	const struct ipc_port *port = ipc_kmsg_remote(kmsg);
	mach_msg_return_t mr;

	if (notify == NULL)
		return MACH_SEND_INVALID_NOTIFY;
	if (port->msgcount >= IPC_PORT_QUEUE_MAX)
		return MACH_SEND_NO_BUFFER;
	if (!ipc_quota_charge(current_task()->space->quota, kmsg))
		return MACH_SEND_NO_BUFFER;
	mr = ipc_marequest_create(current_task()->space, kmsg, notify);
	if (mr != MACH_MSG_SUCCESS) {
		ipc_quota_discharge(kmsg);
		return mr;
	}
	(void)ipc_mqueue_send(kmsg, MACH_SEND_ALWAYS, 0);
	return MACH_SEND_WILL_NOTIFY;
}

/* The user's message, translated; nothing is left of it on errors. */
static mach_msg_return_t
get_message(const struct mach_msg_call *call, struct ipc_kmsg **result)
{
	struct task *task = current_task();
	struct ipc_kmsg *kmsg;
	mach_msg_return_t mr;

	if ((call->option & (MACH_SEND_NOTIFY | MACH_SEND_CANCEL)) != 0 &&
	    notify_port(call) == NULL)
		return MACH_SEND_INVALID_NOTIFY;
	mr = ipc_kmsg_get(call->buffer, call->send_size, &kmsg);
	if (mr != MACH_MSG_SUCCESS)
		return mr;
	if (call->option & MACH_SEND_CANCEL)
		cancel_notify(task->space, kmsg->header.msgh_remote_port);
	mr = ipc_kmsg_copyin_header(kmsg, task->space);
	if (mr != MACH_MSG_SUCCESS) {
		ipc_kmsg_free(kmsg);
		return mr;
	}
	mr = ipc_kmsg_copyin_body(kmsg, task->space, task->map);
	if (mr == MACH_MSG_SUCCESS)
		*result = kmsg;
	return mr;
}

/*
 * MACH_RCV_NOTIFY: the reply right that came is watched, in place of whoever
 * watched its name before. The port to be told may be gone since. Who cannot be
 * told gets a header and no more.
 */
static mach_msg_return_t
request_dead_name(struct ipc_kmsg *kmsg, const struct task *task)
{
	mach_msg_header_t *header = &kmsg->header;
	struct ipc_port *notify = notify_port(&current_thread()->ipc.call);
	mach_port_t previous = MACH_PORT_NULL;

	if (!MACH_PORT_VALID(header->msgh_remote_port) || notify == NULL)
		return MACH_MSG_SUCCESS;
	notify->sorights++;
	if (mach_port_request_notification(task->space,
		header->msgh_remote_port, MACH_NOTIFY_DEAD_NAME, 1,
		ipc_port_to_handle(notify), &previous) == KERN_SUCCESS) {
		ipc_port_release_send_once(ipc_port_from_handle(previous));
		return MACH_MSG_SUCCESS;
	}
	notify->sorights--;
	ipc_kmsg_undo_copyout(kmsg, task->space, task->map);
	header->msgh_bits =
	    MACH_MSGH_BITS(0, MACH_MSGH_BITS_LOCAL(header->msgh_bits));
	header->msgh_size = sizeof(*header);
	header->msgh_remote_port = MACH_PORT_NULL;
	return MACH_RCV_HEADER_ERROR | MACH_MSG_IPC_KERNEL;
}

/* The body of a message received over a list: what the list wants, the rest. */
static mach_msg_return_t
put_over(struct ipc_kmsg *kmsg, const struct mach_msg_call *call)
{
	struct task *task = current_task();
	mach_msg_return_t mr = ipc_scatter_copyout(
	    kmsg, call->buffer, call->send_size, task->space, task->map);

	return mr | ipc_kmsg_copyout_body(kmsg, task->space, task->map);
}

/* A message the current thread has received, to its buffer. */
static mach_msg_return_t
put_message(struct ipc_kmsg *kmsg, const struct mach_msg_call *call)
{
	mach_msg_option_t option = call->option;
	struct task *task = current_task();
	mach_msg_return_t mr = MACH_MSG_SUCCESS;
	mach_msg_return_t put;

	if (option & MACH_RCV_OVERWRITE)
		mr = ipc_scatter_check(kmsg, call->buffer, call->send_size);
	if (mr != MACH_MSG_SUCCESS) {
		ipc_kmsg_destroy(kmsg);
		return mr;
	}
	mr = ipc_kmsg_copyout_header(kmsg, task->space);
	if (kmsg->header.msgh_bits & MACH_MSGH_BITS_COMPLEX) {
		mach_msg_return_t body =
		    option & MACH_RCV_OVERWRITE
			? put_over(kmsg, call)
			: ipc_kmsg_copyout_body(kmsg, task->space, task->map);

		if (body != MACH_MSG_SUCCESS)
			mr = MACH_RCV_BODY_ERROR | body;
	}
	if ((option & MACH_RCV_NOTIFY) != 0 && mr == MACH_MSG_SUCCESS)
		mr = request_dead_name(kmsg, task);
	put = ipc_kmsg_put(kmsg, call->buffer, option);
	if (put != MACH_MSG_SUCCESS) {
		ipc_kmsg_undo_copyout(kmsg, task->space, task->map);
		mr = put;
	}
	ipc_kmsg_free(kmsg);
	return mr;
}

/*
 * Is the reply for the port the caller is about to receive from, and would it
 * be the next message there? Then it is as good as taken from the queue.
 */
static bool
take_awaited(struct ipc_kmsg *reply, const struct mach_msg_call *call)
{
	struct ipc_port *port = ipc_kmsg_remote(reply);

	if (!(call->option & MACH_RCV_MSG) ||
	    (call->option & (MACH_RCV_NOTIFY | MACH_RCV_OVERWRITE)) ||
	    port == NULL || port->receiver != current_task()->space ||
	    port->receiver_name != call->rcv_name || ipc_port_in_set(port) ||
	    port->msgcount != 0 || ipc_mqueue_receiver(port) != NULL ||
	    reply->header.msgh_size > ipc_room(call))
		return false;
	ipc_kmsg_stamp(reply, port);
	return true;
}

/*
 * A call of a kernel object. When the caller waits for the reply it gets it
 * here (*done), past the queue.
 */
static mach_msg_return_t
call_kobject(
    struct ipc_kmsg *kmsg, const struct mach_msg_call *call, bool *done)
{
	struct ipc_kmsg *reply = ipc_kobject_call(kmsg);

	if (reply == NULL)
		return MACH_MSG_SUCCESS;
	if (!take_awaited(reply, call)) {
		mach_msg_send_reply(reply);
		return MACH_MSG_SUCCESS;
	}
	*done = true;
	return put_message(reply, call);
}

/* Who wants to be notified does not wait, or not without end. */
static mach_msg_option_t
send_options(const struct mach_msg_call *call)
{
	mach_msg_option_t option = call->option & ~MACH_SEND_ALWAYS;

	return option & MACH_SEND_NOTIFY ? option | MACH_SEND_TIMEOUT : option;
}

/* *done: the receive is over too. */
static mach_msg_return_t
send_message(const struct mach_msg_call *call, bool *done)
{
	const struct ipc_port *port;
	struct ipc_kmsg *kmsg;
	mach_msg_return_t mr = get_message(call, &kmsg);

	if (mr != MACH_MSG_SUCCESS)
		return mr;
	port = ipc_kmsg_remote(kmsg);
	if (port != NULL && ipc_port_is_kobject(port))
		return call_kobject(kmsg, call, done);
	mr = mach_msg_send_kmsg(kmsg, send_options(call),
	    call->option & MACH_SEND_TIMEOUT ? call->timeout : 0);
	if (mr == MACH_SEND_TIMED_OUT && (call->option & MACH_SEND_NOTIFY))
		mr = send_notify(kmsg, call);
	if (mr != MACH_MSG_SUCCESS && mr != MACH_SEND_WILL_NOTIFY)
		mr = send_back(kmsg, call->buffer, mr);
	return mr;
}

/* What a receive came to, with or without a wait, in the user's buffer. */
static mach_msg_return_t
finish_receive(mach_msg_return_t mr, struct ipc_kmsg *kmsg)
{
	const struct ipc_thread *ipc = &current_thread()->ipc;

	if (mr == MACH_MSG_SUCCESS)
		return put_message(kmsg, &ipc->call);
	if (mr == MACH_RCV_TOO_LARGE && (ipc->call.option & MACH_RCV_LARGE) &&
	    !copyout(&ipc->large_size,
		ipc->call.buffer + offsetof(mach_msg_header_t, msgh_size),
		sizeof(ipc->large_size)))
		return MACH_RCV_INVALID_DATA;
	return mr;
}

/*
 * Who makes an interrupted call again finds its arguments in registers: so they
 * need not be kept for that. (What was sent has no size any more.)
 */
static void
give_arguments_back(struct thread *self)
{
	const struct mach_msg_call *call = &self->ipc.call;
	const uint64_t args[] = {call->buffer, (uint32_t)call->option,
	    call->send_size, call->rcv_size, call->rcv_name, call->timeout,
	    call->notify};

	trap_frame_set_args(&self->arch.frame, args);
}

void
mach_msg_receive_continue(void)
{
	struct thread *self = current_thread();
	struct ipc_kmsg *kmsg;
	mach_msg_return_t mr = ipc_mqueue_wait_done(&kmsg);

	mr = finish_receive(mr, kmsg);
	if (mr == MACH_RCV_INTERRUPTED)
		give_arguments_back(self);
	trap_frame_set_result(&self->arch.frame, (uint64_t)mr);
	ipc_reap();
	thread_return();
}

/* What fastpath.c may give the caller while it waits: not with extras. */
static mach_msg_size_t
short_room(const struct mach_msg_call *call)
{
	return (call->option & (MACH_RCV_NOTIFY | MACH_RCV_OVERWRITE)) == 0 &&
		       (current_thread()->ast & AST_WHOLE) == 0 &&
		       copy_in_reach(call->buffer)
		   ? ipc_room(call)
		   : 0;
}

/* Does not return when it has to wait. */
static mach_msg_return_t
receive_message(const struct mach_msg_call *call)
{
	uint64_t deadline = WAIT_FOREVER;
	struct ipc_object *object;
	struct ipc_kmsg *kmsg;
	mach_msg_return_t mr;

	if ((call->option & MACH_RCV_NOTIFY) != 0 && notify_port(call) == NULL)
		return MACH_RCV_INVALID_NOTIFY;
	if ((call->option & MACH_RCV_OVERWRITE) != 0 &&
	    ((call->option & MACH_SEND_MSG) != 0 ||
		call->send_size > call->rcv_size))
		return MACH_RCV_INVALID_DATA;
	mr = ipc_mqueue_lookup(current_task()->space, call->rcv_name, &object);
	if (mr != MACH_MSG_SUCCESS)
		return mr;
	mr = ipc_mqueue_dequeue(object, ipc_room(call),
	    (call->option & MACH_RCV_LARGE) != 0, &kmsg);
	if (kmsg != NULL || mr != MACH_MSG_SUCCESS)
		return finish_receive(mr, kmsg);
	if (call->option & MACH_RCV_TIMEOUT) {
		if (call->timeout == 0)
			return MACH_RCV_TIMED_OUT;
		deadline = ipc_deadline(call->timeout);
	}
	current_thread()->ipc.short_room = short_room(call);
	ipc_mqueue_wait(object, deadline);
	thread_block(mach_msg_receive_continue);
	return MACH_RCV_IN_PROGRESS;
}

void
mach_msg_return(mach_msg_return_t mr)
{
	struct thread *self = current_thread();

	if (mr == MACH_SEND_INTERRUPTED || mr == MACH_RCV_INTERRUPTED) {
		give_arguments_back(self);
		trap_frame_set_result(&self->arch.frame, (uint64_t)mr);
		self->ast |= AST_STATE;
	}
	trap_return_value((uint64_t)mr);
}

mach_msg_return_t
mach_msg_general(const struct mach_msg_call *call)
{
	mach_msg_return_t mr = MACH_MSG_SUCCESS;
	bool done = false;

	if (call->option & MACH_SEND_MSG) {
		mr = send_message(call, &done);
		ipc_reap();
	}
	if (mr == MACH_MSG_SUCCESS && (call->option & MACH_RCV_MSG) && !done) {
		mr = receive_message(call);
		ipc_reap();
	}
	return mr;
}
