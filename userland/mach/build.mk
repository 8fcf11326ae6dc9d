# SPDX-License-Identifier: BSD-2-Clause
# Looking into the microkernel, and steering it: one file each.
UTILITIES += $(wildcard $(d)/*.c)
$(foreach file,$(wildcard $(d)/*.c),\
	$(eval $(basename $(notdir $(file)))_LIBS := libutil libtask libmach))
ktrace_LIBS += librpc
umount_LIBS := libutil libmach
umount_MIG_USER := include/servers/fs.defs include/servers/io.defs \
	include/servers/bootstrap.defs
