# SPDX-License-Identifier: BSD-2-Clause
# GNU's find and xargs; our find is not chosen with them.
PACKAGES += findutils
findutils_VERSION := 4.9.0
findutils_SUMMARY := find, xargs and locate, by GNU
findutils_SOURCE := findutils_4.9.0.orig.tar.xz
findutils_APT_SOURCE := findutils=4.9.0-4
findutils_LICENSE := GPL-3.0-or-later
findutils_LICENSE_FILES := COPYING
findutils_CLASS := autotools
findutils_TEST := long
toybox_ELSEWHERE += $(if $(CONFIG_PACKAGE_FINDUTILS),xargs)
find_DEPENDS := !PACKAGE_FINDUTILS
xargs_DEPENDS := !PACKAGE_FINDUTILS

define findutils_INSTALL_TESTS
cp -r tests init.cfg config.h "$$DEST/tests/findutils/"
for program in find xargs; do
	mkdir "$$DEST/tests/findutils/$$program"
	cp -r $$program/testsuite "$$DEST/tests/findutils/$$program/"
done
find "$$DEST/tests/findutils" \( -name Makefile -o -name '*.log' -o -name .deps \) -exec rm -rf {} +
endef
