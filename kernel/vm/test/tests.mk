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
