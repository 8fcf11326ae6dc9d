# SPDX-License-Identifier: BSD-2-Clause
VM_TEST_CPPFLAGS := -Ikernel -Ikernel/arch/include -Ikernel/arch/host/include \
	-Iinclude -Iinclude/arch/x86_64 -Ilib
VM_TEST_PMAP := kernel/vm/test/vm_host.c kernel/arch/host/tlb.c \
	kernel/vm/vm_phys.c kernel/vm/vm_kmem.c kernel/vm/pmap.c \
	kernel/kern/slab.c kernel/lib/rbtree.c

HOST_TESTS += vm_phys_test
vm_phys_test_SRCS := kernel/vm/test/vm_phys_test.c kernel/vm/test/vm_host.c \
	kernel/arch/host/tlb.c kernel/vm/vm_phys.c
vm_phys_test_CPPFLAGS := $(VM_TEST_CPPFLAGS)

HOST_TESTS += pmap_test
pmap_test_SRCS := kernel/vm/test/pmap_test.c $(VM_TEST_PMAP)
pmap_test_CPPFLAGS := $(VM_TEST_CPPFLAGS) -DCONFIG_CHECKED

VM_TEST_ALL := $(addprefix kernel/vm/test/,vm_host.c vm_host_alloc.c \
	vm_host_kernel.c) kernel/arch/host/tlb.c kernel/lib/rbtree.c \
	kernel/lib/radix.c $(addprefix kernel/vm/,memory_control.c pmap.c \
	vm_device.c vm_fault.c vm_init.c vm_kmem.c vm_map.c vm_map_access.c \
	vm_map_attr.c vm_map_copy.c vm_map_copy_data.c vm_map_fork.c \
	vm_memory_entry.c vm_object.c vm_pageout.c vm_pager.c vm_pager_return.c vm_shadow.c)

HOST_TESTS += vm_map_test
vm_map_test_SRCS := kernel/vm/test/vm_map_test.c $(VM_TEST_ALL)
vm_map_test_CPPFLAGS := $(VM_TEST_CPPFLAGS) -Ikernel/vm/test/stubs \
	-DCONFIG_CHECKED

HOST_TESTS += vm_pager_test
vm_pager_test_SRCS := kernel/vm/test/vm_pager_test.c $(VM_TEST_ALL)
vm_pager_test_CPPFLAGS := $(vm_map_test_CPPFLAGS)

HOST_TESTS += vm_user_test
vm_user_test_SRCS := kernel/vm/test/vm_user_test.c kernel/vm/vm_user.c \
	kernel/vm/vm_user_map.c kernel/vm/vm_shown.c $(VM_TEST_ALL)
vm_user_test_CPPFLAGS := $(vm_map_test_CPPFLAGS)

HOST_TESTS += vm_leaf_test
vm_leaf_test_SRCS := kernel/vm/test/vm_leaf_test.c $(VM_TEST_ALL)
vm_leaf_test_CPPFLAGS := $(vm_map_test_CPPFLAGS)
