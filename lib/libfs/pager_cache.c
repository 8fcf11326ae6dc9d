/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pages in the kernel's cache and data that change by message: before the
 * change, dirty pages are taken back and written, and the pages thrown out;
 * pages of the locked object are thrown out after every change, and the kernel
 * is told the file's length if that has changed.
 *
 * The kernel answers a lock request while it is sent, so all of the answer
 * stands in the object's queue then. It is received there and then, from the
 * one port, which leaves the port set meanwhile.
 */
#include <mach/mach_port_user.h>
#include <mach/memory_object.h>
#include <mach/memory_object_control_user.h>
#include <mach/memory_object_server.h>
#include <mach/mig_stub.h>

#include <errno.h>
#include <libmach/mach.h>
#include <libports/ports.h>
#include <string.h>

#include "pager.h"

#define ANSWER_TIMEOUT    1000 /* ms, against what cannot be */
#define ID_LOCK_COMPLETED 2206

union buffer {
	mach_msg_header_t header;
	char bytes[512];
};

boolean_t
fs_pager_demux(mach_msg_header_t *request, mach_msg_header_t *reply)
{
	if (mig_find(&memory_object_subsystem, request->msgh_id) == NULL)
		return FALSE;
	if (fs_sender().uid == 0)
		return memory_object_server(request, reply);
	mig_start_reply(request, reply, request->msgh_remote_port,
	    MACH_MSGH_BITS_REMOTE(request->msgh_bits));
	mig_fail(reply, KERN_NO_ACCESS);
	return TRUE;
}

static bool
is_from_kernel(const mach_msg_header_t *message)
{
	const mach_msg_max_trailer_t *trailer =
	    mig_trailer(message, MACH_MSG_TRAILER_SECURITY_SIZE);

	return trailer != NULL && trailer->msgh_sender.val[0] == 0;
}

/* Act on one message. True: it says that the answer is complete. */
static bool
take_message(union buffer *message, union buffer *notification)
{
	union buffer reply;
	const mig_reply_error_t *error = (const void *)&reply;
	bool trusted = is_from_kernel(&message->header);

	if (message->header.msgh_id >= MACH_NOTIFY_FIRST &&
	    message->header.msgh_id <= MACH_NOTIFY_LAST) {
		if (message->header.msgh_id == MACH_NOTIFY_NO_SENDERS &&
		    MACH_MSGH_BITS_LOCAL(message->header.msgh_bits) ==
			MACH_MSG_TYPE_PORT_SEND_ONCE)
			*notification = *message;
		else
			mach_msg_destroy(&message->header);
		return false;
	}
	if (trusted && message->header.msgh_id == ID_LOCK_COMPLETED) {
		mach_msg_destroy(&message->header);
		return true;
	}
	if (!trusted ||
	    !memory_object_server(&message->header, &reply.header) ||
	    (error->RetCode != KERN_SUCCESS && error->RetCode != MIG_NO_REPLY))
		mach_msg_destroy(&message->header);
	return false;
}

/*
 * Receive on the object's port until the lock request is answered. Messages
 * that are too large are nobody's, and gone.
 */
static void
take_answer(mach_port_t port, union buffer *notification)
{
	const mach_msg_option_t options =
	    MACH_RCV_MSG | MACH_RCV_TIMEOUT |
	    MACH_RCV_TRAILER_ELEMENTS(MACH_RCV_TRAILER_SENDER);
	union buffer message;
	mach_msg_return_t kr;
	bool answered = false;

	do {
		kr = mach_msg(&message.header, options, 0, sizeof(message),
		    port, ANSWER_TIMEOUT, MACH_PORT_NULL);
		if (kr == MACH_MSG_SUCCESS)
			answered = take_message(&message, notification);
	} while (!answered && kr != MACH_RCV_TIMED_OUT &&
		 kr != MACH_RCV_INVALID_NAME);
}

/* Whole pages around a range. */
static void
round_range(uint64_t offset, uint64_t size, uint64_t *first, uint64_t *length)
{
	uint64_t end = UINT64_MAX & ~(uint64_t)VM_PAGE_MASK;

	*first = offset & ~(uint64_t)VM_PAGE_MASK;
	if (size < end - VM_PAGE_SIZE - offset)
		end = VM_ROUND_PAGE(offset + size);
	*length = end - *first;
}

/* Have dirty pages of a range written, thrown out if `flush`, and locked. */
static void
take_back(const struct fs_pager_object *object, uint64_t offset, uint64_t size,
    bool flush, vm_prot_t lock)
{
	union buffer notification = {.header = {.msgh_id = 0}};
	mach_port_t port = object->port;
	uint64_t first;
	uint64_t length;

	round_range(offset, size, &first, &length);
	if (mach_port_move_member(mach_task_self(), port, MACH_PORT_NULL) !=
	    KERN_SUCCESS)
		return;
	if (memory_object_lock_request(object->control, first, length,
		MEMORY_OBJECT_RETURN_DIRTY, flush, lock, port) == KERN_SUCCESS)
		take_answer(port, &notification);
	(void)ports_add(port);
	if (notification.header.msgh_id != 0)
		(void)ports_notified(&notification.header);
}

void
fs_pager_before(struct fs_node *node, uint64_t offset, uint64_t size)
{
	const struct fs_pager *pager = node->pager;

	if (pager != NULL && pager->written.control != MACH_PORT_NULL)
		take_back(
		    &pager->written, offset, size, true, VM_PROT_NO_CHANGE);
}

/* Claims that came before the lock request are answered while it is. */
void
fs_pager_share(struct fs_pager *pager, uint64_t offset, uint64_t size)
{
	unsigned claims;

	do {
		claims = pager->claims;
		if (pager->written.control != MACH_PORT_NULL)
			take_back(&pager->written, offset, size, false,
			    VM_PROT_WRITE);
	} while (claims != pager->claims);
}

static void
throw_out(struct fs_pager *pager, uint64_t offset, uint64_t size)
{
	uint64_t first;
	uint64_t length;

	round_range(offset, size, &first, &length);
	(void)memory_object_lock_request(pager->locked.control, first, length,
	    MEMORY_OBJECT_RETURN_NONE, TRUE, VM_PROT_NO_CHANGE, MACH_PORT_NULL);
}

void
fs_pager_claim(struct fs_pager *pager, uint64_t offset, uint64_t size)
{
	pager->claims++;
	if (pager->locked.control != MACH_PORT_NULL)
		throw_out(pager, offset, size);
}

void
fs_pager_tell(struct fs_pager *pager)
{
	const struct fs_node *node = pager->node;
	uint64_t length = 0;

	if (pager->written.control == MACH_PORT_NULL && node->stat.nlink > 0)
		length = node->stat.size;
	if (pager->locked.control == MACH_PORT_NULL || length == pager->length)
		return;
	pager->length = length;
	(void)memory_object_set_length(pager->locked.control, length);
}

void
fs_pager_after(struct fs_node *node, uint64_t offset, uint64_t size)
{
	struct fs_pager *pager = node->pager;

	if (pager == NULL || pager->locked.control == MACH_PORT_NULL)
		return;
	if (node->stat.size < pager->length)
		fs_pager_tell(pager); /* first: nobody sees what follows */
	throw_out(pager, offset, size);
	fs_pager_tell(pager);
}

void
fs_pager_collect(struct fs_node *node, uint64_t offset, uint64_t size)
{
	const struct fs_pager *pager = node->pager;

	if (pager != NULL && pager->written.control != MACH_PORT_NULL)
		take_back(
		    &pager->written, offset, size, false, VM_PROT_NO_CHANGE);
}

static void
keep_nothing(const struct fs_pager_object *object)
{
	if (object->control != MACH_PORT_NULL)
		(void)memory_object_change_attributes(object->control, FALSE,
		    MEMORY_OBJECT_COPY_DELAY, MACH_PORT_NULL);
}

void
fs_pager_unlinked(struct fs_node *node)
{
	if (node->pager == NULL)
		return;
	fs_pager_tell(node->pager);
	keep_nothing(&node->pager->locked);
	keep_nothing(&node->pager->written);
}

/* Answers to what the loop above does not ask for, or takes itself. */
kern_return_t
memory_object_lock_completed(
    mach_port_t port, mach_port_t control, vm_offset_t offset, vm_size_t length)
{
	(void)port;
	(void)control;
	(void)offset;
	(void)length;
	return KERN_INVALID_ARGUMENT;
}

kern_return_t
memory_object_supply_completed(mach_port_t port, mach_port_t control,
    vm_offset_t offset, vm_size_t length, kern_return_t result,
    vm_offset_t error_offset)
{
	(void)port;
	(void)control;
	(void)offset;
	(void)length;
	(void)result;
	(void)error_offset;
	return KERN_INVALID_ARGUMENT;
}

kern_return_t
memory_object_change_completed(
    mach_port_t port, boolean_t may_cache, natural_t copy_strategy)
{
	(void)port;
	(void)may_cache;
	(void)copy_strategy;
	return KERN_INVALID_ARGUMENT;
}
