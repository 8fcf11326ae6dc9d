/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Message buffers: life, and the way from and to user memory.
 */
#include <mach/mig_support.h>

#include <arch/copy.h>

#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_marequest.h>
#include <ipc/ipc_quota.h>
#include <ipc/ipc_right.h>
#include <kern/slab.h>
#include <kern/string.h>
#include <kern/task.h>
#include <kern/thread.h>

#define KMSG_HEAD  offsetof(struct ipc_kmsg, header)
#define KMSG_SMALL (IPC_KMSG_SMALL_SIZE - KMSG_HEAD)

/* Freed small buffers kept at hand, linked by their link.next. */
#define KMSG_SPARES 8U

static struct slab_cache kmsg_cache;
static struct list *spares;
static unsigned spare_count;
struct list ipc_dead_messages = LIST_INITIALIZER(ipc_dead_messages);
static bool reaping;

void
ipc_kmsg_init(void)
{
	slab_cache_init(&kmsg_cache, "ipc_kmsg", IPC_KMSG_SMALL_SIZE, 64);
}

static inline struct ipc_kmsg *
alloc_small(void)
{
	struct list *first = spares;

	if (first == NULL)
		return slab_alloc(&kmsg_cache);
	spares = first->next;
	spare_count--;
	return ipc_kmsg_entry(first);
}

static void
free_small(struct ipc_kmsg *kmsg)
{
	if (spare_count == KMSG_SPARES) {
		slab_free(&kmsg_cache, kmsg);
		return;
	}
	kmsg->link.next = spares;
	spares = &kmsg->link;
	spare_count++;
}

void
ipc_kmsg_drain(void)
{
	while (spare_count > 0)
		slab_free(&kmsg_cache, alloc_small());
}

struct ipc_kmsg *
ipc_kmsg_alloc(mach_msg_size_t size)
{
	size_t capacity = size + MACH_MSG_TRAILER_MAX_SIZE;
	struct ipc_kmsg *kmsg;

	if (size > MACH_MSG_SIZE_MAX)
		return NULL;
	if (capacity <= KMSG_SMALL) {
		capacity = KMSG_SMALL;
		kmsg = alloc_small();
	} else {
		kmsg = kalloc(KMSG_HEAD + capacity);
	}
	if (kmsg == NULL)
		return NULL;
	list_init(&kmsg->link);
	kmsg->capacity = (mach_msg_size_t)capacity;
	kmsg->seqno = 0;
	kmsg->context = 0;
	kmsg->payer = NULL;
	kmsg->accepted = NULL;
	kmsg->token = (security_token_t){{0, 0}};
	kmsg->groups = 0;
	kmsg->header.msgh_size = size;
	return kmsg;
}

void
ipc_kmsg_free(struct ipc_kmsg *kmsg)
{
	if (kmsg->capacity == KMSG_SMALL)
		free_small(kmsg);
	else
		kfree(kmsg, KMSG_HEAD + kmsg->capacity);
}

void
ipc_kmsg_left(struct ipc_kmsg *kmsg)
{
	ipc_quota_discharge(kmsg);
	if (kmsg->accepted != NULL)
		ipc_marequest_end(kmsg);
}

void
ipc_kmsg_destroy(struct ipc_kmsg *kmsg)
{
	const mach_msg_header_t *header = &kmsg->header;

	ipc_kmsg_left(kmsg);
	if (!(header->msgh_bits & MACH_MSGH_BITS_COMPLEX) &&
	    !MACH_PORT_VALID(header->msgh_remote_port) &&
	    !MACH_PORT_VALID(header->msgh_local_port)) {
		ipc_kmsg_free(kmsg);
		return;
	}
	list_append(&ipc_dead_messages, &kmsg->link);
}

/*
 * The body first: a receive right in it knows this message's destination, which
 * the right in the header keeps.
 */
static void
clean(mach_msg_header_t *header)
{
	mach_msg_bits_t bits = header->msgh_bits;

	if (bits & MACH_MSGH_BITS_COMPLEX)
		ipc_body_clean((mach_msg_base_t *)header);
	ipc_right_release(
	    header->msgh_remote_port, MACH_MSGH_BITS_REMOTE(bits));
	ipc_right_release(header->msgh_local_port, MACH_MSGH_BITS_LOCAL(bits));
}

void
ipc_reap_other(struct ipc_reaped *other)
{
	if (list_empty(&other->link))
		list_append(&ipc_dead_messages, &other->link);
}

void
ipc_reap_all(void)
{
	struct list *first;

	if (reaping)
		return;
	reaping = true;
	while ((first = list_first(&ipc_dead_messages)) != NULL) {
		struct ipc_kmsg *kmsg = ipc_kmsg_entry(first);

		list_remove(first);
		if (kmsg->capacity == 0) {
			list_entry(first, struct ipc_reaped, link)->function();
			continue;
		}
		ipc_kmsg_left(kmsg);
		clean(&kmsg->header);
		ipc_kmsg_free(kmsg);
		preempt_point();
	}
	reaping = false;
}

void
mach_msg_destroy(mach_msg_header_t *header)
{
	clean(header);
}

mach_msg_return_t
ipc_kmsg_get(vm_address_t user, mach_msg_size_t size, struct ipc_kmsg **result)
{
	struct ipc_kmsg *kmsg;

	if (size < sizeof(mach_msg_header_t) || size % 4 != 0)
		return MACH_SEND_MSG_TOO_SMALL;
	kmsg = ipc_kmsg_alloc(size);
	if (kmsg == NULL)
		return MACH_SEND_NO_BUFFER;
	if (!copyin(user, &kmsg->header, size)) {
		ipc_kmsg_free(kmsg);
		return MACH_SEND_INVALID_DATA;
	}
	kmsg->header.msgh_size = size;
	kmsg->token = current_task()->token;
	kmsg->groups = current_task()->groups;
	*result = kmsg;
	return MACH_MSG_SUCCESS;
}

mach_msg_size_t
ipc_trailer_size_of(mach_msg_option_t option)
{
	static const mach_msg_size_t sizes[] = {
	    [MACH_RCV_TRAILER_NULL] = 0,
	    [MACH_RCV_TRAILER_SEQNO] = MACH_MSG_TRAILER_SEQNO_SIZE,
	    [MACH_RCV_TRAILER_SENDER] = MACH_MSG_TRAILER_SECURITY_SIZE,
	    [MACH_RCV_TRAILER_AUDIT] = MACH_MSG_TRAILER_AUDIT_SIZE,
	    [MACH_RCV_TRAILER_CTX] = MACH_MSG_TRAILER_CONTEXT_SIZE,
	};
	unsigned elements = ((unsigned)option & MACH_RCV_TRAILER_MASK) >> 24;

	return elements <= MACH_RCV_TRAILER_CTX ? sizes[elements]
						: MACH_MSG_TRAILER_MAX_SIZE;
}

mach_msg_return_t
ipc_kmsg_put(struct ipc_kmsg *kmsg, vm_address_t user, mach_msg_option_t option)
{
	mach_msg_size_t size = kmsg->header.msgh_size;
	mach_msg_size_t extra = ipc_trailer_size(option);

	if (extra != 0) {
		/* There is room for the longest. */
		*(mach_msg_max_trailer_t *)((char *)&kmsg->header + size) =
		    (mach_msg_max_trailer_t){
			.msgh_trailer_type = MACH_MSG_TRAILER_FORMAT_0,
			.msgh_trailer_size = extra,
			.msgh_seqno = kmsg->seqno,
			.msgh_sender = kmsg->token,
			.msgh_audit = {{kmsg->token.val[0], kmsg->token.val[1],
			    kmsg->groups}},
			.msgh_context = kmsg->context,
		    };
	}
	if (!copyout(&kmsg->header, user, size + extra))
		return MACH_RCV_INVALID_DATA;
	return MACH_MSG_SUCCESS;
}
