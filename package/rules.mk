# SPDX-License-Identifier: BSD-2-Clause
# The engine: rules for every part that the configuration needs.
#
#   O/build/<part>/   objects, gen/ (generated sources), flags, result
#   O/stage/<part>/   the files it gives to the image; never edited after
#   O/stage/<part>.list  their names and sums; unchanged bytes stop here
#   O/key/<part>      what it was made from, for <part>-why

include $(O)/build/toolchain.mk
$(O)/build/toolchain.mk: $(O)/build/config.mk scripts/toolchain \
		$(wildcard $(TOOLCHAIN_FILES))
	$(Q)scripts/toolchain $(O)

ifdef TOOLCHAIN_ID

include package/flags.mk

# The selected parts, and the libraries that they and each other link.
closure = $(sort $1 $(foreach lib,$1,$(call closure,$($(lib)_LIBS))))
chosen = $(foreach part,$1,$(if $(SYMBOL.$(part)),$(if \
	$(filter y,$(CONFIG_$(SYMBOL.$(part)))),$(part)),$(part)))
program-libs = $(call closure,$($1_LIBS) $(filter libc,$(LIBRARIES)))
ON_PROGRAMS := $(call chosen,$(PROGRAMS))
ON_DATA := $(call chosen,$(DATA))
ON_KERNELS := $(call chosen,$(KERNELS))
$(foreach part,$(ON_PROGRAMS),$(eval LIBS.$(part) := $(call program-libs,$(part))))
$(foreach part,$(LIBRARIES),$(eval LIBS.$(part) := $(call closure,$($(part)_LIBS))))
ON_LIBRARIES := $(sort $(foreach part,$(ON_PROGRAMS),$(LIBS.$(part))))
# Packages: the selected ones, and what they need.
needs-of = $(foreach need,$($1_NEEDS),$(call needs-of,$(need)) $(need))
ON_PACKAGES := $(call chosen,$(PACKAGES))
ON_HOST_PACKAGES := $(filter $(HOST_PACKAGES),$(sort $(WANTED_HOST_PACKAGES) \
	$(foreach package,$(ON_PACKAGES),$(call needs-of,$(package)))))
ALL_PACKAGES := $(ON_HOST_PACKAGES) $(ON_PACKAGES)
STAGED := $(sort $(ON_KERNELS) $(ON_PROGRAMS) $(ON_DATA))
HOST_NEEDED := $(HOST_PROGRAMS)
ON_PARTS := $(sort $(STAGED) $(ON_LIBRARIES) $(HOST_NEEDED) $(ALL_PACKAGES))
unknown-libs = $(filter-out $(LIBRARIES),$($1_LIBS))
$(foreach part,$(PROGRAMS) $(LIBRARIES),$(if $(call unknown-libs,$(part)),\
	$(error $($(part)_MK): $(part) needs $(call unknown-libs,$(part)),\
	which no build.mk declares)))

STEP_O := $(O)
STEP_TOTAL := $(words $(ON_PARTS) root archive image)
STEP_RUN := $(firstword $(file </proc/self/stat))
export STEP_O STEP_TOTAL STEP_RUN
step = $(Q)scripts/step $1 $2 $3

# Sources: what the build.mk says, or by the folder. A file of the folder
# arch/<a>/ replaces one of the same name elsewhere in a library.
B = $(O)/build/$1
c-files = $(sort $(wildcard $(addsuffix /*.c,$1) $(addsuffix /*.S,$1)))
folder-of = $($1_DIR) $(wildcard $($1_DIR)/src $($1_DIR)/src/*)
arch-of = $(wildcard $($1_DIR)/arch/$(ARCH) $($1_DIR)/arch/$(ARCH)/*)
replace = $(foreach file,$1,$(if $(filter $(basename $(notdir $(file))),\
	$(basename $(notdir $2))),,$(file))) $2
default-sources = $(call replace,$(call c-files,$(call folder-of,$1)),$(call \
	c-files,$(call arch-of,$1)))
sources-of = $(filter-out $($1_EXCLUDE),$(or $($1_SRCS),$(call default-sources,$1)))
objects-of = $(patsubst $(O)/build/%,%,$1)
object-name = $(addsuffix .o,$(basename $(patsubst $(B)/%,%,$2)))

# Message stubs: <stem>_user.{c,h} and <stem>_server.{c,h} under gen/.
mig-stem = $(basename $(patsubst include/%,%,$(subst /defs/,/,$(if \
	$(filter include/%,$1),$1,$(notdir $1)))))
mig-files = $(foreach file,$($1_MIG_USER),$(B)/gen/$(call mig-stem,$(file))_user.$2) \
	$(foreach file,$($1_MIG_SERVER),$(B)/gen/$(call mig-stem,$(file))_server.$2)

define part-variables
SRCS.$1 := $(call sources-of,$1)
GEN_C.$1 := $(strip $(call mig-files,$1,c) $($1_GEN_SRCS))
GEN_H.$1 := $(strip $(call mig-files,$1,h) $($1_GEN_HEADERS))
endef
$(foreach part,$(ON_PARTS),$(eval $(call part-variables,$(part))))

# Flags by kind.
gen-includes = $(foreach part,$1 $(LIBS.$1),$(if $(GEN_H.$(part))$($(part)_CONFIG),\
	$(addprefix -I,$(sort $(O)/build/$(part)/gen $(patsubst %/,%,$(dir $(GEN_H.$(part))))))))
exported = $(foreach lib,$1 $(LIBS.$1),$($(lib)_EXPORT_CPPFLAGS))
user-flags = $($1_CPPFLAGS) $(exported) $(gen-includes) $(USER_FLAGS) \
	$($1_CFLAGS) $(USER_FLAGS_END)
kernel-flags = $(gen-includes) $($1_CPPFLAGS) $(KERNEL_FLAGS) $($1_CFLAGS) \
	$(KERNEL_ARCH_CFLAGS) -isystem $(CC_INCLUDE)
host-flags = $($1_CPPFLAGS) $(HOST_FLAGS) $($1_CFLAGS)
$(foreach part,$(ON_PROGRAMS) $(ON_LIBRARIES),\
	$(eval FLAGS.$(part) := $(call user-flags,$(part))) \
	$(eval CC.$(part) := $(CC)))
$(foreach part,$(ON_KERNELS),$(eval FLAGS.$(part) := $(call kernel-flags,$(part))) \
	$(eval CC.$(part) := $(CC)))
$(foreach part,$(HOST_NEEDED),$(eval FLAGS.$(part) := $(call host-flags,$(part))) \
	$(eval CC.$(part) := $(HOSTCC)))

C_PARTS := $(ON_PROGRAMS) $(ON_LIBRARIES) $(ON_KERNELS) $(HOST_NEEDED)

# Compile: one rule for the C and one for the assembly of each part.
define compile-rule
$2: $(O)/build/$1/%.o: $3 $(O)/build/$1/flags | $(GEN_H.$1) $(foreach \
		lib,$(LIBS.$1),$(GEN_H.$(lib)))
	$$(call step,$1,CC,$$@) $$(CC.$1) $$(FLAGS.$1) $$(CFLAGS-$$<) -MMD -MP \
	    -c -o $$@ $$<
endef
compile = $(if $2,$(eval $(call compile-rule,$1,$2,$3)))
define part-objects
OBJS.$1 := $(addprefix $(O)/build/$1/,$(call object-name,$1,$(SRCS.$1) $(GEN_C.$1)))
$(call compile,$1,$(addprefix $(O)/build/$1/,$(addsuffix .o,$(basename \
	$(filter %.c,$(SRCS.$1))))),%.c)
$(call compile,$1,$(addprefix $(O)/build/$1/,$(addsuffix .o,$(basename \
	$(filter %.S,$(SRCS.$1))))),%.S)
$(call compile,$1,$(addsuffix .o,$(basename $(GEN_C.$1))),$(O)/build/$1/%.c)
endef
$(foreach part,$(C_PARTS),$(eval $(call part-objects,$(part))))

# Results. Each writes the part's key, for <part>-why. An archive holds nothing
# of the libraries it needs, which may be built after it.
key-words = $(O) $1 $($1_MK) "$(filter-out $(O)/%,$(call inputs-of,$1))" "$(if \
	$(filter $1,$(LIBRARIES)),,$(LIBS.$1))"
write-key = $(Q)scripts/key write $(call key-words,$1)

CRT0 := $(patsubst %,$(O)/build/libc/%.o,$(basename $(libc_CRT)))
library-file = $(O)/build/$1/$(patsubst liblib%,lib%,lib$1).a

define library-rule
$(call library-file,$1): $(filter-out $(CRT0),$(OBJS.$1)) $(O)/build/$1/objects
	$$(call step,$1,AR,$$@) scripts/archive $(AR) $$@ $$(filter %.o,$$^)
	$$(call write-key,$1)
.PHONY: $1
$1: $(call library-file,$1)
endef
$(foreach part,$(ON_LIBRARIES),$(eval $(call library-rule,$(part))))

define program-rule
$(O)/build/$1/$1: $(CRT0) $(OBJS.$1) $(foreach lib,$(LIBS.$1),$(call \
		library-file,$(lib))) $(O)/build/$1/flags $(O)/build/$1/objects
	$$(call step,$1,LINK,$$@) $$(CC) $$(USER_LDFLAGS) $$($1_LDFLAGS) -o $$@ \
	    $$(filter %.o,$$^) -Wl,--start-group $$(filter %.a,$$^) \
	    $$(LIBGCC) -Wl,--end-group
endef
$(foreach part,$(ON_PROGRAMS),$(eval $(call program-rule,$(part))))

define host-program-rule
$(O)/host/bin/$1: $(OBJS.$1) $(O)/build/$1/flags $(O)/build/$1/objects
	$$(call step,$1,LINK,$$@) $$(HOSTCC) -o $$@ $$(filter %.o,$$^) $$($1_LDFLAGS)
	$$(call write-key,$1)
.PHONY: $1
$1: $(O)/host/bin/$1
endef
$(foreach part,$(HOST_NEEDED),$(eval $(call host-program-rule,$(part))))

include package/mig.mk
include package/kernel.mk
include package/stage.mk
include package/state.mk
include package/sysroot.mk
include package/classes.mk
include package/package.mk
include package/tidy.mk
include package/image.mk
include package/report.mk

-include $(wildcard $(foreach part,$(C_PARTS),$(OBJS.$(part):.o=.d)))
endif
