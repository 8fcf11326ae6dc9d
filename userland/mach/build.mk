# SPDX-License-Identifier: BSD-2-Clause
# Looking into the microkernel, and steering it: one file each.
UTILITIES += $(wildcard $(d)/*.c)
$(foreach file,$(wildcard $(d)/*.c),\
	$(eval $(basename $(notdir $(file)))_LIBS := libutil libtask libmach))
ktrace_LIBS += librpc
