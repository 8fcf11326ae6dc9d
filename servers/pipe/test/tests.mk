# SPDX-License-Identifier: BSD-2-Clause
HOST_TESTS += pipe_ring_test
pipe_ring_test_SRCS := servers/pipe/test/ring_test.c servers/pipe/ring.c
pipe_ring_test_CPPFLAGS := -Iservers/pipe -Ilib -Iinclude \
	-Iinclude/arch/x86_64 -I$(O)/host-test/libfs.gen
$(patsubst %.c,$(O)/host-test/pipe_ring_test.o/%.o,\
	$(pipe_ring_test_SRCS)): $(O)/host-test/libfs.gen/mach/traps.h
