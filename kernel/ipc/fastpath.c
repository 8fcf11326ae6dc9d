/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The mach_msg trap, and the short way of an RPC, which the architecture's trap
 * entry takes at once with the commonest options. A request: COPY_SEND to a
 * port somebody receives from, with a send-once right to the caller's reply
 * port, on which it then waits. A reply: MOVE_SEND_ONCE to a port the caller of
 * the RPC waits on, after which the server waits again. Both: simple messages,
 * or with one right to carry (to what is opened, looked up, handed over) or
 * memory to move; nothing queued, nothing blocks; the caller leaves processor,
 * quantum and kernel stack to the receiver, which finds its message in its
 * buffer.
 *
 * The header is in registers and the rest on that stack from the sender's
 * copyin to the receiver's copyout, in the receiver's names from the start, so
 * no right but a carried one has to be counted on the way.
 *
 * Each function checks, and then, below its mark, does what cannot fail.
 * The first thing unusual ends in a return, and the general path does it all.
 * What the receiver's copyout may still do is wait for a page, as the receiver,
 * or fail, which is the receiver's loss as on the general path.
 *
 * What spares a thread the names it has used before:
 *   receives       the entry it last received by. Entries never move, and one
 *                  whose type and generation are the name's is the name's.
 *   reply_entry    an entry of its task's for the send-once right of the
 *                  request it gets next, reply_name the name it will have. It
 *                  is the thread's while it says IPC_ENTRY_RESERVED; with the
 *                  right in it it is an entry like any other, and only if the
 *                  right goes as it came, by a reply of this thread, does it
 *                  become the thread's again, under the next name.
 *
 * This file is compiled so that no function keeps the caller's registers: the
 * trap never returns, but goes to user mode by trap_return_value() or
 * trap_return_success(), which have the user's from the frame. What is rare is
 * behind calls that are not in line.
 */
#include <arch/copy.h>
#include <arch/trap.h>

#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_mqueue.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_pset.h>
#include <ipc/ipc_space.h>
#include <ipc/kobject_call.h>
#include <ipc/mach_msg.h>
#include <kern/string.h>
#include <kern/switch.h>
#include <kern/task.h>
#include <kern/traps.h>

#define REQUEST_BITS \
	MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE)
#define REPLY_BITS MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0)

/* What they are when they arrive. */
#define REQUEST_BITS_GOT \
	MACH_MSGH_BITS(MACH_MSG_TYPE_PORT_SEND_ONCE, MACH_MSG_TYPE_PORT_SEND)
#define REPLY_BITS_GOT MACH_MSGH_BITS(0, MACH_MSG_TYPE_PORT_SEND_ONCE)

/* The largest message that goes this way: a page and what is around it. */
#define FAST_SIZE (VM_PAGE_SIZE + 256U)

#define RECEIVES  (MACH_PORT_TYPE_RECEIVE | MACH_PORT_TYPE_PORT_SET)
#define SEND_ONCE MACH_PORT_TYPE_SEND_ONCE

struct fast_message {
	struct ipc_kmsg kmsg; /* as far as the way needs it: see in_memory() */
	uint8_t body[FAST_SIZE - sizeof(mach_msg_header_t)];
	mach_msg_max_trailer_t trailer; /* room for one */
};

_Static_assert(
    offsetof(struct fast_message, body) ==
	offsetof(struct fast_message, kmsg.header) + sizeof(mach_msg_header_t),
    "the body follows the header");

/*
 * A message on its way: kept in registers, so it is handed on only to what is
 * in line.
 */
struct passage {
	struct message_sent head;
	mach_msg_size_t size;
	mach_msg_bits_t complex; /* MACH_MSGH_BITS_COMPLEX or 0, known to all */
};

#define INLINE static inline __attribute__((always_inline))
#define RARE   static __attribute__((noinline))

INLINE mach_port_name_t
head_remote(const struct message_sent *head)
{
	return (mach_port_name_t)head->names;
}

INLINE mach_port_name_t
head_local(const struct message_sent *head)
{
	return (mach_port_name_t)(head->names >> 32);
}

/* Words of four bytes behind the header; too many if it is no such size. */
INLINE uint32_t
words_after_header(mach_msg_size_t size)
{
	uint32_t rest = size - (uint32_t)sizeof(mach_msg_header_t);

	return rest >> 2 | rest << 30;
}

RARE void
put_header(struct ipc_kmsg *kmsg, uint32_t bits, uint32_t size, uint32_t remote,
    uint32_t local, uint32_t id)
{
	kmsg->header = (mach_msg_header_t){
	    .msgh_bits = bits,
	    .msgh_size = size,
	    .msgh_remote_port = remote,
	    .msgh_local_port = local,
	    .msgh_id = (mach_msg_id_t)id,
	};
}

/* The message as it is for others, header and all. */
INLINE struct ipc_kmsg *
in_memory(const struct message_got *head, struct fast_message *message)
{
	put_header(&message->kmsg, head->bits, head->size, head->remote,
	    head->local, head->id);
	return &message->kmsg;
}

/* As it was sent. */
INLINE struct ipc_kmsg *
sent(const struct passage *way, struct fast_message *message)
{
	const struct message_got head = {way->head.bits, way->size,
	    head_remote(&way->head), head_local(&way->head), way->head.id};

	return in_memory(&head, message);
}

/* Another name than the last time, or another's now. */
RARE struct ipc_entry *
find_received(struct thread *self, mach_port_name_t name)
{
	struct ipc_name_cache *cache = &self->ipc.receives;
	struct ipc_entry *entry =
	    ipc_entry_with(self->task->space, name, RECEIVES);

	if (entry == NULL)
		return NULL;
	cache->name = name;
	cache->entry = entry;
	cache->bits = entry->bits;
	return entry;
}

/* The entry of what the thread is to receive from; NULL: it is none. */
INLINE struct ipc_entry *
received_by(struct thread *self, mach_port_name_t name)
{
	const struct ipc_name_cache *cache = &self->ipc.receives;
	struct ipc_entry *entry = cache->entry;

	if (cache->name != name || entry->bits != cache->bits)
		return find_received(self, name);
	return entry;
}

/* Nothing to receive, and to be received from. */
INLINE bool
is_quiet(const struct ipc_port *port)
{
	return (port->msgcount | port->set_count) == 0;
}

/*
 * A user that waits for the port's messages and has room for this one. So the
 * port is alive, and a task's.
 */
INLINE struct thread *
receiver_for(const struct ipc_port *port, mach_msg_size_t size)
{
	struct thread *thread = ipc_mqueue_receiver(port);

	return thread != NULL && size <= thread->ipc.short_room ? thread : NULL;
}

/*
 * The port or memory that the message carries, if it carries any, is on its
 * way. The last of the checks, for it is not taken back.
 */
INLINE bool
carries(const struct passage *way, struct fast_message *message,
    const struct task *task)
{
	return way->complex == 0 ||
	       ipc_body_take(
		   (mach_msg_base_t *)&sent(way, message)->header, task);
}

/* A call of the kernel: over, if it returns it was none for the short way. */
RARE void
call_kernel(struct thread *self, struct ipc_kmsg *kmsg, struct ipc_port *port,
    struct ipc_port *reply)
{
	mach_msg_return_t result;

	if (ipc_kobject_short_way(self, &kmsg->header, port, reply, &result))
		mach_msg_return(result);
}

/* The receiver has no entry in reserve: it gets one, if there is one. */
RARE bool
reserve(struct thread *receiver)
{
	struct ipc_entry *entry = ipc_entry_reserve(receiver->task->space);

	if (entry == NULL)
		return false;
	receiver->ipc.reply_entry = entry;
	receiver->ipc.reply_name = ipc_entry_name(entry);
	return true;
}

/* Wait for an answer on `object` and go on as the receiver. */
INLINE void
switch_to(
    struct thread *self, struct thread *receiver, struct ipc_object *object)
{
	thread_wait_on(
	    self, &object->receivers, WAIT_INTERRUPTIBLE | WAIT_MESSAGE);
	thread_take_off(receiver);
	thread_become(self, receiver, mach_msg_receive_continue);
}

/* The receiver cannot have the message. */
RARE _Noreturn void
lose(struct ipc_kmsg *kmsg)
{
	struct task *task = current_task();

	ipc_kmsg_undo_copyout(kmsg, task->space, task->map);
	ipc_reap();
	trap_return_value(MACH_RCV_INVALID_DATA);
}

/* With a port that becomes the receiver's, or a trailer. */
RARE _Noreturn void
deliver_more(struct thread *self, struct thread *receiver,
    const struct ipc_port *port, struct ipc_object *object,
    struct ipc_kmsg *kmsg)
{
	const struct mach_msg_call *call = &receiver->ipc.call;
	struct task *task = receiver->task;
	mach_msg_return_t mr = MACH_MSG_SUCCESS;

	/* What the trailer will say. */
	kmsg->seqno = port->seqno - 1;
	kmsg->context = port->context;
	kmsg->token = self->task->token;
	kmsg->groups = self->task->groups;
	switch_to(self, receiver, object);
	if ((kmsg->header.msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 &&
	    !ipc_body_give((mach_msg_base_t *)&kmsg->header, task)) {
		mr = ipc_kmsg_copyout_body(kmsg, task->space, task->map);
		if (mr != MACH_MSG_SUCCESS)
			mr |= MACH_RCV_BODY_ERROR;
	}
	if ((call->option & MACH_RCV_TRAILER_MASK) == 0) {
		if (!copyout(
			&kmsg->header, call->buffer, kmsg->header.msgh_size))
			lose(kmsg);
	} else if (ipc_kmsg_put(kmsg, call->buffer, call->option) !=
		   MACH_MSG_SUCCESS) {
		lose(kmsg);
	}
	trap_return_value((uint64_t)mr);
}

/*
 * `self` waits on `object`, and the receiver, whose names `head` has, goes on
 * with the message that has come to `port`.
 */
INLINE _Noreturn void
deliver(struct thread *self, struct thread *receiver, struct ipc_port *port,
    struct ipc_object *object, const struct message_got *head,
    struct fast_message *message)
{
	const struct mach_msg_call *call = &receiver->ipc.call;

	port->seqno++;
	if ((head->bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    (call->option & MACH_RCV_TRAILER_MASK) != 0)
		deliver_more(
		    self, receiver, port, object, in_memory(head, message));
	switch_to(self, receiver, object);
	if (!copyout_message(head, message->body, call->buffer,
		words_after_header(head->size)))
		lose(in_memory(head, message));
	trap_return_success(receiver);
}

/*
 * Both halves put the message into the receiver's names, use its port up, and
 * go on as the receiver; they return if the general path has to do it.
 */
INLINE void
request(struct thread *self, const struct passage *way,
    struct fast_message *message, const struct ipc_entry *from)
{
	struct ipc_space *space = self->task->space;
	struct ipc_port *reply = ipc_object_port(from->object);
	struct thread *receiver;
	struct ipc_entry *entry;
	struct ipc_port *port;
	struct ipc_thread *ipc;

	if (!(from->bits & MACH_PORT_TYPE_RECEIVE) || !is_quiet(reply))
		return;
	entry =
	    ipc_entry_with(space, head_remote(&way->head), MACH_PORT_TYPE_SEND);
	if (entry == NULL)
		return;
	port = ipc_object_port(entry->object);
	receiver = receiver_for(port, way->size);
	if (receiver == NULL) {
		if (ipc_port_is_kobject(port) && way->complex == 0)
			call_kernel(self, sent(way, message), port, reply);
		return;
	}
	ipc = &receiver->ipc;
	if (ipc->reply_entry->bits != ipc_entry_reserved(ipc->reply_name) &&
	    !reserve(receiver))
		return;
	if (!carries(way, message, self->task))
		return;

	/* Nothing fails from here on. */
	entry = ipc->reply_entry;
	entry->object = &reply->object;
	entry->bits ^= IPC_ENTRY_RESERVED ^ SEND_ONCE;
	port->receiver->names++;
	reply->sorights++;
	deliver(self, receiver, port, &reply->object,
	    &(const struct message_got){
		.bits = way->complex | REQUEST_BITS_GOT,
		.size = way->size,
		.remote = ipc->reply_name,
		.local = port->receiver_name,
		.id = way->head.id,
	    },
	    message);
}

/* A reply with another right than that of the request before. */
RARE struct ipc_entry *
find_send_once(struct ipc_space *space, mach_port_name_t name)
{
	struct ipc_entry *entry = ipc_entry_with(space, name, SEND_ONCE);

	return entry == NULL || entry->request != NULL ? NULL : entry;
}

/* The thread's own: the name ends, the entry is kept for the next request. */
INLINE void
keep(struct thread *self, struct ipc_entry *entry, mach_port_name_t name)
{
	mach_port_name_t generation = (name + 1) & IPC_ENTRY_GEN_MASK;

	entry->bits = generation | IPC_ENTRY_RESERVED;
	self->ipc.reply_name = (name & ~IPC_ENTRY_GEN_MASK) | generation;
	self->task->space->names--;
}

/* Is there nothing to receive yet? */
INLINE bool
is_empty(struct ipc_object *object)
{
	if (object->type == IPC_OBJECT_PORT)
		return is_quiet(ipc_object_port(object));
	return list_empty(&ipc_object_pset(object)->ready);
}

/* With the thread's own right, or with another. */
INLINE void
reply_by(struct thread *self, const struct passage *way,
    struct fast_message *message, struct ipc_object *object,
    struct ipc_entry *entry, bool own)
{
	struct ipc_port *port = ipc_object_port(entry->object);
	struct thread *receiver = receiver_for(port, way->size);

	if (receiver == NULL || !is_empty(object) ||
	    !carries(way, message, self->task))
		return;

	/* Nothing fails from here on. */
	if (own)
		keep(self, entry, head_remote(&way->head));
	else
		ipc_entry_free(self->task->space, entry);
	port->sorights--;
	deliver(self, receiver, port, object,
	    &(const struct message_got){
		.bits = way->complex | REPLY_BITS_GOT,
		.size = way->size,
		.remote = MACH_PORT_NULL,
		.local = port->receiver_name,
		.id = way->head.id,
	    },
	    message);
}

INLINE bool
is_own(const struct thread *self, const struct passage *way)
{
	return way->head.names == self->ipc.reply_name &&
	       self->ipc.reply_entry->bits ==
		   ((head_remote(&way->head) & IPC_ENTRY_GEN_MASK) | SEND_ONCE);
}

/* The header in memory, as it was sent. */
INLINE struct passage
sent_before(const struct fast_message *message, mach_msg_size_t size)
{
	const mach_msg_header_t *header = &message->kmsg.header;

	return (struct passage){
	    .head = {header->msgh_bits, (uint32_t)header->msgh_id,
		header->msgh_remote_port | (uint64_t)header->msgh_local_port
					       << 32},
	    .size = size,
	    .complex = header->msgh_bits & MACH_MSGH_BITS_COMPLEX,
	};
}

/* A reply with another right than the thread's own. */
RARE void
reply_other(struct thread *self, struct fast_message *message,
    mach_msg_size_t size, struct ipc_object *object)
{
	const struct passage way = sent_before(message, size);
	struct ipc_entry *entry =
	    find_send_once(self->task->space, head_remote(&way.head));

	if (entry != NULL && head_local(&way.head) == MACH_PORT_NULL)
		reply_by(self, &way, message, object, entry, false);
}

/* What is between copyin and copyout; returns if the message is none for it. */
INLINE void
pass(struct thread *self, const struct passage *way,
    struct fast_message *message, mach_port_name_t name)
{
	mach_msg_bits_t bits = way->head.bits ^ way->complex;
	const struct ipc_entry *from = received_by(self, name);

	if (from == NULL)
		return;
	if (bits == REQUEST_BITS) {
		if (head_local(&way->head) == name)
			request(self, way, message, from);
	} else if (bits == REPLY_BITS) {
		if (is_own(self, way)) {
			reply_by(self, way, message, from->object,
			    self->ipc.reply_entry, true);
			return;
		}
		(void)sent(way, message);
		reply_other(self, message, way->size, from->object);
	}
}

/* A message with descriptors, whose header is in memory. */
RARE void
pass_complex(struct thread *self, struct fast_message *message,
    mach_msg_size_t size, mach_port_name_t name)
{
	struct passage way = sent_before(message, size);

	way.complex = MACH_MSGH_BITS_COMPLEX;
	pass(self, &way, message, name);
}

/* The arguments of both are where those of the trap are. */
void
mach_msg_trailer_way(vm_address_t user, mach_msg_option_t option,
    mach_msg_size_t size, mach_msg_size_t rcv_size, mach_port_name_t name,
    struct thread *self)
{
	/* The trailer takes some of the room. */
	self->ipc.short_room = ipc_room(&self->ipc.call);
	mach_msg_short_way(user, option, size, rcv_size, name, self);
}

void
mach_msg_short_way(vm_address_t user, mach_msg_option_t option,
    mach_msg_size_t size, mach_msg_size_t rcv_size, mach_port_name_t name,
    struct thread *self)
{
	struct fast_message message;
	struct passage way;
	uint32_t rest = words_after_header(size);

	(void)option;
	(void)rcv_size;
	if (rest > sizeof(message.body) / 4 || !copy_in_reach(user) ||
	    !copyin_message(user, &way.head, message.body, rest) ||
	    self->ast != 0)
		mach_msg_long_way(size);
	way.size = size;
	way.complex = 0;
	if (way.head.bits & MACH_MSGH_BITS_COMPLEX) {
		(void)sent(&way, &message);
		pass_complex(self, &message, size, name);
	} else {
		pass(self, &way, &message, name);
	}
	mach_msg_long_way(size);
}

void
mach_msg_take_long_way(mach_msg_size_t size)
{
	struct mach_msg_call *call = &current_thread()->ipc.call;

	call->send_size = size;
	mach_msg_return(mach_msg_general(call));
}

/*
 * Nothing to send and nothing to receive yet: the wait, past all that might be
 * different. Returns if something is.
 */
static void
wait_only(struct thread *self, const struct mach_msg_call *call)
{
	const struct ipc_entry *from = received_by(self, call->rcv_name);

	if (from == NULL || !is_empty(from->object) || self->ast != 0 ||
	    !copy_in_reach(call->buffer))
		return;
	self->ipc.short_room = ipc_room(call);
	self->ipc.kmsg = NULL;
	self->ipc.state = MACH_RCV_IN_PROGRESS;
	thread_wait_on(
	    self, &from->object->receivers, WAIT_INTERRUPTIBLE | WAIT_MESSAGE);
	thread_block(mach_msg_receive_continue);
}

/* It has seven arguments. NOLINTBEGIN(readability-function-size) */
uint64_t
trap_mach_msg_trap(uint64_t msg, uint64_t option, uint64_t send_size,
    uint64_t rcv_size, uint64_t rcv_name, uint64_t timeout, uint64_t notify)
{
	struct mach_msg_call *call = &current_thread()->ipc.call;

	call->buffer = msg;
	call->option = (mach_msg_option_t)option;
	call->send_size = (mach_msg_size_t)send_size;
	call->rcv_size = (mach_msg_size_t)rcv_size;
	call->rcv_name = (mach_port_name_t)rcv_name;
	call->timeout = (mach_msg_timeout_t)timeout;
	call->notify = (mach_port_name_t)notify;
	if ((call->option & ~MACH_MSG_SHORT_OPTIONS) == MACH_RCV_MSG)
		wait_only(current_thread(), call);
	mach_msg_return(mach_msg_general(call));
}
/* NOLINTEND(readability-function-size) */
