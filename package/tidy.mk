# SPDX-License-Identifier: BSD-2-Clause
# make tidy: clang-tidy over every C source of the selected parts that is ours
# (not what mig generates), in parallel, and only what changed since.
# TIDY_ONLY: a pattern of paths, to leave out what another run looks at.

TIDY_ONLY ?= %
tidy-flags = $(filter-out -Werror -fno-tree-% -ffile-prefix-map=% \
	-mpreferred-stack-boundary=%,$(FLAGS.$1)) \
	-Wno-unknown-warning-option $(if $(filter $1,$(HOST_NEEDED)),,\
	--target=$(ARCH)-linux-gnu)
tidy-sources = $(filter $(TIDY_ONLY),$(filter %.c,$(SRCS.$1)))

define tidy-rule
TIDY.$1 := $(patsubst %.c,$(O)/build/$1/%.tidy,$(tidy-sources))
$$(TIDY.$1): $(O)/build/$1/%.tidy: %.c $(O)/build/$1/%.o .clang-tidy
	$$(Q)scripts/tidy $$@ $$< $$(call tidy-flags,$1) $$(filter-out -fno-tree-% -fcall-used-% -ffixed-%,$$(CFLAGS-$$<))
tidy: $$(TIDY.$1)
endef
.PHONY: tidy
$(foreach part,$(C_PARTS),$(eval $(call tidy-rule,$(part))))
