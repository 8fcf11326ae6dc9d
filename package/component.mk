# SPDX-License-Identifier: BSD-2-Clause
# Reads every build.mk: what parts the tree has. Data only, no rules.
#
# A build.mk appends names to the lists in KINDS and sets <name>_* variables
# (docs/builder.md has the table). While it is read, $(d) is its directory.

KINDS := HOST_PROGRAMS LIBRARIES PROGRAMS KERNELS DATA PACKAGES HOST_PACKAGES
BUILD_FILES := $(sort $(wildcard */build.mk */*/build.mk */*/*/build.mk)) \
	$(foreach tree,$(EXTERNAL),$(sort $(wildcard $(addprefix $(tree)/,\
	*/build.mk */*/build.mk */*/*/build.mk))))
EMPTY :=
SPACE := $(EMPTY) $(EMPTY)
COMMA := ,
define NEWLINE


endef

# Files written while reading make files, only when they differ. Newlines are
# left out of the comparison: make 4.3's $(file <) sometimes keeps the last.
one-line = $(subst $(NEWLINE),,$1)
differs = $(if $(subst x$1x,,x$2x)$(subst x$2x,,x$1x),y)
write-if-new = $(if $(if $(wildcard $1),$(call differs,$(call one-line,$(file <$1)),$(call \
	one-line,$2)),y),$(file >$1,$2))

upper = $(subst a,A,$(subst b,B,$(subst c,C,$(subst d,D,$(subst e,E,$(subst \
	f,F,$(subst g,G,$(subst h,H,$(subst i,I,$(subst j,J,$(subst k,K,$(subst \
	l,L,$(subst m,M,$(subst n,N,$(subst o,O,$(subst p,P,$(subst q,Q,$(subst \
	r,R,$(subst s,S,$(subst t,T,$(subst u,U,$(subst v,V,$(subst w,W,$(subst \
	x,X,$(subst y,Y,$(subst z,Z,$(subst -,_,$1)))))))))))))))))))))))))))

ARCH := $(patsubst "%",%,$(CONFIG_ARCH))
BOARD := $(patsubst "%",%,$(CONFIG_BOARD))

$(foreach kind,$(KINDS) PARTS,$(eval $(kind) :=))

# Utilities: one .c is one program, described by its head comment.
define add-utility
PROGRAMS += $(basename $(notdir $1))
$(basename $(notdir $1))_SRCS ?= $1
$(basename $(notdir $1))_HEAD ?= $1
endef

define read-build-file
d := $(patsubst %/,%,$(dir $1))
UTILITIES :=
include $1
$$(foreach file,$$(UTILITIES),$$(eval $$(call add-utility,$$(file))))
$$(foreach part,$$(filter-out $$(PARTS),$$(foreach kind,$$(KINDS),$$($$(kind)))), \
	$$(eval $$(part)_DIR := $$(d)) $$(eval $$(part)_MK := $1) \
	$$(eval PARTS += $$(part)))
endef
$(foreach file,$(BUILD_FILES),$(eval $(call read-build-file,$(file))))
d = $(error $$(d) is only set while a build.mk is read: use := there)

$(if $(filter-out $(words $(sort $(PARTS))),$(words $(foreach kind,$(KINDS),$($(kind))))),\
	$(error one name for two parts: $(strip $(foreach part,$(PARTS),$(if \
	$(word 2,$(filter $(part),$(foreach kind,$(KINDS),$($(kind))))),$(part))))))

# A part's folder decides its menu and the first half of its symbol.
MENUS := servers userland tests package
PREFIX_servers := SERVER_
PREFIX_userland := USERLAND_
PREFIX_tests := TEST_
PREFIX_package := PACKAGE_
in-its-tree = $(patsubst /%,%,$(subst |,,$(foreach tree,$(EXTERNAL),$(patsubst \
	$(tree)/%,%|,$(filter $(tree)/%,$1)))$(filter-out $(EXTERNAL:%=%/%),$1)))
menu-of = $(filter $(MENUS),$(firstword $(subst /, ,$(call in-its-tree,$($1_DIR)))))
$(foreach part,$(filter-out $(HOST_PROGRAMS) $(LIBRARIES) $(HOST_PACKAGES),$(PARTS)),\
	$(eval MENU.$(part) := $(call menu-of,$(part))))
$(foreach part,$(PARTS),$(if $(MENU.$(part)),$(eval SYMBOL.$(part) := \
	$(PREFIX_$(MENU.$(part)))$(call upper,$(part)))))

SELECTABLE := $(strip $(foreach part,$(PARTS),$(if $(MENU.$(part)),$(part))))

# What Kconfig has to know of them: package/parts.awk makes menus of it.
head-file = $(firstword $($1_HEAD) $(wildcard $($1_DIR)/main.c $($1_DIR)/$1.c))
own-options = $(wildcard $(if $(filter $1,$(notdir $($1_DIR))),$($1_DIR)/Config.in))
parts-line = $(MENU.$1)|$1|$(SYMBOL.$1)|$(or $($1_DEFAULT),$(if $(filter \
	$1,$(PACKAGES)),n,y))|$($1_ALWAYS)|$(foreach \
	need,$($1_REQUIRES) $(filter-out $(HOST_PACKAGES),$($1_NEEDS)),$(or $(SYMBOL.$(need)),$(error $($1_MK): $1 \
	requires $(need), which no build.mk declares)))|$($1_DEPENDS)|$(own-options)|$(head-file)|$($1_SUMMARY)
PARTS_TABLE := $(if $(SELECTABLE),$(subst $(NEWLINE)end,,$(subst $(NEWLINE)$(SPACE),$(NEWLINE),$(foreach \
	part,$(sort $(SELECTABLE)),$(strip $(call parts-line,$(part)))$(NEWLINE)))end))
