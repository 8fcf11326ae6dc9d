# SPDX-License-Identifier: BSD-2-Clause
PACKAGES += m4
m4_VERSION := 1.4.19
m4_SUMMARY := the macro processor, by GNU
m4_SOURCE := m4_1.4.19.orig.tar.xz
m4_APT_SOURCE := m4=1.4.19-3
m4_LICENSE := GPL-3.0-or-later
m4_LICENSE_FILES := COPYING
m4_CLASS := autotools
m4_TEST := long

define m4_INSTALL_TESTS
cp -r checks examples "$$DEST/tests/m4/"
find "$$DEST/tests/m4" \( -name Makefile -o -name '*.log' -o -name .deps \) -exec rm -rf {} +
endef
