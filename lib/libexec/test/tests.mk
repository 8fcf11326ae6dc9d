# SPDX-License-Identifier: BSD-2-Clause
HOST_TESTS += elf_image_test startup_test
elf_image_test_SRCS := lib/libexec/test/elf_image_test.c \
	lib/libexec/elf_image.c lib/libexec/arch/x86_64/machine.c
startup_test_SRCS := lib/libexec/test/startup_test.c lib/libexec/startup.c
startup_test_CPPFLAGS := -Iinclude -Iinclude/arch/x86_64
