# SPDX-License-Identifier: BSD-2-Clause
PACKAGES += gzip
gzip_VERSION := 1.12
gzip_SUMMARY := compresses, by GNU
gzip_SOURCE := gzip_1.12.orig.tar.xz
gzip_APT_SOURCE := gzip=1.12-1
gzip_LICENSE := GPL-3.0-or-later
gzip_LICENSE_FILES := COPYING
gzip_CLASS := autotools
gzip_TEST := long
toybox_ELSEWHERE += $(if $(CONFIG_PACKAGE_GZIP),gzip gunzip zcat)

define gzip_INSTALL_TESTS
cp -r tests lib/config.h "$$DEST/tests/gzip/"
find "$$DEST/tests/gzip" \( -name Makefile -o -name '*.log' -o -name .deps \) -exec rm -rf {} +
endef
