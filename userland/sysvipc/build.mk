# SPDX-License-Identifier: BSD-2-Clause
# XSI shared memory, semaphores and queues on the command line: one file each.
UTILITIES += $(wildcard $(d)/*.c)
$(foreach file,$(wildcard $(d)/*.c),\
	$(eval $(basename $(notdir $(file)))_LIBS := libutil libmach)\
	$(eval $(basename $(notdir $(file)))_MIG_USER := \
		$(addprefix include/servers/,sysvipc.defs bootstrap.defs)))
