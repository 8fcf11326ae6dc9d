# SPDX-License-Identifier: BSD-2-Clause
# The tracer of calls, and its tables: all interfaces of the tree, as mig tells
# them. What *_reply.defs say is in the replies of the others.
PROGRAMS += rpctrace
rpctrace_SUMMARY := show the calls that programs make
rpctrace_LIBS := libutil libmach
rpctrace_CPPFLAGS := -Iuserland -I$(d)
rpctrace_MIG_SERVER := include/mach/defs/trace.defs
rpctrace_GEN := $(O)/build/rpctrace/gen
rpctrace_DEFS := $(filter-out %_reply.defs %_types.defs,$(sort \
	$(wildcard include/mach/defs/*.defs include/servers/*.defs \
	include/device/*.defs)))
rpctrace_JSON := $(patsubst %.defs,$(rpctrace_GEN)/%.json,\
	$(notdir $(rpctrace_DEFS)))
rpctrace_GEN_SRCS := $(rpctrace_GEN)/table.c

define rpctrace_json
$(rpctrace_GEN)/$(basename $(notdir $1)).json: $1 $(O)/host/bin/mig \
		$(O)/build/rpctrace/flags
	$$(Q)mkdir -p $$(@D)
	$$(call step,rpctrace,MIG,$$@) $(O)/host/bin/mig -n \
	    -Iinclude -Iinclude/arch/$(ARCH) --json $$@ $1
endef
$(foreach file,$(rpctrace_DEFS),$(eval $(call rpctrace_json,$(file))))

rpctrace_MKTABLE := $(d)/mktable.pl
$(rpctrace_GEN_SRCS): include/mach/traps.tbl $(rpctrace_MKTABLE) \
		$(rpctrace_JSON)
	$(call step,rpctrace,GEN,$@) scripts/generate $@ $< \
	    $(rpctrace_MKTABLE) $(rpctrace_JSON)
