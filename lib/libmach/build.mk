# SPDX-License-Identifier: BSD-2-Clause
# What every user program needs of Mach: traps, messages, threads.
LIBRARIES += libmach
libmach_SUMMARY := traps, messages and threads
libmach_MIG_USER := $(addprefix include/mach/defs/,mach_port.defs task.defs \
	thread_act.defs host.defs host_priv.defs clock.defs mach_host.defs mach_debug.defs sync.defs) \
	$(wildcard include/mach/defs/vm_map.defs)
libmach_MIG_USER_FLAGS := -DLIBMACH_STUBS=1
libmach_EXPORT_CPPFLAGS := -I$(d)/arch/$(ARCH)/include
libmach_CFLAGS := -ffreestanding -fno-tree-loop-distribute-patterns \
	-ffunction-sections -fdata-sections
libmach_GEN := $(O)/build/libmach/gen/mach
libmach_GEN_HEADERS := $(libmach_GEN)/traps.h $(libmach_GEN)/trap_stubs.h
libmach_CPPFLAGS := -I$(O)/build/libmach/gen

# mach_task_self() is a variable read; the trap behind it has another name.
$(libmach_GEN)/traps.h: include/mach/traps.tbl scripts/mktraps
	$(Q)mkdir -p $(@D)
	$(Q)scripts/mktraps user < $< | sed \
	    's/mach_task_self(void);/mach_task_self(void);\nextern mach_port_t mach_task_self_trap(void);/' \
	    > $@.tmp && mv $@.tmp $@

$(libmach_GEN)/trap_stubs.h: include/mach/traps.tbl scripts/mktraps \
		$(O)/build/libmach/flags
	$(Q)mkdir -p $(@D)
	$(Q)scripts/mktraps $(ARCH) < $< | \
	    sed 's/\<mach_task_self\>/mach_task_self_trap/g' > $@.tmp && \
	    mv $@.tmp $@
