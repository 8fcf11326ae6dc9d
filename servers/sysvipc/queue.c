/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Queues of messages. Who has to wait is in one of two lists, senders with
 * their message; whatever is put in or taken out lets both try again, the
 * longest waiting first, until nobody can go on. A message leaves the queue
 * when its receiver has been answered, and enters it when its sender has.
 */
#include <mach/traps.h>

#include <errno.h>
#include <libmach/mach.h>
#include <libmach/port_gone.h>
#include <libports/ports.h>
#include <servers/sysvipc_reply_user.h>
#include <servers/sysvipc_server.h>
#include <stdlib.h>
#include <string.h>
#include <sys/msg.h>

#include "object.h"

#define WAITS_MAX    4096
#define MESSAGES_MAX 16384     /* in all queues, and of those who wait */
#define BYTES_MAX    (8 << 20) /* likewise */

struct message {
	struct message *next;
	int64_t type;
	size_t size;
	char data[];
};

struct wait {
	struct wait *next;
	mach_port_t reply;
	int pid;
	struct message *message; /* a sender's */
	int64_t wanted;          /* a receiver's: as msgrcv's */
	size_t size;
	bool cut; /* what is longer */
};

struct queue {
	struct object object; /* first */
	struct message *messages, **last;
	uint64_t count, bytes, bytes_max;
	struct wait *senders, *receivers;
	int64_t sent, received; /* s since 1970 */
	int sender, receiver;   /* pids */
};

static unsigned wait_count;
static unsigned message_count;
static size_t byte_count;

static struct message *
make_message(int64_t type, const char *data, size_t size)
{
	struct message *message;

	if (message_count >= MESSAGES_MAX || byte_count + size > BYTES_MAX)
		return NULL;
	message = malloc(sizeof(*message) + size);
	if (message == NULL)
		return NULL;
	message->next = NULL;
	message->type = type;
	message->size = size;
	memcpy(message->data, data, size);
	message_count++;
	byte_count += size;
	return message;
}

static void
free_message(struct message *message)
{
	if (message == NULL)
		return;
	message_count--;
	byte_count -= message->size;
	free(message);
}

/* Empty messages take room as well, or there could be any number. */
static bool
has_room(const struct queue *queue, size_t size)
{
	return queue->bytes + size <= queue->bytes_max &&
	       queue->count < queue->bytes_max;
}

static void
put(struct queue *queue, struct message *message, int pid)
{
	*queue->last = message;
	queue->last = &message->next;
	queue->count++;
	queue->bytes += message->size;
	queue->sender = pid;
	queue->sent = object_now();
}

static void
take(struct queue *queue, struct message **link, int pid)
{
	struct message *message = *link;

	*link = message->next;
	if (queue->last == &message->next)
		queue->last = link;
	queue->count--;
	queue->bytes -= message->size;
	queue->receiver = pid;
	queue->received = object_now();
	free_message(message);
}

/*
 * Which is wanted: 0 the first, n the first of that type, -n the first of the
 * lowest type that is at most n.
 */
static struct message **
choose(struct queue *queue, int64_t wanted)
{
	struct message **found = NULL;

	for (struct message **link = &queue->messages; *link != NULL;
	     link = &(*link)->next) {
		int64_t type = (*link)->type;

		if (wanted == 0 || type == wanted)
			return link;
		if (wanted < 0 && type <= -wanted &&
		    (found == NULL || type < (*found)->type))
			found = link;
	}
	return found;
}

static void
end_wait(struct wait **link)
{
	struct wait *wait = *link;

	*link = wait->next;
	free_message(wait->message);
	free(wait);
	wait_count--;
}

/* What a failed answer leaves. */
static bool
sent(kern_return_t kr, mach_port_t reply)
{
	if (kr == KERN_SUCCESS)
		return true;
	(void)syscall_mach_port_deallocate(mach_task_self(), reply);
	return false;
}

static void
refuse(const struct wait *wait, int error)
{
	kern_return_t code = SERVER_ERROR(error);

	(void)sent(wait->message != NULL
		       ? sysv_send_reply(wait->reply, code)
		       : sysv_receive_reply(wait->reply, code, 0, NULL, 0),
	    wait->reply);
}

static void
refuse_all(struct wait **list, int error, bool only_gone)
{
	while (*list != NULL) {
		if (only_gone && !mach_port_gone((*list)->reply)) {
			list = &(*list)->next;
			continue;
		}
		refuse(*list, error);
		end_wait(list);
	}
}

/* Did somebody send who had waited? */
static bool
let_send(struct queue *queue)
{
	struct wait *wait = queue->senders;

	if (wait == NULL || !has_room(queue, wait->message->size))
		return false;
	if (sent(sysv_send_reply(wait->reply, KERN_SUCCESS), wait->reply)) {
		put(queue, wait->message, wait->pid);
		wait->message = NULL;
	}
	end_wait(&queue->senders);
	return true;
}

static bool
try_receive(struct queue *queue, struct wait **link)
{
	struct wait *wait = *link;
	struct message **message = choose(queue, wait->wanted);
	size_t size;

	if (message == NULL)
		return false;
	size = (*message)->size;
	if (size > wait->size && !wait->cut) {
		refuse(wait, E2BIG);
	} else {
		if (size > wait->size)
			size = wait->size;
		if (sent(sysv_receive_reply(wait->reply, KERN_SUCCESS,
			     (*message)->type, (*message)->data,
			     (mach_msg_type_number_t)size),
			wait->reply))
			take(queue, message, wait->pid);
	}
	end_wait(link);
	return true;
}

static bool
let_receive(struct queue *queue)
{
	struct wait **link = &queue->receivers;

	while (*link != NULL && !try_receive(queue, link))
		link = &(*link)->next;
	return *link != NULL;
}

static void
settle(struct queue *queue)
{
	while (let_receive(queue) || let_send(queue)) {
	}
}

static struct wait *
add_wait(struct wait **list, int pid)
{
	struct wait *wait;

	if (wait_count >= WAITS_MAX)
		return NULL;
	refuse_all(list, EINTR, true);
	wait = calloc(1, sizeof(*wait));
	if (wait == NULL)
		return NULL;
	wait_count++;
	wait->pid = pid;
	wait->reply = ports_take_reply();
	while (*list != NULL)
		list = &(*list)->next;
	*list = wait;
	return wait;
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
S_sysv_send(mach_port_t server, int id, int pid, int flags, int64_t type,
    const char *data, mach_msg_type_number_t size)
{
	struct message *message;
	struct queue *queue;
	struct wait *wait;
	int error;

	(void)server;
	queue = object_find(&queue_kind, id, OBJECT_WRITE, &error);
	if (queue == NULL)
		return SERVER_ERROR(error);
	if (type < 1 || size > queue->bytes_max)
		return SERVER_ERROR(EINVAL);
	/* Nobody gets in before those who wait already. */
	if (queue->senders != NULL)
		refuse_all(&queue->senders, EINTR, true);
	if (queue->senders != NULL || !has_room(queue, size)) {
		if ((flags & IPC_NOWAIT) != 0)
			return SERVER_ERROR(EAGAIN);
		message = make_message(type, data, size);
		wait = message != NULL ? add_wait(&queue->senders, pid) : NULL;
		if (wait == NULL) {
			free_message(message);
			return SERVER_ERROR(ENOMEM);
		}
		wait->message = message;
		return MIG_NO_REPLY;
	}
	message = make_message(type, data, size);
	if (message == NULL)
		return SERVER_ERROR(ENOMEM);
	put(queue, message, pid);
	settle(queue);
	return KERN_SUCCESS;
}

/* At once, if it is there. ENOMSG: it is not. */
static int
receive(struct queue *queue, const struct wait *wait, int64_t *type, char *data,
    mach_msg_type_number_t *size)
{
	struct message **found = choose(queue, wait->wanted);

	if (found == NULL)
		return ENOMSG;
	if ((*found)->size > wait->size && !wait->cut)
		return E2BIG;
	*size = (mach_msg_type_number_t)((*found)->size < wait->size
					     ? (*found)->size
					     : wait->size);
	*type = (*found)->type;
	memcpy(data, (*found)->data, *size);
	take(queue, found, wait->pid);
	settle(queue);
	return 0;
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
S_sysv_receive(mach_port_t server, int id, int pid, int flags, int64_t wanted,
    uint64_t size, int64_t *type, char *data, mach_msg_type_number_t *got)
{
	struct wait how = {
	    .pid = pid,
	    .wanted = wanted,
	    .size = size,
	    .cut = (flags & MSG_NOERROR) != 0,
	};
	struct queue *queue;
	struct wait *wait;
	int error;

	(void)server;
	if (wanted == INT64_MIN) /* what is lower than all is as good */
		how.wanted = -INT64_MAX;
	queue = object_find(&queue_kind, id, OBJECT_READ, &error);
	if (queue == NULL)
		return SERVER_ERROR(error);
	error = receive(queue, &how, type, data, got);
	if (error == 0)
		return KERN_SUCCESS;
	if (error != ENOMSG || (flags & IPC_NOWAIT) != 0)
		return SERVER_ERROR(error);
	wait = add_wait(&queue->receivers, pid);
	if (wait == NULL)
		return SERVER_ERROR(ENOMEM);
	wait->wanted = how.wanted;
	wait->size = how.size;
	wait->cut = how.cut;
	return MIG_NO_REPLY;
}

static int
queue_create(uint64_t size, int pid, struct object **object)
{
	struct queue *queue = calloc(1, sizeof(*queue));

	(void)size;
	(void)pid;
	if (queue == NULL)
		return ENOMEM;
	queue->last = &queue->messages;
	queue->bytes_max = SYSV_QUEUE_MAX;
	*object = &queue->object;
	return 0;
}

static bool
queue_fits(const struct object *object, uint64_t size)
{
	(void)object;
	(void)size;
	return true;
}

static void
queue_describe(const struct object *object, struct sysv_info *info)
{
	const struct queue *queue = (const struct queue *)object;

	info->size = queue->bytes_max;
	info->count = queue->count;
	info->bytes = queue->bytes;
	info->time[0] = (uint64_t)queue->sent;
	info->time[1] = (uint64_t)queue->received;
	info->pid[0] = (uint64_t)queue->sender;
	info->pid[1] = (uint64_t)queue->receiver;
}

/* Only user 0 raises what a queue may hold. */
static int
queue_set(struct object *object, const struct sysv_info *info)
{
	struct queue *queue = (struct queue *)object;

	if (info->size == 0 || info->size > SYSV_QUEUE_ROOT)
		return EINVAL;
	if (info->size > queue->bytes_max && info->size > SYSV_QUEUE_MAX &&
	    ports_sender().val[0] != 0)
		return EPERM;
	queue->bytes_max = info->size;
	settle(queue);
	return 0;
}

static void
queue_remove(struct object *object)
{
	struct queue *queue = (struct queue *)object;

	refuse_all(&queue->senders, EIDRM, false);
	refuse_all(&queue->receivers, EIDRM, false);
	while (queue->messages != NULL)
		take(queue, &queue->messages, 0);
	object_forget(object);
	free(queue);
}

const struct kind queue_kind = {
    .number = SYSV_MSG,
    .create = queue_create,
    .fits = queue_fits,
    .describe = queue_describe,
    .set = queue_set,
    .remove = queue_remove,
};
