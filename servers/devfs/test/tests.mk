# SPDX-License-Identifier: BSD-2-Clause
HOST_TESTS += devfs_random_test
devfs_random_test_SRCS := servers/devfs/test/devfs_random_test.c
devfs_random_test_CPPFLAGS := -Iinclude -Iinclude/arch/x86_64 -Iservers/devfs \
	-I$(O)/host-test/libfs.gen
$(O)/host-test/devfs_random_test.o/servers/devfs/test/devfs_random_test.o: \
	$(O)/host-test/libfs.gen/mach/traps.h
