# SPDX-License-Identifier: BSD-2-Clause
# Virtio devices from user space: finding them, and their queues.
LIBRARIES += libvirtio
libvirtio_SUMMARY := virtio devices
libvirtio_LIBS := libmach
libvirtio_MIG_USER := include/device/device_master.defs \
	include/servers/bootstrap.defs
