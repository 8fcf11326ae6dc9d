# SPDX-License-Identifier: BSD-2-Clause
# XSI shared memory, semaphores and message queues.
PROGRAMS += sysvipc
sysvipc_SUMMARY := the server of XSI shared memory, semaphores, message queues
sysvipc_LIBS := libports libmach
sysvipc_MIG_SERVER := include/servers/sysvipc.defs
sysvipc_MIG_USER := $(addprefix include/servers/,sysvipc_reply.defs)
sysvipc_FILES := $(d)/sysvipc.service:/etc/services/sysvipc
