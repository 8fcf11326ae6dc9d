# SPDX-License-Identifier: BSD-2-Clause
# The tracer of calls.
PROGRAMS += rpctrace
rpctrace_SUMMARY := show the calls that programs make
rpctrace_LIBS := libutil libtask librpc libmach
rpctrace_CPPFLAGS := -Iuserland -I$(d)
rpctrace_MIG_SERVER := include/mach/defs/trace.defs
