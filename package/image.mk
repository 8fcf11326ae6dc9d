# SPDX-License-Identifier: BSD-2-Clause
# Stages to root tree to disk image. The bootstrap archive is a stage of its
# own; images/ also gets the kernel and the archive for boots without firmware.

epoch := $(or $(SOURCE_DATE_EPOCH),$(shell git log -1 --format=%ct 2>/dev/null),1700000000)
IMAGE := $(O)/images/$(patsubst "%",%,$(CONFIG_IMAGE_NAME))
words-in = $(subst ",,$(CONFIG_IMAGE_$1))
OVERLAYS := $(wildcard $(EXTERNAL:%=%/overlay)) $(call words-in,OVERLAY)
POST_BUILD := $(call words-in,POST_BUILD)
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
# Users and permissions: of the selected parts, and of the menu's files.
TABLES := $(call words-in,TABLES)
table-lines = $(foreach line,$($1_USERS),user $(line)$(NEWLINE)) $(foreach \
	line,$($1_PERMISSIONS),permission $(line)$(NEWLINE))
$(call write-if-new,$(O)/build/root/table.parts,$(foreach part,$(ON_PARTS),$(call table-lines,$(part))))
$(call write-if-new,$(O)/build/root/words,$(ROOT_LISTS) $(OVERLAYS) $(TABLES) $(POST_BUILD))
$(O)/build/root/table: $(O)/build/root/table.parts $(O)/build/root/words $(TABLES)
	$(Q)sed 's/^ *//' $(O)/build/root/table.parts $(TABLES) > $@
$(O)/root.list: $(ROOT_LISTS) $(O)/build/root/table scripts/merge scripts/apply-table \
		$(POST_BUILD) $(foreach overlay,$(OVERLAYS),$(overlay) $(call tree-files,$(overlay)))
	$(call step,root,MERGE,$@) scripts/merge $(O)/root "$(OVERLAYS)" \
	    $(O)/build/root/table "$(POST_BUILD)" $(ROOT_LISTS)

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
