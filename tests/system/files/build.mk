# SPDX-License-Identifier: BSD-2-Clause
# Files of this system: what POSIX leaves open, and what it has besides.
UTILITIES += $(wildcard $(d)/*_test.c)
ring_test_LIBS := libmach
ring_test_MIG_USER := $(addprefix include/servers/,io.defs pipe.defs \
	bootstrap.defs)
ticket_test_LIBS := libmach
ticket_test_MIG_USER := $(addprefix include/servers/,fs.defs pipe.defs \
	bootstrap.defs)
