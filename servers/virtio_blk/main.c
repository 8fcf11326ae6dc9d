/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The driver of virtio disks.
 *
 * Registers disk0, disk1..., their partitions as disk0p1..., and each named
 * partition as label:NAME too (the first of a name); then, when all are there,
 * the name virtio_blk. The ports are bootstrap's (bootstrap_serve): when the
 * driver has died, the next one, which finds the same devices in the same
 * order, takes them up again. It keeps nothing else: what a device has not said
 * to be done has not been answered. It is started with --again then.
 */
#include <mach/mach_port_user.h>
#include <mach/task_user.h>
#include <mach/traps.h>

#include <device/device_dma_server.h>
#include <device/device_server.h>
#include <libports/ports.h>
#include <servers/bootstrap_user.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disk.h"

#define DISKS_MAX 16

static bool again; /* a driver before us has died: all is said already */
static unsigned disk_count;
static struct disk *disks[DISKS_MAX];

static struct partition *
new_partition(struct disk *disk, uint64_t first, uint64_t count)
{
	struct partition *partition = malloc(sizeof(*partition));

	if (partition != NULL)
		*partition = (struct partition){disk, first, count};
	return partition;
}

static bool
read_for_gpt(void *context, uint64_t sector, void *data, size_t count)
{
	struct disk *disk = context;

	return disk_read(disk, sector, data, count * GPT_SECTOR) == 0;
}

static void
publish_partition(struct disk *disk, const struct gpt_partition *found)
{
	struct partition *partition =
	    new_partition(disk, found->first, found->count);
	char name[64];

	if (partition == NULL)
		return;
	snprintf(name, sizeof(name), "disk%up%u", disk->number, found->number);
	(void)partition_publish(name, partition);
	if (again)
		return;
	printf("virtio_blk: %s: %llu KB, \"%s\"\n", name,
	    (unsigned long long)found->count / 2, found->name);
}

/* Names of partitions, each once. */
static void
publish_label(struct disk *disk, const struct gpt_partition *found)
{
	static char taken[DISKS_MAX * GPT_PARTITIONS][GPT_NAME];
	static unsigned count;
	struct partition *partition;
	char name[64];

	for (unsigned i = 0; i < count; i++) {
		if (strcmp(taken[i], found->name) == 0)
			return;
	}
	partition = new_partition(disk, found->first, found->count);
	if (found->name[0] == '\0' || partition == NULL ||
	    count == DISKS_MAX * GPT_PARTITIONS) {
		free(partition);
		return;
	}
	strlcpy(taken[count++], found->name, GPT_NAME);
	snprintf(name, sizeof(name), "label:%s", found->name);
	(void)partition_publish(name, partition);
}

static void
publish_disk(struct disk *disk)
{
	struct gpt_partition partitions[GPT_PARTITIONS];
	struct partition *whole = new_partition(disk, 0, disk->sectors);
	const char *problem;
	unsigned count;
	char name[16];

	snprintf(name, sizeof(name), "disk%u", disk->number);
	if (!again)
		printf("virtio_blk: %s: %llu MB, over %s%s\n", name,
		    (unsigned long long)disk->sectors >> 11,
		    disk->device.transport->name,
		    disk->read_only ? ", read-only" : "");
	if (whole == NULL || !partition_publish(name, whole))
		return;
	count =
	    gpt_parse(read_for_gpt, disk, disk->sectors, partitions, &problem);
	if (problem != NULL)
		printf("virtio_blk: %s: %s%s\n", name, problem,
		    count > 0 ? "; using its backup" : "");
	for (unsigned i = 0; i < count; i++) {
		publish_partition(disk, &partitions[i]);
		publish_label(disk, &partitions[i]);
	}
}

static bool
take_device(const struct virtio_device *device, void *context)
{
	static unsigned found; /* those that do not start keep their numbers */
	const char *wrong;
	struct disk *disk = disk_start(device, found++, &wrong);

	(void)context;
	if (disk == NULL)
		printf("virtio_blk: a disk over %s %s\n",
		    device->transport->name, wrong);
	else
		disks[disk_count++] = disk;
	return disk_count < DISKS_MAX;
}

static const struct ports_class driver_class = {.name = "driver"};

int
main(int argc, char **argv)
{
	static const ports_demux_t demux[] = {device_server, device_dma_server};
	mach_port_t bootstrap, host_priv, master;

	again = argc > 1 && strcmp(argv[1], "--again") == 0;
	if (task_get_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT,
		&bootstrap) != KERN_SUCCESS ||
	    bootstrap_privileged_ports(bootstrap, &host_priv, &master) !=
		KERN_SUCCESS) {
		printf("virtio_blk: only the system may start a driver\n");
		return EXIT_FAILURE;
	}
	(void)mach_port_deallocate(mach_task_self(), host_priv);
	virtio_find("virtio_blk", master, VIRTIO_ID_BLOCK, take_device, NULL);
	for (unsigned i = 0; i < disk_count; i++)
		publish_disk(disks[i]);
	if (!driver_offer("virtio_blk", &driver_class, &disk_count))
		return EXIT_FAILURE;
	ports_serve(demux, 2, NULL);
}
