# SPDX-License-Identifier: BSD-2-Clause
IPC_TEST_SRCS := $(wildcard kernel/ipc/test/ipc_host*.c) \
	$(filter-out kernel/ipc/ipc_check.c kernel/ipc/mach_port_kobject.c,$(wildcard kernel/ipc/*.c)) \
	kernel/arch/host/copy.c kernel/kern/wait.c kernel/kern/timeout.c kernel/lib/rbtree.c
IPC_TEST_CPPFLAGS := -Ikernel/ipc/test/include -Ikernel \
	-Ikernel/arch/include -Ikernel/arch/host/include -Iinclude \
	-Iinclude/arch/x86_64 -Ilib -D_GNU_SOURCE
IPC_TESTS := ipc_right_test mach_msg_test ipc_notify_test ipc_body_test \
	ipc_kobject_test ipc_no_senders_test ipc_shortage_test

HOST_TESTS += $(IPC_TESTS)
$(foreach test,$(IPC_TESTS),\
	$(eval $(test)_SRCS := kernel/ipc/test/$(test).c $(IPC_TEST_SRCS)) \
	$(eval $(test)_CPPFLAGS := $(IPC_TEST_CPPFLAGS)))

# Every order of what happens to ports, against a model of them.
HOST_TESTS += ipc_model_test
ipc_model_test_SRCS := kernel/ipc/test/ipc_model_test.c \
	$(wildcard kernel/ipc/test/model*.c) $(IPC_TEST_SRCS)
ipc_model_test_CPPFLAGS := $(IPC_TEST_CPPFLAGS)
