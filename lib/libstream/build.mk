# SPDX-License-Identifier: BSD-2-Clause
# Files without offsets: what the terminal and pipe servers have in common.
LIBRARIES += libstream
libstream_SUMMARY := streams: waiting readers and writers
libstream_LIBS := libports libmach
libstream_MIG_SERVER := include/servers/io.defs
libstream_MIG_USER := include/servers/io_reply.defs
libstream_CFLAGS := -ffunction-sections -fdata-sections
