# SPDX-License-Identifier: BSD-2-Clause
# GNU's grep; ours is not chosen with it.
PACKAGES += ggrep
ggrep_VERSION := 3.8
ggrep_SUMMARY := GNU grep
ggrep_SOURCE := grep_3.8.orig.tar.xz
ggrep_APT_SOURCE := grep=3.8-5
ggrep_LICENSE := GPL-3.0-or-later
ggrep_LICENSE_FILES := COPYING
ggrep_CLASS := autotools
ggrep_OPTIONS := --disable-perl-regexp
ggrep_TEST := long
grep_DEPENDS := !PACKAGE_GGREP

define ggrep_INSTALL_TESTS
make -C tests get-mb-cur-max
cp -r tests config.h "$$DEST/tests/ggrep/"
find "$$DEST/tests/ggrep" \( -name Makefile -o -name '*.log' -o -name .deps \) -exec rm -rf {} +
endef
