# SPDX-License-Identifier: BSD-2-Clause
# Each part's stage, and the root tree: the merge of the stages.

# Where a program goes, unless <part>_INSTALL says otherwise.
INSTALL_servers := /sbin
INSTALL_userland := /bin
INSTALL_tests := /tests
install-path = $(or $($1_INSTALL),$(INSTALL_$(MENU.$1))/$1)
strip-words = $(if $(CONFIG_STRIP),strip=$(STRIP))
program-words = program=$(O)/build/$1/$1:$(call install-path,$1) $(strip-words)
kernel-words = $(foreach file,$(KERNEL_FILES),$(if $(filter %.elf,$(file)),program,file)=$(file):/boot/$(notdir \
	$(file))) $(strip-words)
file-words = $(addprefix file=,$($1_FILES)) $(addprefix link=,$($1_LINKS)) \
	$(addprefix tree=,$($1_TREE)) $(addprefix dir=,$($1_DIRS)) \
	$(addprefix skip=,$($1_SKIP)) $(addprefix text=,$($1_TEXT))
words-of = $(if $(filter $1,$(ON_PROGRAMS)),$(call program-words,$1)) $(if \
	$(filter $1,$(ON_KERNELS)),$(kernel-words)) $(call file-words,$1)
inputs-of = $(if $(filter $1,$(ON_PROGRAMS)),$(O)/build/$1/$1) $(if \
	$(filter $1,$(ON_KERNELS)),$(KERNEL_FILES)) $(foreach file,$($1_FILES),$(firstword \
	$(subst :, ,$(file)))) $(foreach tree,$($1_TREE),$(call tree-files,$(tree)))
tree-files = $(foreach file,$(wildcard $1/* $1/.[a-z]*),$(file) $(call tree-files,$(file)))

define stage-rule
WORDS.$1 := $(strip $(call words-of,$1))
$(O)/stage/$1.list: $(call inputs-of,$1) $(O)/build/$1/words scripts/stage
	$$(call step,$1,STAGE,$$@) scripts/stage $$@ $$(WORDS.$1)
	$$(call write-key,$1)
.PHONY: $1
$1: $(O)/stage/$1.list
endef
$(foreach part,$(STAGED),$(eval $(call stage-rule,$(part))))
STAGE_LISTS := $(patsubst %,$(O)/stage/%.list,$(STAGED) $(ON_PACKAGES))
