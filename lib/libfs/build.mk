# SPDX-License-Identifier: BSD-2-Clause
# What file systems have in common.
LIBRARIES += libfs
libfs_SUMMARY := nodes, paths, open files
libfs_LIBS := libports libmach
libfs_MIG_SERVER := include/servers/io.defs include/servers/fs.defs \
	include/mach/defs/memory_object.defs
libfs_MIG_USER := include/servers/fs.defs include/servers/fs_reply.defs \
	include/servers/bootstrap.defs include/servers/pipe.defs \
	include/mach/defs/memory_object_control.defs
libfs_CFLAGS := -ffunction-sections -fdata-sections
