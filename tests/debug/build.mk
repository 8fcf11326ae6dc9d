# SPDX-License-Identifier: BSD-2-Clause
# What tests/boot/ddb.exp looks at with the kernel's debugger.
PROGRAMS += deadlock
deadlock_SUMMARY := two tasks that wait for each other
deadlock_INSTALL := /debug/deadlock
deadlock_LIBS := libmach
