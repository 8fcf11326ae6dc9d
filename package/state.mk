# SPDX-License-Identifier: BSD-2-Clause
# What must be on disk before the first rule runs: directories, and for each
# part its flags, list of objects and configuration slice, each written only
# when it differs, so that what depends on them is remade just then.

dirs := $(sort $(patsubst %/,%,$(dir $(foreach part,$(C_PARTS),$(OBJS.$(part)) \
	$(GEN_H.$(part)) $(GEN_C.$(part)) $(O)/build/$(part)/gen/.)))) \
	$(addprefix $(O)/,log stage staging key host/bin images) \
	$(addprefix $(O)/build/,$(STAGED) $(ALL_PACKAGES) root archive sysroot)
missing := $(filter-out $(patsubst %/.,%,$(wildcard $(addsuffix /.,$(dirs)))),$(dirs))
$(if $(missing),$(shell mkdir -p $(missing)))

# A part sees only the symbols that it asks for, as #defines in "config.h".
config-names = $(sort $(filter $(addprefix CONFIG_,$($1_CONFIG)),$(CONFIG_ALL)))
config-value = $(if $(filter y,$($1)),1,$($1))
config-text = /* The part of the configuration that $1 asks for. */$(foreach \
	name,$(config-names),$(NEWLINE)$(HASH)define $(name) $(call \
	config-value,$(name)))
HASH := \#
CONFIG_ALL := $(filter CONFIG_%,$(.VARIABLES))
part-flags = $(TOOLCHAIN_ID) $(CC.$1) $(FLAGS.$1) $(foreach file,$(SRCS.$1),$(CFLAGS-$(file))) \
	$(foreach option,MIG_FLAGS MIG_USER_FLAGS MIG_SERVER_FLAGS,$($1_$(option))) \
	$(foreach file,$($1_MIG_USER) $($1_MIG_SERVER),$(MIG_FLAGS-$(file)))

$(foreach part,$(C_PARTS),\
	$(call write-if-new,$(O)/build/$(part)/flags,$(call part-flags,$(part))) \
	$(call write-if-new,$(O)/build/$(part)/objects,$(OBJS.$(part)) $(USER_LDFLAGS)) \
	$(if $($(part)_CONFIG),$(call write-if-new,$(O)/build/$(part)/gen/config.h,$(call \
	config-text,$(part)))))
$(foreach part,$(STAGED),\
	$(call write-if-new,$(O)/build/$(part)/words,$(WORDS.$(part))))

.PHONY: list-parts
list-parts:
	@printf '%s\n' $(ON_PARTS)

define part-goals
.PHONY: $1-dirclean $1-rebuild $1-show-depends $1-why
$1-why:
	$$(Q)scripts/key why $$(call key-words,$1)
$1-dirclean:
	$$(Q)rm -rf $$(wildcard $(O)/build/$1 $(O)/stage/$1 $(O)/stage/$1.list \
	    $(O)/key/$1 $(O)/host/bin/$1)
$1-rebuild: $1-dirclean
	$$(Q)$$(MAKE) O=$(O) $1
$1-show-depends:
	@printf '%s\n' $(LIBS.$1) $(if $(GEN_H.$1),mig)
endef
asked := $(filter $(foreach suffix,-dirclean -rebuild -show-depends -why,$(addsuffix \
	$(suffix),$(filter-out $(ALL_PACKAGES),$(ON_PARTS)))),$(MAKECMDGOALS))
$(foreach part,$(sort $(foreach goal,$(asked),$(patsubst %-show-depends,%,$(patsubst %-why,%,$(patsubst \
	%-rebuild,%,$(patsubst %-dirclean,%,$(goal))))))),$(eval $(call part-goals,$(part))))
