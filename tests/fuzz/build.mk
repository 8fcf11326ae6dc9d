# SPDX-License-Identifier: BSD-2-Clause
# The kernel's fuzzer, and the table of calls that it is made from: whatever
# interfaces the kernel serves, as mig tells them.
PROGRAMS += kernel_fuzz
kernel_fuzz_SUMMARY := the kernel called at random: make fuzz-kernel
kernel_fuzz_INSTALL := /fuzz/kernel_fuzz
kernel_fuzz_LIBS := libmach
kernel_fuzz_CPPFLAGS := -I$(d)
kernel_fuzz_MIG_USER := include/mach/defs/host.defs
kernel_fuzz_GEN := $(O)/build/kernel_fuzz/gen
kernel_fuzz_JSON := $(patsubst %.defs,$(kernel_fuzz_GEN)/%.json,\
	$(notdir $(kernel_MIG_SERVER)))
kernel_fuzz_GEN_SRCS := $(kernel_fuzz_GEN)/calls.c

define kernel_fuzz_json
$(kernel_fuzz_GEN)/$(basename $(notdir $1)).json: $1 $(O)/host/bin/mig \
		$(O)/build/kernel_fuzz/flags
	$$(Q)mkdir -p $$(@D)
	$$(call step,kernel_fuzz,MIG,$$@) $(O)/host/bin/mig -n \
	    -Iinclude -Iinclude/arch/$(ARCH) --json $$@ $1
endef
$(foreach file,$(kernel_MIG_SERVER),$(eval $(call kernel_fuzz_json,$(file))))

kernel_fuzz_MKCALLS := $(d)/mkcalls.pl
$(kernel_fuzz_GEN_SRCS): include/mach/traps.tbl $(kernel_fuzz_MKCALLS) \
		$(kernel_fuzz_JSON)
	$(call step,kernel_fuzz,GEN,$@) scripts/generate $@ $< \
	    $(kernel_fuzz_MKCALLS) $(kernel_fuzz_JSON)
