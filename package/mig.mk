# SPDX-License-Identifier: BSD-2-Clause
# Message stubs out of interface files, for each part that names some in
# <part>_MIG_USER or <part>_MIG_SERVER.

MIG := $(O)/host/bin/mig
MIG_CPPFLAGS := $(ABI_INCLUDES)

# $1 part, $2 .defs, $3 user or server, $4 stem of the output, $5 options
define mig-rule
$4_$3.c $4_$3.h &: $2 $(MIG) $(O)/build/$1/flags
	$$(call step,$1,MIG,$$@) $$(MIG) -cc $(lastword $(CC)) \
	    $5 -MD -MF $4_$3.mig.d $$(MIG_CPPFLAGS) $$($1_MIG_FLAGS) \
	    $$($1_MIG_$(call upper,$3)_FLAGS) $$(MIG_FLAGS-$2) $2
-include $(wildcard $4_$3.mig.d)
endef
mig-user-files = -user $1_user.c -header $1_user.h -server /dev/null \
	-sheader /dev/null
mig-server-files = -user /dev/null -header /dev/null -server $1_server.c \
	-sheader $1_server.h
mig-rules = $(foreach file,$($1_MIG_USER),$(eval $(call mig-rule,$1,$(file),user,$(B)/gen/$(call \
	mig-stem,$(file)),$(call mig-user-files,$(B)/gen/$(call mig-stem,$(file)))))) \
	$(foreach file,$($1_MIG_SERVER),$(eval $(call mig-rule,$1,$(file),server,$(B)/gen/$(call \
	mig-stem,$(file)),$(call mig-server-files,$(B)/gen/$(call mig-stem,$(file))))))
$(foreach part,$(C_PARTS),$(call mig-rules,$(part)))
