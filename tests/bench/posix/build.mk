# SPDX-License-Identifier: BSD-2-Clause
# POSIX's calls, measured by a program that runs on any POSIX system.
PROGRAMS += posixbench
posixbench_SUMMARY := what POSIX calls cost, in ns
posixbench_INSTALL := /bench/posixbench
posixbench_SRCS := $(d)/posixbench.c
posixbench_CPPFLAGS := -DNO_TCP
posixbench_CFLAGS := -Wno-missing-prototypes
