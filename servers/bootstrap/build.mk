# SPDX-License-Identifier: BSD-2-Clause
# The first task. It is in the archive only: nothing starts it from the root.
PROGRAMS += bootstrap
bootstrap_SUMMARY := the first task: servers and their names
bootstrap_LIBS := librandom libexec libports libmach
bootstrap_MIG_SERVER := include/servers/bootstrap.defs
bootstrap_MIG_USER := $(addprefix include/servers/,bootstrap.defs \
	bootstrap_reply.defs process.defs) include/device/device_master.defs
bootstrap_ARCHIVE := y
