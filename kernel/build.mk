# SPDX-License-Identifier: BSD-2-Clause
# The microkernel: every .c and .S of its folders; what a configuration leaves
# out is left out here, by folder or file, never by #if.

KERNELS += kernel
kernel_ALWAYS := y
kernel_FOLDERS := boot ipc vm kern device lib arch/$(ARCH) \
	$(if $(CONFIG_KERNEL_DDB),ddb)
kernel_SRCS := $(sort $(wildcard $(foreach folder,$(kernel_FOLDERS),\
	$(d)/$(folder)/*.c $(d)/$(folder)/*.S))) \
	$(if $(CONFIG_KERNEL_TEST),$(sort $(wildcard $(d)/*/test/ktest_*.c)))
kernel_EXCLUDE := $(d)/arch/$(ARCH)/kernel.lds.S $(d)/arch/$(ARCH)/offsets.c \
	$(if $(CONFIG_KERNEL_TEST),,$(d)/kern/ktest.c)
kernel_LDS := $(d)/arch/$(ARCH)/kernel.lds.S
kernel_CONFIG := KERNEL_%

# KERNEL_ARCH_CFLAGS, KERNEL_ARCH_LDFLAGS, KERNEL_ARCH_EXCLUDE;
# KERNEL_ARCH_NO_RETURN, for functions that need keep no registers
-include $(d)/arch/$(ARCH)/arch.mk
kernel_EXCLUDE += $(addprefix $(d)/,$(KERNEL_ARCH_EXCLUDE))

# What a checked kernel has more.
ifdef CONFIG_KERNEL_CHECKED
kernel_CPPFLAGS += -DCONFIG_CHECKED
kernel_CFLAGS += -fsanitize=undefined -fsanitize-undefined-trap-on-error \
	-fno-sanitize=alignment
else
kernel_EXCLUDE += $(addprefix $(d)/,ipc/ipc_check.c kern/checked.c \
	kern/test/ktest_shortage.c vm/vm_map_check.c)
endif

# Padding between functions and before loops would be 7 KB.
kernel_CFLAGS += -fno-align-functions -fno-align-jumps -fno-align-loops

# What is called all the time is to be fast, all else small.
kernel_FAST := $(addprefix ipc/,fastpath fastpath_kobject \
	fastpath_no_senders ipc_body ipc_entry \
	ipc_hash ipc_header ipc_kmsg ipc_kobject ipc_mqueue ipc_notify ipc_port \
	ipc_request ipc_right ipc_right_delta ipc_thread mach_msg mach_port \
	mach_port_trap mig_compact) \
	$(addprefix kern/,convert sched sched_switch slab thread thread_trap timeout \
	trap_calls ulock wait) lib/radix lib/rbtree lib/string \
	$(addprefix vm/,memory_control pmap vm_fault vm_map vm_map_copy \
	vm_map_copy_data vm_map_fork vm_object vm_object_read vm_pager vm_phys \
	vm_shadow \
	vm_trap vm_user_map) \
	$(addprefix arch/$(ARCH)/,context fpu gic irq timer tlb trap)
$(foreach source,$(filter-out $(kernel_FAST:%=$(d)/%.c),\
	$(wildcard $(d)/*/*.c $(d)/arch/$(ARCH)/*.c)),\
	$(eval CFLAGS-$(source) := -Os))

# What is to be inlined says so.
kernel_CFLAGS += -fno-inline-functions
$(foreach source,lib/rbtree vm/vm_map vm/vm_object vm/vm_phys,\
	$(eval CFLAGS-$(d)/$(source).c += -finline-functions))

# What it clears and copies are few words.
CFLAGS-$(d)/ipc/mig_compact.c := -fno-tree-loop-distribute-patterns

# What it calls and who calls it: see there.
CFLAGS-$(d)/ipc/fastpath.c := $(KERNEL_ARCH_NO_RETURN) -fno-stack-protector

# The trap table and its prototypes.
kernel_TRAPS := $(O)/build/kernel/gen/trap_table.c
kernel_TRAPS_FORM := $(if $(CONFIG_KERNEL_CHECKED),checked,table)
kernel_GEN_SRCS := $(kernel_TRAPS)
kernel_GEN_HEADERS := $(O)/build/kernel/gen/trap_prototypes.h
$(kernel_TRAPS): include/mach/traps.tbl scripts/mktraps
	$(call step,kernel,GEN,$@) scripts/generate $@ $< scripts/mktraps $(kernel_TRAPS_FORM)
$(kernel_GEN_HEADERS): include/mach/traps.tbl scripts/mktraps
	$(call step,kernel,GEN,$@) scripts/generate $@ $< scripts/mktraps header

# Message stubs: the interfaces of kernel objects, and what it calls.
kernel_DEFS := include/mach/defs
kernel_MIG_SERVER := $(addprefix $(kernel_DEFS)/,mach_port.defs task.defs mach_debug.defs \
	thread_act.defs host.defs host_priv.defs clock.defs mach_host.defs \
	sync.defs \
	vm_map.defs memory_object_control.defs) \
	include/device/device.defs \
	include/device/device_master.defs
kernel_MIG_USER := $(addprefix $(kernel_DEFS)/,exc.defs memory_object.defs)
kernel_MIG_SERVER_FLAGS := -DKERNEL_SERVER=1
# What is not called all the time is tables, which are a quarter of the code;
# not device.defs, which drivers serve, too: it is one option for all.
$(foreach stem,mach/defs/task mach/defs/mach_debug mach/defs/host_priv \
	mach/defs/clock mach/defs/mach_host mach/defs/sync \
	device/device_master,$(eval MIG_FLAGS-include/$(stem).defs := --compact))
# What is called often has a trap; vm_map has not for all.
$(foreach stem,mach/mach_port mach/mach_debug mach/clock mach/host mach/mach_host mach/host_priv mach/sync \
	mach/task mach/thread_act device/device \
	device/device_master,$(eval \
	CFLAGS-$(O)/build/kernel/gen/$(stem)_server.c := -Os))
kernel_MIG_USER_FLAGS := -DKERNEL_USER=1
