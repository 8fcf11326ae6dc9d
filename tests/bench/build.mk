# SPDX-License-Identifier: BSD-2-Clause
# What `make bench` measures.
PROGRAMS += machbench
machbench_SUMMARY := what operations cost, in instructions
machbench_INSTALL := /bench/machbench
machbench_SRCS := $(wildcard $(d)/*.c)
machbench_MIG_USER := include/servers/bootstrap.defs \
	include/device/device_master.defs
machbench_MIG_USER += include/mach/defs/memory_object_control.defs
machbench_MIG_SERVER := include/mach/defs/memory_object.defs
machbench_CPPFLAGS := -I$(d)/arch/$(ARCH)
machbench_LIBS := libmach
