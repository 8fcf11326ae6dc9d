# SPDX-License-Identifier: BSD-2-Clause
# Virtio disks and their partitions.
PROGRAMS += virtio_blk
virtio_blk_LIBS := libvirtio libports libmach
virtio_blk_MIG_SERVER := include/device/device.defs \
	include/device/device_dma.defs
virtio_blk_MIG_USER := include/servers/bootstrap.defs
virtio_blk_ARCHIVE := y
