# SPDX-License-Identifier: BSD-2-Clause
# The ext2 file server; from the archive it serves the root.
PROGRAMS += ext2
ext2_LIBS := libfs libports libmach
ext2_MIG_USER := $(addprefix include/device/,device.defs device_dma.defs \
	device_master.defs) include/servers/bootstrap.defs
ext2_ARCHIVE := y
