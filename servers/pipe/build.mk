# SPDX-License-Identifier: BSD-2-Clause
# Pipes.
PROGRAMS += pipe
pipe_SUMMARY := the pipe server
pipe_LIBS := libstream libports libmach
pipe_MIG_SERVER := include/servers/pipe.defs include/servers/io.defs
pipe_MIG_USER := include/servers/bootstrap.defs
pipe_FILES := $(d)/pipe.service:/etc/services/pipe
