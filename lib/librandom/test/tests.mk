# SPDX-License-Identifier: BSD-2-Clause
HOST_TESTS += random_test
random_test_SRCS := lib/librandom/test/random_test.c
random_test_CPPFLAGS := -Iinclude -Iinclude/arch/x86_64 -Ilib \
	-I$(O)/host-test/libfs.gen
$(O)/host-test/random_test.o/lib/librandom/test/random_test.o: \
	$(O)/host-test/libfs.gen/mach/traps.h
