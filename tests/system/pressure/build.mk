# SPDX-License-Identifier: BSD-2-Clause
# What tests/system/pressure.exp has the system suffer from.
PROGRAMS += press
press_SUMMARY := uses something up and ends a server in the middle of it
press_INSTALL := /tests/pressure/press
press_SRCS := $(wildcard $(d)/*.c)
press_MIG_USER := include/servers/pipe.defs include/servers/bootstrap.defs
press_LIBS := libmach
