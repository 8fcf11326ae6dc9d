# SPDX-License-Identifier: BSD-2-Clause
PACKAGES += diffutils
diffutils_VERSION := 3.8
diffutils_SUMMARY := diff, diff3 and sdiff
diffutils_SOURCE := diffutils_3.8.orig.tar.xz
diffutils_APT_SOURCE := diffutils=1:3.8-4
diffutils_LICENSE := GPL-3.0-or-later
diffutils_LICENSE_FILES := COPYING
diffutils_CLASS := autotools
diffutils_TEST := long
# There is one already, mostly.
diffutils_REMOVE := $(if $(CONFIG_USERLAND_CMP)$(CONFIG_PACKAGE_TOYBOX),usr/bin/cmp)
