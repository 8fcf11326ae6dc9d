# SPDX-License-Identifier: BSD-2-Clause
# From .config to make variables. scripts/kconfig does each step and turns
# Kconfig's silent failures into errors.
#
#   parts.txt  the selectable parts, written here when it differs
#   *.in       a menu for each folder of parts, sourced by Config.in
#   .config    the configuration, in O
#   build/config.mk  the same as make variables; rewritten when older

KCONFIG_DIR := $(O)/build/kconfig
KCONFIG := scripts/kconfig
KCONFIG_FILES := Config.in $(wildcard */Config.in */*/Config.in */*/*/Config.in \
	$(foreach tree,$(EXTERNAL),$(tree)/Config.in $(tree)/*/*/Config.in))

$(if $(wildcard $(KCONFIG_DIR)/include/config/.),,\
	$(shell mkdir -p $(KCONFIG_DIR)/include/config))
$(call write-if-new,$(KCONFIG_DIR)/parts.txt,$(PARTS_TABLE))
$(if $(EXTERNAL)$(wildcard $(O)/.external),$(call \
	write-if-new,$(O)/.external,$(EXTERNAL)))
external-source = $(foreach file,$(wildcard $(EXTERNAL:%=%/Config.in)),source "$(file)"$(NEWLINE))
$(call write-if-new,$(KCONFIG_DIR)/external.in,$(external-source))

$(KCONFIG_DIR)/servers.in: $(KCONFIG_DIR)/parts.txt package/parts.awk
	$(Q)awk -v DIR=$(KCONFIG_DIR) -f package/parts.awk $<

$(O)/build/config.mk: $(O)/.config $(KCONFIG_DIR)/servers.in $(KCONFIG_FILES) \
		scripts/kconfig
	$(Q)$(KCONFIG) $(O) sync

# Without a configuration the default board's is taken, aloud.
$(O)/.config: | $(KCONFIG_DIR)/servers.in
	@echo "No configuration in $(O): taking $(DEFAULT_BOARD)_defconfig"
	$(Q)$(KCONFIG) $(O) defconfig configs/$(DEFAULT_BOARD)_defconfig

.PHONY: menuconfig nconfig oldconfig olddefconfig savedefconfig defconfig
menuconfig nconfig oldconfig olddefconfig savedefconfig: $(KCONFIG_DIR)/servers.in
	$(Q)$(KCONFIG) $(O) $@

%_defconfig: $(KCONFIG_DIR)/servers.in
	$(Q)$(KCONFIG) $(O) defconfig $(lastword configs/$@ $(wildcard \
	    $(EXTERNAL:%=%/configs/$@)))

defconfig: $(KCONFIG_DIR)/servers.in
	$(Q)$(KCONFIG) $(O) defconfig $(or $(DEFCONFIG),$(error say DEFCONFIG=FILE))
