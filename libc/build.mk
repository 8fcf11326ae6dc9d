# SPDX-License-Identifier: BSD-2-Clause
# The C library: linked into every program.
LIBRARIES += libc
libc_SUMMARY := the C library
libc_LIBS := libmach
libc_CRT := $(d)/arch/$(ARCH)/crt0.S
libc_MIG_USER := $(addprefix include/servers/,io.defs fs.defs process.defs \
	term.defs pty.defs pipe.defs bootstrap.defs socket.defs \
	sysvipc.defs)
# A loop of memset() must not become a call of memset().
libc_CFLAGS := -ffreestanding -fno-tree-loop-distribute-patterns \
	-ffunction-sections -fdata-sections
libc_CPPFLAGS := -I$(d)/internal
