# SPDX-License-Identifier: BSD-2-Clause
# From a program file to a task: what bootstrap and the process server share.
LIBRARIES += libexec
libexec_SUMMARY := checking and starting programs
libexec_LIBS := libmach
