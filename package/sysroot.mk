# SPDX-License-Identifier: BSD-2-Clause
# What software from outside the tree is compiled against: our compiler's
# wrapper (O/cross), and the C library with its headers (O/sysroot).

CROSS_FLAGS := $(TARGET_FLAGS_$(ARCH)) -fno-asynchronous-unwind-tables
CROSS_FILES := $(wildcard package/toolchain/*) scripts/make-cross
SYSROOT_LIBS := $(call closure,libc)
SYSROOT_TREES := libc/include libc/arch/$(ARCH)/include include include/arch/$(ARCH)
SYSROOT_HEADERS := $(filter %.h,$(foreach tree,$(SYSROOT_TREES),$(call \
	tree-files,$(tree))) $(wildcard lib/libmach/*.h lib/libmach/arch/$(ARCH)/include/*/*.h))
sysroot-words = tree=libc/include tree=libc/arch/$(ARCH)/include
SYSROOT_MIG := $(foreach lib,$(SYSROOT_LIBS),$(GEN_H.$(lib)))

$(call write-if-new,$(O)/build/sysroot/words,$(ARCH) $(CROSS_FLAGS) $(SYSROOT_HEADERS))
$(O)/cross/.done: $(CROSS_FILES) $(O)/build/sysroot/words
	$(Q)scripts/make-cross $(O)/cross $(ARCH) '$(CROSS_FLAGS)' && touch $@

$(O)/sysroot.list: $(O)/cross/.done $(CRT0) $(foreach lib,$(SYSROOT_LIBS),$(call \
		library-file,$(lib))) $(SYSROOT_HEADERS) scripts/make-sysroot \
		$(O)/build/sysroot/words
	$(call step,sysroot,STAGE,$@) scripts/make-sysroot $(O) $(ARCH) $(STRIP) \
	    $(CRT0) $(foreach lib,$(SYSROOT_LIBS),$(call library-file,$(lib)))

.PHONY: sysroot
sysroot: $(O)/sysroot.list

.PHONY: sdk
sdk: $(O)/sysroot.list $(ON_PACKAGES:%=$(O)/staging/%.list)
	$(Q)scripts/make-sdk $(O) $(ARCH) $(epoch) $(ON_PACKAGES)
