# SPDX-License-Identifier: BSD-2-Clause
# Terminals.
PROGRAMS += tty
tty_SUMMARY := the terminal server
tty_LIBS := libstream libports libmach
tty_MIG_SERVER := $(addprefix include/servers/,io.defs term.defs fs.defs pty.defs)
tty_MIG_USER := include/servers/bootstrap.defs include/device/device.defs
tty_FILES := $(d)/tty.service:/etc/services/tty
