# SPDX-License-Identifier: BSD-2-Clause
# Processes: fork, exec, wait, signals.
PROGRAMS += process
process_LIBS := librandom libexec libports libmach
process_MIG_SERVER := include/servers/process.defs include/mach/defs/exc.defs
process_MIG_USER := $(addprefix include/servers/,bootstrap.defs \
	process_reply.defs fs.defs) $(d)/program.defs
process_ARCHIVE := y
