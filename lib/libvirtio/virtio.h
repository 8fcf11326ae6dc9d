/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Virtio devices: found on PCI or as memory-mapped registers, started, and
 * talked to through split queues. Interrupts come as messages to a port of
 * the queue.
 *
 * Source: Virtual I/O Device (VIRTIO) 1.1: 2.6 split virtqueues, 3.1 device
 * initialization, 4.1 PCI, 4.2 MMIO. Devices of before 1.0 are refused.
 */
#ifndef LIBVIRTIO_VIRTIO_H
#define LIBVIRTIO_VIRTIO_H

#include <mach/mach_types.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VIRTIO_ID_BLOCK          2

#define VIRTIO_STATUS_ACK        1U
#define VIRTIO_STATUS_DRIVER     2U
#define VIRTIO_STATUS_DRIVER_OK  4U
#define VIRTIO_STATUS_FEATURES   8U
#define VIRTIO_STATUS_FAILED     128U

#define VIRTIO_FEATURE_VERSION_1 (1UL << 32)

struct virtio_device;

/* What PCI and MMIO do differently. */
struct virtio_transport {
	const char *name;
	uint64_t (*get_features)(struct virtio_device *device);
	void (*set_features)(struct virtio_device *device, uint64_t features);
	uint8_t (*get_status)(struct virtio_device *device);
	void (*set_status)(struct virtio_device *device, uint8_t status);
	/* Select queue 0 and return how long it may be. */
	uint16_t (*queue_max)(struct virtio_device *device);
	void (*queue_start)(struct virtio_device *device, uint16_t size,
	    uint64_t descriptors, uint64_t available, uint64_t used);
	void (*queue_notify)(struct virtio_device *device);
	/* Have interrupts sent to notify. */
	kern_return_t (*interrupts)(
	    struct virtio_device *device, mach_port_t notify);
	/* An interrupt message has come: make the next one possible. */
	void (*interrupt_done)(struct virtio_device *device);
};

struct virtio_device {
	const struct virtio_transport *transport;
	mach_port_t master;
	mach_port_t irq_port;
	volatile uint8_t *config; /* the device type's own */
	char name[16];            /* the caller's; of its memory, too */
	unsigned pieces;          /* of memory it has */
	union {
		struct {
			volatile uint8_t *common;
			volatile uint8_t *notify;
			volatile uint8_t *isr;
			uint32_t notify_multiplier;
			volatile uint32_t *msix_entry;
			volatile uint8_t *function; /* configuration space */
			unsigned msix_capability;
		} pci;
		struct {
			volatile uint8_t *registers;
			int irq;
		} mmio;
	} at;
};

/*
 * Call function for each device of a type, until it returns false. The
 * structure is the caller's to copy. Messages about devices that cannot be
 * used go to stdout, after `who`.
 */
typedef bool (*virtio_found_t)(
    const struct virtio_device *device, void *context);
extern void virtio_find(const char *who, mach_port_t master, unsigned type,
    virtio_found_t function, void *context);

/*
 * Reset the device and agree on features: those of wanted that it has are in
 * *features. NULL, or what is wrong. virtio_ready ends what it begins.
 */
extern const char *virtio_start(
    struct virtio_device *device, uint64_t wanted, uint64_t *features);
extern void virtio_ready(struct virtio_device *device);

/* A piece of a request: physical address and length. */
struct virtio_piece {
	uint64_t address;
	uint32_t length;
	bool device_writes;
};

#define VIRTIO_QUEUE_MAX 64

struct virtio_queue {
	struct virtio_device *device;
	mach_port_t notify; /* receive right: interrupts */
	uint16_t size;
	uint16_t free_head;
	uint16_t free_count;
	uint16_t used_seen;
	struct virtio_descriptor *descriptors;
	struct virtio_available *available;
	struct virtio_used *used;
	uint16_t next[VIRTIO_QUEUE_MAX];
	/* Of the request that starts there: the caller's word, and length. */
	uint16_t token[VIRTIO_QUEUE_MAX];
	uint16_t pieces[VIRTIO_QUEUE_MAX];
};

/* notify.c: have interrupts come to a new port. */
extern kern_return_t virtio_notify_start(struct virtio_queue *queue);

/* Set queue 0 up. NULL, or what is wrong. */
extern const char *virtio_queue_start(
    struct virtio_queue *queue, struct virtio_device *device);

/*
 * Put a request of count pieces, those that the device reads first. token comes
 * back when it is done. False: no room now. The device learns of it by
 * virtio_queue_kick.
 */
extern bool virtio_queue_put(struct virtio_queue *queue,
    const struct virtio_piece *pieces, unsigned count, uint16_t token);
extern void virtio_queue_kick(struct virtio_queue *queue);

/* A request that is done, if there is one. */
extern bool virtio_queue_take(struct virtio_queue *queue, uint16_t *token);

/* Wait for the next interrupt; false when ms have passed without one. */
extern bool virtio_queue_wait(struct virtio_queue *queue, unsigned ms);

/*
 * Memory that the device can reach, zeroed. It is bootstrap's, who gives the
 * same to the next driver that asks for as much in the same order: until that
 * one has reset the device, it may still write there. NULL: there is none.
 */
extern void *virtio_memory(
    struct virtio_device *device, size_t size, uint64_t *physical);

/* pci.c and mmio.c */
extern void virtio_find_pci(const char *who, mach_port_t master, unsigned type,
    virtio_found_t function, void *context);
extern void virtio_find_mmio(const char *who, mach_port_t master, unsigned type,
    virtio_found_t function, void *context);

/* Map registers; NULL when that fails. */
extern volatile uint8_t *virtio_map(
    mach_port_t master, uint64_t physical, size_t size);

#endif
