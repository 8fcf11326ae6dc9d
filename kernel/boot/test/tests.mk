# SPDX-License-Identifier: BSD-2-Clause
HOST_TESTS += fdt_test
fdt_test_SRCS := kernel/boot/test/fdt_test.c kernel/boot/fdt.c
fdt_test_CPPFLAGS := -Ikernel -Iinclude

HOST_TESTS += fdt_boot_test
fdt_boot_test_SRCS := kernel/boot/test/fdt_boot_test.c kernel/boot/fdt_boot.c \
	kernel/boot/fdt.c kernel/boot/memory_map.c
fdt_boot_test_CPPFLAGS := -Ikernel -Ikernel/arch/include -Iinclude

BOOT_TEST_INCLUDES := -Ikernel -Ikernel/arch/include -Iinclude -Ilib

HOST_TESTS += memory_map_test
memory_map_test_SRCS := kernel/boot/test/memory_map_test.c \
	kernel/boot/memory_map.c
memory_map_test_CPPFLAGS := $(BOOT_TEST_INCLUDES)

HOST_TESTS += cmdline_test
cmdline_test_SRCS := kernel/boot/test/cmdline_test.c kernel/boot/cmdline.c
cmdline_test_CPPFLAGS := $(BOOT_TEST_INCLUDES)
