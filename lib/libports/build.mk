# SPDX-License-Identifier: BSD-2-Clause
# Ports that stand for objects, and the loop that serves them.
LIBRARIES += libports
libports_SUMMARY := server loop
libports_LIBS := libmach
libports_MIG_USER := include/servers/bootstrap.defs
libports_CFLAGS := -ffunction-sections -fdata-sections
