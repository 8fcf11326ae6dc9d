# SPDX-License-Identifier: BSD-2-Clause
# Stages to root tree to disk image. The bootstrap archive is a stage of its
# own; images/ also gets the kernel and the archive for boots without firmware.

epoch := $(or $(SOURCE_DATE_EPOCH),$(shell git log -1 --format=%ct 2>/dev/null),1700000000)
IMAGE := $(O)/images/$(patsubst "%",%,$(CONFIG_IMAGE_NAME))
OVERLAYS := $(patsubst "%",%,$(CONFIG_IMAGE_OVERLAY))
BOARD_DIR := board/$(BOARD)
ARCHIVED := $(foreach part,$(ON_PROGRAMS),$(if $(filter y,$($(part)_ARCHIVE)),$(part)))
archive-files := $(foreach part,$(ARCHIVED),$(O)/stage/$(part)$(call install-path,$(part)))

$(call write-if-new,$(O)/build/archive/words,$(epoch) $(archive-files))
$(O)/images/bootstrap.cpio: $(ARCHIVED:%=$(O)/stage/%.list) \
		$(O)/build/archive/words scripts/make-archive
	$(call step,archive,CPIO,$@) scripts/make-archive $@ $(epoch) $(archive-files)

$(O)/stage/archive.list: $(O)/images/bootstrap.cpio scripts/stage
	$(call step,archive,STAGE,$@) scripts/stage $@ file=$<:/boot/bootstrap.cpio:444

KERNEL_IMAGES := $(patsubst $(KERNEL_B)/%,$(O)/images/%,$(KERNEL_FILES))
$(KERNEL_IMAGES): $(O)/images/%: $(O)/stage/kernel.list
	$(Q)cp $(O)/stage/kernel/boot/$* $@

ROOT_LISTS := $(STAGE_LISTS) $(O)/stage/archive.list
$(call write-if-new,$(O)/build/root/words,$(ROOT_LISTS) $(OVERLAYS))
$(O)/root.list: $(ROOT_LISTS) $(O)/build/root/words scripts/merge $(foreach \
		overlay,$(OVERLAYS),$(overlay) $(call tree-files,$(overlay)))
	$(call step,root,MERGE,$@) scripts/merge $(O)/root "$(OVERLAYS)" $(ROOT_LISTS)

$(call write-if-new,$(O)/build/words,$(epoch) $(BOARD) $(foreach \
	name,$(filter CONFIG_IMAGE_%,$(CONFIG_ALL)),$($(name))))
$(IMAGE): $(O)/root.list $(O)/build/words scripts/make-image scripts/make-esp \
		scripts/make-ext2 $(BOARD_DIR)/image.cfg $(BOARD_DIR)/grub.cfg
	$(call step,image,IMAGE,$@) scripts/make-image $(O) $(BOARD) $(epoch) $(DL)
	@echo $@

.PHONY: root image
root: $(O)/root.list
image: $(IMAGE)
all: $(IMAGE) $(KERNEL_IMAGES)
