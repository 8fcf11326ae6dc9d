# SPDX-License-Identifier: BSD-2-Clause
PACKAGES += patch
patch_VERSION := 2.7.6
patch_SUMMARY := applies differences, by GNU
patch_SOURCE := patch_2.7.6.orig.tar.xz
patch_APT_SOURCE := patch=2.7.6-7
patch_LICENSE := GPL-3.0-or-later
patch_LICENSE_FILES := COPYING
patch_CLASS := autotools
patch_TEST := long
toybox_ELSEWHERE += $(if $(CONFIG_PACKAGE_PATCH),patch)

# Its library of tests has a bashism that a POSIX shell stops at.
define patch_INSTALL_TESTS
cp -r tests "$$DEST/tests/patch/"
sed -i "s/^    if eval 'test -n .*BASH_LINENO.*/    if false; then/" "$$DEST/tests/patch/tests/test-lib.sh"
find "$$DEST/tests/patch" \( -name Makefile -o -name '*.log' -o -name .deps \) -exec rm -rf {} +
endef
