# SPDX-License-Identifier: BSD-2-Clause
# The kernel: constants for assembly, link map through the preprocessor,
# a flat copy where the loader wants one.
#
# gen/offsets.h comes from arch/<a>/offsets.c: every line of its assembly
# ->NAME VALUE (from asm volatile) becomes a #define.

KERNEL_DIR := kernel/arch/$(ARCH)
KERNEL_B := $(O)/build/kernel
KERNEL_ELF := $(KERNEL_B)/machr.elf
KERNEL_FILES := $(KERNEL_ELF) $(addprefix $(KERNEL_B)/,$(KERNEL_FLAT))

ifneq ($(wildcard $(KERNEL_DIR)/offsets.c),)
$(filter %.o,$(OBJS.kernel)): | $(KERNEL_B)/gen/offsets.h
FLAGS.kernel += -I$(KERNEL_B)/gen
endif
$(KERNEL_B)/gen/offsets.h: $(KERNEL_DIR)/offsets.c $(KERNEL_B)/flags scripts/offsets
	$(call step,kernel,GEN,$@) scripts/offsets $@ $(CC) $(FLAGS.kernel) \
	    -MMD -MP -MF $(KERNEL_B)/gen/offsets.d -MT $@ $<
-include $(wildcard $(KERNEL_B)/gen/offsets.d)

$(KERNEL_B)/kernel.lds: $(kernel_LDS) $(KERNEL_B)/flags
	$(call step,kernel,LDS,$@) $(CC) -E -P -x assembler-with-cpp \
	    $(filter -I% -D% -U%,$(FLAGS.kernel)) -MMD -MP -MF $(KERNEL_B)/lds.d -MT $@ \
	    -o $@ $<
-include $(wildcard $(KERNEL_B)/lds.d)

$(KERNEL_ELF): $(OBJS.kernel) $(KERNEL_B)/kernel.lds $(KERNEL_B)/flags \
		$(KERNEL_B)/objects scripts/link-kernel
	$(call step,kernel,LINK,$@) scripts/link-kernel $@ $(lastword $(CC)) $(NM) $(KERNEL_B)/ksyms \
	    $(KERNEL_LDFLAGS) $(KERNEL_ARCH_LDFLAGS) -T $(KERNEL_B)/kernel.lds \
	    $(filter %.o,$^) $(LIBGCC)

$(KERNEL_B)/machr.Image: $(KERNEL_ELF)
	$(call step,kernel,IMAGE,$@) $(OBJCOPY) -O binary $< $@
