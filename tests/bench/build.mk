# SPDX-License-Identifier: BSD-2-Clause
# What `make bench` measures.
PROGRAMS += machbench
machbench_SUMMARY := what operations cost, in instructions
machbench_INSTALL := /bench/machbench
machbench_SRCS := $(wildcard $(d)/*.c)
machbench_LIBS := libmach
