# SPDX-License-Identifier: BSD-2-Clause

HOST_TESTS += x86_64_pte_test
x86_64_pte_test_SRCS := kernel/arch/x86_64/test/pte_test.c
x86_64_pte_test_CPPFLAGS := -Ikernel -Ikernel/arch/include \
	-Ikernel/arch/x86_64/include -Iinclude -Ilib
