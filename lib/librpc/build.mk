# SPDX-License-Identifier: BSD-2-Clause
# All routines there are and the messages of each, of all interfaces of the
# tree, as mig tells them; what *_reply.defs say is in the replies of the others.
LIBRARIES += librpc
librpc_SUMMARY := what every message means
librpc_GEN := $(O)/build/librpc/gen
librpc_DEFS := $(filter-out %_reply.defs %_types.defs,$(sort \
	$(wildcard include/mach/defs/*.defs include/servers/*.defs \
	include/device/*.defs)))
librpc_JSON := $(patsubst %.defs,$(librpc_GEN)/%.json,$(notdir $(librpc_DEFS)))
librpc_GEN_SRCS := $(librpc_GEN)/table.c

define librpc_json
$(librpc_GEN)/$(basename $(notdir $1)).json: $1 $(O)/host/bin/mig \
		$(O)/build/librpc/flags
	$$(Q)mkdir -p $$(@D)
	$$(call step,librpc,MIG,$$@) $(O)/host/bin/mig -n \
	    -Iinclude -Iinclude/arch/$(ARCH) --json $$@ $1
endef
$(foreach file,$(librpc_DEFS),$(eval $(call librpc_json,$(file))))

librpc_MKTABLE := $(d)/mktable.pl
$(librpc_GEN_SRCS): include/mach/traps.tbl $(librpc_MKTABLE) $(librpc_JSON)
	$(call step,librpc,GEN,$@) scripts/generate $@ $< \
	    $(librpc_MKTABLE) $(librpc_JSON)
