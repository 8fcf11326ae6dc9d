# SPDX-License-Identifier: BSD-2-Clause
# Pipes, with names and without, and local sockets.
PROGRAMS += pipe
pipe_SUMMARY := the server of pipes and local sockets
pipe_LIBS := libstream libports libmach
pipe_MIG_SERVER := $(addprefix include/servers/,pipe.defs io.defs socket.defs)
pipe_MIG_USER := $(addprefix include/servers/,socket_reply.defs pipe_reply.defs)
pipe_FILES := $(d)/pipe.service:/etc/services/pipe
