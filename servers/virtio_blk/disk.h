/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A virtio disk and its partitions. A request of any length is cut into slots
 * of SLOT_SIZE bytes, as many of which as there are go to the device at once;
 * the call returns when all are done.
 */
#ifndef DISK_H
#define DISK_H

#include <libports/ports.h>
#include <libvirtio/virtio.h>

#include "gpt.h"

#define DISK_SECTOR 512
#define DISK_SLOTS  2
#define SLOT_SIZE   (64 * 1024UL)

struct slot {
	struct slot_control
	    *control; /* header and status, as the device sees */
	uint64_t control_physical;
	char *data;
	uint64_t data_physical;
	size_t size;   /* of the request under way */
	char *copy_to; /* where a read's data go, or NULL */
};

struct disk {
	struct virtio_device device;
	struct virtio_queue queue;
	struct slot slot[DISK_SLOTS];
	unsigned number;
	uint64_t sectors;
	bool read_only;
	bool can_flush;
	bool is_down; /* it did not answer: nothing is asked of it any more */
};

/* What a port stands for: a whole disk or a partition of it. */
struct partition {
	struct disk *disk;
	uint64_t first;
	uint64_t count;
};

/* A disk started; NULL and a text of what is wrong. */
extern struct disk *disk_start(
    const struct virtio_device *device, unsigned number, const char **wrong);

/* Sizes are multiples of the sector. 0 or D_*. The caller checks bounds. */
extern int disk_read(
    struct disk *disk, uint64_t sector, void *data, size_t size);
extern int disk_write(
    struct disk *disk, uint64_t sector, const void *data, size_t size);
/* The same with memory that the device reaches. */
extern int disk_read_physical(
    struct disk *disk, uint64_t sector, uint64_t physical, size_t size);
extern int disk_write_physical(
    struct disk *disk, uint64_t sector, uint64_t physical, size_t size);
extern int disk_flush(struct disk *disk);

/* ops.c: serve the port that has a name, for a partition or something else. */
extern bool driver_offer(
    const char *name, const struct ports_class *class, void *object);
extern bool partition_publish(const char *name, struct partition *partition);

#endif
