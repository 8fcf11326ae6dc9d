/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Queues with a device in this program: it takes requests as the specification
 * says, answers in any order, and lies.
 */
#include <libtest/test.h>
#include <stdlib.h>

#include "../virtio.h"

struct descriptor {
	uint64_t address;
	uint32_t length;
	uint16_t flags;
	uint16_t next;
};

struct available {
	uint16_t flags;
	uint16_t index;
	uint16_t ring[];
};

struct used {
	uint16_t flags;
	uint16_t index;
	struct {
		uint32_t id;
		uint32_t length;
	} ring[];
};

static char *memory; /* the tables; their physical address is PHYSICAL */
static struct descriptor *descriptors;
static const struct available *available;
static struct used *used;
static uint16_t size, seen, longest = 8;
static unsigned kicks;
static struct virtio_device device;
static struct virtio_queue queue;

#define PHYSICAL 0x5000

void *
virtio_memory(struct virtio_device *unused, size_t bytes, uint64_t *physical)
{
	(void)unused;
	*physical = PHYSICAL;
	memory = calloc(1, bytes);
	return memory;
}

kern_return_t
virtio_notify_start(struct virtio_queue *started)
{
	(void)started;
	return KERN_SUCCESS;
}

static uint16_t
queue_max(struct virtio_device *unused)
{
	(void)unused;
	return longest;
}

static void
queue_start(struct virtio_device *unused, uint16_t length, uint64_t table,
    uint64_t driver, uint64_t other)
{
	(void)unused;
	size = length;
	descriptors = (void *)(memory + (table - PHYSICAL));
	available = (const void *)(memory + (driver - PHYSICAL));
	used = (void *)(memory + (other - PHYSICAL));
}

static void
queue_notify(struct virtio_device *unused)
{
	(void)unused;
	kicks++;
}

static const struct virtio_transport transport = {
    .queue_max = queue_max,
    .queue_start = queue_start,
    .queue_notify = queue_notify,
};

static const char *
start(void)
{
	device.transport = &transport;
	free(memory);
	memory = NULL;
	memset(&queue, 0xaa, sizeof(queue));
	seen = 0;
	return virtio_queue_start(&queue, &device);
}

/* The device: the head of the next request, or the table's length. */
static uint16_t
take_request(void)
{
	if (seen == available->index)
		return size;
	return available->ring[seen++ % size];
}

static void
answer(uint32_t id)
{
	used->ring[used->index % size].id = id;
	used->index++;
}

static unsigned
chain_length(uint16_t head)
{
	unsigned count = 1;

	while ((descriptors[head].flags & 1) != 0 && count <= size) {
		head = descriptors[head].next;
		count++;
	}
	return count;
}

static bool
put(unsigned count, uint16_t token)
{
	static const struct virtio_piece pieces[4] = {{0x1000, 16, false},
	    {0x2000, 512, true}, {0x3000, 1, true}, {0x4000, 9, true}};

	return virtio_queue_put(&queue, pieces, count, token);
}

static void
test_request(void)
{
	const struct descriptor *at;
	uint16_t head, token;

	ok(start() == NULL, "a queue starts");
	is_int(size, 8, "as long as the device has it");
	ok(!virtio_queue_take(&queue, &token), "nothing is done yet");
	ok(put(3, 77), "a request is put");
	is_int(kicks, 0, "the device is not told yet");
	virtio_queue_kick(&queue);
	is_int(kicks, 1, "and then is");
	head = take_request();
	at = &descriptors[head];
	is_int(at->address, 0x1000, "the first piece's address");
	is_int(at->length, 16, "and length");
	is_int(at->flags, 1, "the device reads it, and more follows");
	at = &descriptors[at->next];
	is_int(at->flags, 3, "the second it writes");
	at = &descriptors[at->next];
	is_int(at->flags, 2, "the third is the last");
	answer(head);
	ok(virtio_queue_take(&queue, &token) && token == 77,
	    "its token comes back");
	ok(!virtio_queue_take(&queue, &token), "once");
}

static void
test_room(void)
{
	uint16_t heads[2], token = 0;

	(void)start();
	ok(put(3, 1) && put(3, 2), "two requests of three fit in eight");
	ok(!put(3, 3), "no third one");
	ok(put(2, 3), "but a shorter one");
	ok(!put(1, 4), "then nothing");
	ok(!put(0, 4), "a request without pieces is none");
	heads[0] = take_request();
	heads[1] = take_request();
	answer(heads[1]);
	ok(virtio_queue_take(&queue, &token) && token == 2, "out of order");
	ok(put(3, 4), "its descriptors serve again");
	is_int(chain_length(heads[1]), 3, "as many of them");
	answer(heads[0]);
	ok(virtio_queue_take(&queue, &token) && token == 1, "the other one");
}

/* What no device should say: the driver goes on. */
static void
test_lies(void)
{
	uint16_t head, token = 99;
	unsigned count = 0;

	(void)start();
	(void)put(3, 5);
	head = take_request();
	answer(8);
	answer(UINT32_MAX);
	answer(descriptors[head].next);
	ok(!virtio_queue_take(&queue, &token), "ids that are no request's");
	memset(descriptors, 0xff, 8 * sizeof(*descriptors));
	answer(head);
	ok(virtio_queue_take(&queue, &token) && token == 5,
	    "descriptors overwritten");
	answer(head);
	ok(!virtio_queue_take(&queue, &token), "an answer twice");
	is_int(queue.free_count, 8, "every descriptor is free once");
	(void)put(3, 6);
	used->index = (uint16_t)(used->index + 40000);
	while (virtio_queue_take(&queue, &token))
		count++;
	ok(count <= 1, "an index far ahead answers a request at most once");
}

static void
test_long_run(void)
{
	unsigned wrong = 0;
	uint16_t expected = 0, token;

	(void)start();
	srandom(1);
	/* The indexes pass 65535. */
	for (unsigned i = 0; i < 70000; i++) {
		if (!put(1 + (unsigned)random() % 4, (uint16_t)(i & 0x7fff)))
			wrong++;
		answer(take_request());
		if (!virtio_queue_take(&queue, &token) || token != expected)
			wrong++;
		expected = (expected + 1) & 0x7fff;
	}
	is_int(wrong, 0, "70000 requests");
	is_int(queue.free_count, 8, "and no descriptor is lost");
}

static void
test_lengths(void)
{
	longest = 256;
	(void)start();
	is_int(size, VIRTIO_QUEUE_MAX, "a long queue is used in part");
	longest = 1;
	(void)start();
	is_int(size, 1, "the shortest");
	ok(put(1, 1) && !put(1, 2), "has room for one piece");
	longest = 0;
	is_str(start(), "has no queue", "a device without the queue");
	free(memory);
}

int
main(void)
{
	test_request();
	test_room();
	test_lies();
	test_long_run();
	test_lengths();
	return test_done();
}
