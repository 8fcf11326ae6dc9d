# SPDX-License-Identifier: BSD-2-Clause
# The skeleton of the root file system: what lies beside this file, less the
# service files of parts that are not selected, and what the menu says.

DATA += skeleton
skeleton_TREE := $(d)
skeleton_SKIP = /build.mk $(addprefix /etc/services/,$(filter-out \
	$(ON_PARTS),$(SELECTABLE)))
skeleton_TEXT = /etc/hostname:$(patsubst "%",%,$(CONFIG_IMAGE_HOSTNAME))
skeleton_DIRS := /bin /sbin /boot /dev /etc/services /home /mnt /proc /root:700 \
	/tmp:1777 /var /var/log /var/shm:1777
