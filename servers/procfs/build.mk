# SPDX-License-Identifier: BSD-2-Clause
# Processes, and the system, as files; by its service file on /proc.
PROGRAMS += procfs
procfs_SUMMARY := processes and the system as files, on /proc
procfs_LIBS := libfs libports libmach
procfs_MIG_USER := $(addprefix include/servers/,bootstrap.defs process.defs) \
	$(addprefix include/mach/defs/,host.defs mach_host.defs) $(d)/asked.defs
procfs_FILES := $(d)/procfs.service:/etc/services/procfs
