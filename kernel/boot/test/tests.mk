# SPDX-License-Identifier: BSD-2-Clause
HOST_TESTS += fdt_test
fdt_test_SRCS := kernel/boot/test/fdt_test.c kernel/boot/fdt.c
fdt_test_CPPFLAGS := -Ikernel -Iinclude
