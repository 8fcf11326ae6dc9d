# SPDX-License-Identifier: BSD-2-Clause
# What stands in the configuration, for people and other programs:
#   show-info   every selected part, as JSON
#   sbom        a bill of materials, CycloneDX 1.5, as JSON
#   legal-info  licences, sources and patches of the packages, a manifest
#   graph-depends, graph-build, graph-size   a picture and a table
#
# O/build/parts.info has a line a part, fields by '|': name, kind, version,
# licence, where from, needs, source file, folder, distribution's source.

REPORTS := show-info sbom legal-info graph-depends graph-build graph-size
kind-of = $(firstword $(foreach kind,$(KINDS),$(if $(filter $1,$($(kind))),$(kind))))
info-needs = $(strip $(LIBS.$1) $($1_REQUIRES) $($1_NEEDS))
info-line = $1|$(call kind-of,$1)|$($1_VERSION)|$(or $($1_LICENSE),BSD-2-Clause)|$(or \
	$($1_SITE),$(if $($1_APT_SOURCE),distribution))|$(info-needs)|$($1_SOURCE)|$($1_DIR)|$($1_APT_SOURCE)
ifneq ($(filter $(REPORTS),$(MAKECMDGOALS)),)
$(call write-if-new,$(O)/build/parts.info,$(subst $(NEWLINE)$(SPACE),$(NEWLINE),$(foreach \
	part,$(ON_PARTS),$(call info-line,$(part))$(NEWLINE))))
endif

report = scripts/report $@ $(O) $(epoch)
.PHONY: $(REPORTS)
show-info:
	@$(report)
sbom:
	$(Q)$(report) >$(O)/images/sbom.cdx.json.new
	$(Q)mv $(O)/images/sbom.cdx.json.new $(O)/images/sbom.cdx.json
	@echo $(O)/images/sbom.cdx.json
legal-info: $(ALL_PACKAGES:%=source-of-%) $(foreach package,$(ALL_PACKAGES),$(call \
		staging-of,$(package)))
	$(Q)DL=$(DL) $(report)
graph-depends graph-build:
	$(Q)$(report)
graph-size: $(O)/root.list
	$(Q)$(report)
