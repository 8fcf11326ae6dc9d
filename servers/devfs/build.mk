# SPDX-License-Identifier: BSD-2-Clause
PROGRAMS += devfs
devfs_SUMMARY := devices as files
devfs_LIBS := librandom libfs libports libmach
devfs_MIG_USER := include/servers/bootstrap.defs include/servers/pty.defs \
	include/device/device.defs
devfs_CPPFLAGS := -I$(d)
devfs_FILES := $(d)/devfs.service:/etc/services/devfs
