# SPDX-License-Identifier: BSD-2-Clause
HOST_TESTS += timeout_test
timeout_test_SRCS := kernel/kern/test/timeout_test.c kernel/kern/timeout.c \
	kernel/lib/rbtree.c
timeout_test_CPPFLAGS := -Ikernel -Ikernel/arch/include \
	-Ikernel/arch/host/include -Iinclude -Iinclude/arch/x86_64 -Ilib
