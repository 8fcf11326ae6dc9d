# SPDX-License-Identifier: BSD-2-Clause
# Other people's software. A package is a folder with a build.mk that names it
# in PACKAGES (or HOST_PACKAGES: for use during the build) and says where it
# comes from, what it needs and what class it is of; scripts/package does the
# work. docs/adding-a-package.md walks through one.
#
#   O/build/<p>/recipe   all that make knows of it, as shell; part of its key
#   O/build/<p>/src      its source; result/{target,staging}: what it made
#   O/stage/<p>          its files for the image
#   O/staging/<p>        headers and libraries, for packages that need it
#   O/build/<p>/sysroot  libc and what it needs, and nothing else
#   O/host               what host packages install

DL ?= dl
CACHE ?= $(DL)/cache

unique = $(if $1,$(firstword $1) $(call unique,$(filter-out $(firstword $1),$1)))
$(foreach package,$(PACKAGES) $(HOST_PACKAGES),$(if $(filter-out \
	$(PACKAGES) $(HOST_PACKAGES),$($(package)_NEEDS)),$(error \
	$($(package)_MK): $(package) needs $($(package)_NEEDS), which is not \
	all packages)))
$(foreach package,$(ALL_PACKAGES),$(eval NEEDS.$(package) := $(strip $(call \
	unique,$(call needs-of,$(package))))))

# Files whose change may change a package: its folder, the engine. Their names
# stand in the recipe too, so that one taken away is noticed.
package-files = $(filter-out %/Config.in %/build.mk,$(call tree-files,$($1_DIR))) \
	$(foreach tree,$($1_OVERRIDE_SRCDIR),$(call tree-files,$(tree)))

# What make knows of a package, as shell. No path of this machine stands in
# it, so that equal keys mean equal packages on another machine too.
package-body = $(call $(if $($2_$3),$2_$3,$1_$3),$2)
class-of = $(or $(filter $(CLASSES),$($1_CLASS)),$(error $($1_MK): \
	$1_CLASS is none of: $(CLASSES)))
define test-folder
mkdir -p "$$DEST/tests/$1"
$(if $(wildcard $($1_DIR)/test/run),cp "$$FOLDER"/test/* "$$DEST/tests/$1/")

endef
needed = $(or $($1_$2),$(error $($1_MK): $1_$2 is missing))
define recipe-text
name='$1'
version='$(call needed,$1,VERSION)'
class='$(class-of)'
kind='$(if $(filter $1,$(HOST_PACKAGES)),host,target)'
source='$($1_SOURCE)'
site='$($1_SITE)'
distribution='$($1_APT_SOURCE)'
override='$($1_OVERRIDE_SRCDIR)'
arch='$(ARCH)'
optimise='$(OPTIMISE) $($1_CFLAGS)'
strip='$(if $(filter n,$($1_STRIP)),,$(if $(CONFIG_STRIP),y))'
tools='$(if $(filter $1,$(HOST_PACKAGES)),$(HOST_ID),$(TOOLCHAIN_ID))'
needs='$(NEEDS.$1)'
licence='$(call needed,$1,LICENSE)'
licence_files='$($1_LICENSE_FILES)'
remove='$($1_REMOVE)'
manuals='$(if $(CONFIG_PACKAGE_MANDOC),y)'
files='$(sort $(patsubst $($1_DIR)/%,%,$(package-files)))'
prepare()
{
:
$($1_PREPARE)
}
configure()
{
$(call package-body,$(class-of),$1,CONFIGURE)
}
build()
{
$(call package-body,$(class-of),$1,BUILD)
}
install_files()
{
$(call package-body,$(class-of),$1,INSTALL)
}
install_tests()
{
:
$(if $(CONFIG_TESTS),$(test-folder)$($1_INSTALL_TESTS))
}
stage_words='$(strip $(call file-words,$1))'
endef

PACKAGE_ENGINE := $(addprefix scripts/,package package-steps key stage fetch)
staging-of = $(if $(filter $1,$(HOST_PACKAGES)),$(O)/host/.$1,$(O)/staging/$1.list)
stage-of = $(if $(filter $1,$(HOST_PACKAGES)),,$(O)/stage/$1.list)
package-base = $(if $(filter $1,$(HOST_PACKAGES)),,$(O)/sysroot.list)
package-inputs = $(O)/build/$1/recipe $(package-files) $(PACKAGE_ENGINE) \
	$(package-base) $(foreach need,$($1_NEEDS),$(call staging-of,$(need)))

# A package's own make is a part of this one and shares its jobs. "make -n"
# would run that line too: then it only says what it would do.
DRY := $(findstring n,$(filter-out --%,$(firstword -$(MAKEFLAGS))))
run-package = $(if $(DRY),@echo package $1 $2,+$(Q)O='$(O)' DL='$(DL)' \
	CACHE='$(CACHE)' FOLDER='$($1_DIR)' LAUNCHER='$(if $(CONFIG_CCACHE),ccache)' \
	PRIMARY_SITE='$(or $(PRIMARY_SITE),$(patsubst "%",%,$(CONFIG_PRIMARY_SITE)))' \
	PRIMARY_SITE_ONLY='$(or $(PRIMARY_SITE_ONLY),$(CONFIG_PRIMARY_SITE_ONLY))' \
	scripts/package $1 $2)

define package-rule
$(staging-of) $(stage-of) &: $(package-inputs)
	$(run-package)
.PHONY: $1
$1: $(staging-of) $(stage-of)
endef
$(foreach package,$(ALL_PACKAGES),$(eval $(call package-rule,$(package),all)))

# Goals of one package, up to a step or from one.
PACKAGE_STEPS := source extract patch configure build
PACKAGE_GOALS := $(PACKAGE_STEPS) rebuild reconfigure dirclean show-depends why
define package-step-goals
.PHONY: $(PACKAGE_GOALS:%=$1-%)
$1-source $1-extract $1-patch $1-why: $(O)/build/$1/recipe
	$$(call run-package,$1,$$(@:$1-%=%))
$1-configure $1-build $1-rebuild $1-reconfigure: $(package-inputs)
	$$(call run-package,$1,$$(@:$1-%=%))
$1-dirclean:
	$$(Q)rm -rf $(O)/build/$1 $(O)/stage/$1 $(O)/stage/$1.list \
	    $(O)/staging/$1 $(O)/staging/$1.list $(O)/key/$1 $(O)/host/.$1
$1-show-depends:
	@printf '%s\n' $(or $(NEEDS.$1),libc)
endef
asked-of = $(filter $(PACKAGE_GOALS:%=$1-%),$(MAKECMDGOALS))
$(foreach package,$(ALL_PACKAGES),$(if $(call asked-of,$(package)),$(eval $(call package-step-goals,$(package)))))

.PHONY: source
source: $(ALL_PACKAGES:%=source-of-%)
.PHONY: $(ALL_PACKAGES:%=source-of-%)
$(ALL_PACKAGES:%=source-of-%): source-of-%: $(O)/build/%/recipe
	$(call run-package,$*,source)

$(foreach package,$(ALL_PACKAGES),$(call write-if-new,$(O)/build/$(package)/recipe,$(call \
	recipe-text,$(package))))
