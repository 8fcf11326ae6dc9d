# SPDX-License-Identifier: BSD-2-Clause
# The first process, and the service that gives the console a shell.
PROGRAMS += init
init_SUMMARY := the first process: services, shutdown
init_INSTALL := /sbin/init
init_MIG_USER := include/servers/bootstrap.defs
init_FILES := $(d)/console.service:/etc/services/console
