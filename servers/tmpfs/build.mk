# SPDX-License-Identifier: BSD-2-Clause
# Files in memory; by its service file on /tmp and /var/shm.
PROGRAMS += tmpfs
tmpfs_SUMMARY := files in memory, on /tmp and /var/shm
tmpfs_LIBS := libfs libports libmach
tmpfs_MIG_USER := include/servers/bootstrap.defs
tmpfs_CPPFLAGS := -I$(d)
tmpfs_FILES := $(d)/tmpfs.service:/etc/services/tmpfs
