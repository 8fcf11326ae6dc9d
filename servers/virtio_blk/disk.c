/* SPDX-License-Identifier: BSD-2-Clause */
/* Requests: VIRTIO 1.1, 5.2 (block device). */
#include "disk.h"

#include <device/device_types.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FEATURE_READ_ONLY (1UL << 5)
#define FEATURE_FLUSH     (1UL << 9)

#define REQUEST_READ      0U
#define REQUEST_WRITE     1U
#define REQUEST_FLUSH     4U
#define STATUS_OK         0
#define STATUS_NONE       0xff
#define PATIENCE_MS       30000

struct slot_control {
	uint32_t type;
	uint32_t reserved;
	uint64_t sector;
	uint8_t status;
};

#define CONTROL_HEADER 16
#define PIECES         3 /* of a request: header, data, status */

static bool
make_slots(struct disk *disk)
{
	uint64_t physical;
	char *control = virtio_memory(&disk->device, 4096, &physical);

	if (control == NULL)
		return false;
	for (unsigned i = 0; i < DISK_SLOTS; i++) {
		struct slot *slot = &disk->slot[i];

		slot->control = (void *)(control + (size_t)i * 64);
		slot->control_physical = physical + (size_t)i * 64;
		slot->data = virtio_memory(
		    &disk->device, SLOT_SIZE, &slot->data_physical);
		if (slot->data == NULL)
			return false;
	}
	return true;
}

static uint64_t
capacity(const struct disk *disk)
{
	const volatile uint32_t *config =
	    (const volatile uint32_t *)disk->device.config;

	return config[0] | (uint64_t)config[1] << 32;
}

struct disk *
disk_start(
    const struct virtio_device *device, unsigned number, const char **wrong)
{
	struct disk *disk = calloc(1, sizeof(*disk));
	uint64_t features;

	*wrong = "finds no memory";
	if (disk == NULL)
		return NULL;
	disk->device = *device;
	disk->number = number;
	snprintf(
	    disk->device.name, sizeof(disk->device.name), "disk%u", number);
	*wrong = virtio_start(
	    &disk->device, FEATURE_READ_ONLY | FEATURE_FLUSH, &features);
	if (*wrong == NULL)
		*wrong = virtio_queue_start(&disk->queue, &disk->device);
	if (*wrong == NULL && disk->queue.size < DISK_SLOTS * PIECES)
		*wrong = "has too short a queue";
	if (*wrong == NULL && !make_slots(disk))
		*wrong = "finds no memory for its requests";
	if (*wrong != NULL) {
		disk->device.transport->set_status(
		    &disk->device, VIRTIO_STATUS_FAILED);
		free(disk);
		return NULL;
	}
	disk->read_only = (features & FEATURE_READ_ONLY) != 0;
	disk->can_flush = (features & FEATURE_FLUSH) != 0;
	virtio_ready(&disk->device);
	disk->sectors = capacity(disk);
	return disk;
}

static void
put_request(struct disk *disk, unsigned index, uint32_t type, uint64_t sector,
    uint64_t physical, size_t size)
{
	struct slot *slot = &disk->slot[index];
	struct virtio_piece pieces[PIECES] = {
	    {slot->control_physical, CONTROL_HEADER, false},
	    {physical, (uint32_t)size, type == REQUEST_READ},
	    {slot->control_physical + CONTROL_HEADER, 1, true},
	};

	slot->control->type = type;
	slot->control->reserved = 0;
	slot->control->sector = sector;
	slot->control->status = STATUS_NONE;
	slot->size = size;
	if (size == 0)
		pieces[1] = pieces[2];
	/* There is room: disk_start() has looked. */
	(void)virtio_queue_put(
	    &disk->queue, pieces, size == 0 ? 2 : PIECES, (uint16_t)index);
}

/* Take what is done; the number of requests. */
static unsigned
take_done(struct disk *disk, int *error)
{
	unsigned count = 0;
	uint16_t index;

	while (virtio_queue_take(&disk->queue, &index)) {
		struct slot *slot = &disk->slot[index];

		if (*(volatile uint8_t *)&slot->control->status != STATUS_OK)
			*error = D_IO_ERROR;
		else if (slot->copy_to != NULL)
			memcpy(slot->copy_to, slot->data, slot->size);
		count++;
	}
	return count;
}

/* Have the device do `count` requests that were put. 0 or D_*. */
static int
run_requests(struct disk *disk, unsigned count)
{
	int error = 0;

	virtio_queue_kick(&disk->queue);
	for (;;) {
		count -= take_done(disk, &error);
		if (count == 0)
			return error;
		if (!virtio_queue_wait(&disk->queue, PATIENCE_MS)) {
			printf("virtio_blk: disk%u does not answer: its "
			       "requests fail from now on\n",
			    disk->number);
			disk->is_down = true;
			return D_DEVICE_DOWN;
		}
	}
}

static int
transfer(struct disk *disk, uint32_t type, uint64_t sector, char *to,
    const char *from, size_t size)
{
	size_t done = 0;
	int error = 0;

	while (done < size && error == 0) {
		unsigned count = 0;

		if (disk->is_down)
			return D_DEVICE_DOWN;
		while (count < DISK_SLOTS && done < size) {
			struct slot *slot = &disk->slot[count];
			size_t part =
			    size - done < SLOT_SIZE ? size - done : SLOT_SIZE;

			slot->copy_to = to != NULL ? to + done : NULL;
			if (from != NULL)
				memcpy(slot->data, from + done, part);
			put_request(disk, count, type,
			    sector + done / DISK_SECTOR, slot->data_physical,
			    part);
			done += part;
			count++;
		}
		error = run_requests(disk, count);
	}
	return error;
}

int
disk_read(struct disk *disk, uint64_t sector, void *data, size_t size)
{
	return transfer(disk, REQUEST_READ, sector, data, NULL, size);
}

int
disk_write(struct disk *disk, uint64_t sector, const void *data, size_t size)
{
	return transfer(disk, REQUEST_WRITE, sector, NULL, data, size);
}

/* One request, of the caller's memory. */
static int
transfer_physical(struct disk *disk, uint32_t type, uint64_t sector,
    uint64_t physical, size_t size)
{
	if (disk->is_down)
		return D_DEVICE_DOWN;
	disk->slot[0].copy_to = NULL;
	put_request(disk, 0, type, sector, physical, size);
	return run_requests(disk, 1);
}

int
disk_read_physical(
    struct disk *disk, uint64_t sector, uint64_t physical, size_t size)
{
	return transfer_physical(disk, REQUEST_READ, sector, physical, size);
}

int
disk_write_physical(
    struct disk *disk, uint64_t sector, uint64_t physical, size_t size)
{
	return transfer_physical(disk, REQUEST_WRITE, sector, physical, size);
}

int
disk_flush(struct disk *disk)
{
	if (!disk->can_flush)
		return 0;
	if (disk->is_down)
		return D_DEVICE_DOWN;
	disk->slot[0].copy_to = NULL;
	put_request(disk, 0, REQUEST_FLUSH, 0, 0, 0);
	return run_requests(disk, 1);
}
