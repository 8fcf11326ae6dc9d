/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Split queues (VIRTIO 1.1, 2.6). The three tables lie in one piece of memory.
 * Of what the device could write there only the used table is read, and what
 * it says is checked: it may be wrong, or hostile. Free descriptors are a list
 * through the driver's own `next`, as are those of a request.
 */
#include "virtio.h"

#define DESCRIPTOR_NEXT  1U
#define DESCRIPTOR_WRITE 2U
#define NO_TOKEN         0xffffU

struct virtio_descriptor {
	uint64_t address;
	uint32_t length;
	uint16_t flags;
	uint16_t next;
};

struct virtio_available {
	uint16_t flags;
	uint16_t index;
	uint16_t ring[];
};

struct virtio_used {
	uint16_t flags;
	uint16_t index;
	struct {
		uint32_t id;
		uint32_t length;
	} ring[];
};

#define AVAILABLE_AT 2048
#define USED_AT      3072
#define TABLES_SIZE  4096

_Static_assert(
    VIRTIO_QUEUE_MAX * sizeof(struct virtio_descriptor) <= AVAILABLE_AT,
    "tables overlap");

const char *
virtio_queue_start(struct virtio_queue *queue, struct virtio_device *device)
{
	uint16_t max = device->transport->queue_max(device);
	uint64_t physical;
	char *tables;

	if (max == 0)
		return "has no queue";
	queue->device = device;
	queue->size = VIRTIO_QUEUE_MAX;
	while (queue->size > max)
		queue->size /= 2;
	tables = virtio_memory(device, TABLES_SIZE, &physical);
	if (tables == NULL)
		return "finds no memory for its queue";
	queue->descriptors = (void *)tables;
	queue->available = (void *)(tables + AVAILABLE_AT);
	queue->used = (void *)(tables + USED_AT);
	queue->used_seen = 0;
	queue->free_head = 0;
	queue->free_count = queue->size;
	for (uint16_t i = 0; i < queue->size; i++) {
		queue->next[i] = (uint16_t)(i + 1);
		queue->token[i] = NO_TOKEN;
	}
	if (virtio_notify_start(queue) != KERN_SUCCESS)
		return "gets no interrupt";
	device->transport->queue_start(device, queue->size, physical,
	    physical + AVAILABLE_AT, physical + USED_AT);
	return NULL;
}

bool
virtio_queue_put(struct virtio_queue *queue, const struct virtio_piece *pieces,
    unsigned count, uint16_t token)
{
	struct virtio_available *available = queue->available;
	uint16_t head = queue->free_head;
	uint16_t at = head;

	if (count == 0 || queue->free_count < count)
		return false;
	for (unsigned i = 0; i < count; i++) {
		struct virtio_descriptor *to = &queue->descriptors[at];

		to->address = pieces[i].address;
		to->length = pieces[i].length;
		to->flags =
		    (uint16_t)((i + 1 < count ? DESCRIPTOR_NEXT : 0) |
			       (pieces[i].device_writes ? DESCRIPTOR_WRITE
							: 0));
		to->next = queue->next[at];
		at = queue->next[at];
	}
	queue->free_head = at;
	queue->free_count = (uint16_t)(queue->free_count - count);
	queue->token[head] = token;
	queue->pieces[head] = (uint16_t)count;
	available->ring[available->index % queue->size] = head;
	/* The device must see the entry before the index that covers it. */
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	available->index++;
	return true;
}

void
virtio_queue_kick(struct virtio_queue *queue)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	queue->device->transport->queue_notify(queue->device);
}

/* Put a request's descriptors back on the list. */
static void
free_chain(struct virtio_queue *queue, uint16_t head)
{
	uint16_t last = head;

	for (uint16_t i = 1; i < queue->pieces[head]; i++)
		last = queue->next[last];
	queue->next[last] = queue->free_head;
	queue->free_head = head;
	queue->free_count = (uint16_t)(queue->free_count + queue->pieces[head]);
}

bool
virtio_queue_take(struct virtio_queue *queue, uint16_t *token)
{
	volatile struct virtio_used *used = queue->used;

	while (used->index != queue->used_seen) {
		uint32_t head;

		__atomic_thread_fence(__ATOMIC_SEQ_CST);
		head = used->ring[queue->used_seen % queue->size].id;
		queue->used_seen++;
		if (head >= queue->size || queue->token[head] == NO_TOKEN)
			continue;
		*token = queue->token[head];
		queue->token[head] = NO_TOKEN;
		free_chain(queue, (uint16_t)head);
		return true;
	}
	return false;
}
