# SPDX-License-Identifier: BSD-2-Clause
HOST_TESTS += rbtree_test
rbtree_test_SRCS := kernel/lib/test/rbtree_test.c kernel/lib/rbtree.c
rbtree_test_CPPFLAGS := -Ikernel -Iinclude -Ilib

HOST_TESTS += radix_test
radix_test_SRCS := kernel/lib/test/radix_test.c kernel/lib/radix.c
radix_test_CPPFLAGS := -Ikernel -Iinclude -Ilib

HOST_TESTS += acpi_test
acpi_test_SRCS := kernel/lib/test/acpi_test.c kernel/lib/acpi.c \
	kernel/lib/acpi_tables.c
acpi_test_CPPFLAGS := -Ikernel -Ikernel/arch/include -Iinclude -Ilib

HOST_TESTS += string_test
string_test_SRCS := kernel/lib/test/string_test.c \
	kernel/lib/test/string_renamed.c
string_test_CPPFLAGS := -Ikernel -Iinclude -I.
