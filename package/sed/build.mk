# SPDX-License-Identifier: BSD-2-Clause
PACKAGES += sed
sed_VERSION := 4.9
sed_SUMMARY := the stream editor, by GNU
sed_SOURCE := sed_4.9.orig.tar.xz
sed_APT_SOURCE := sed=4.9-1+deb12u1
sed_LICENSE := GPL-3.0-or-later
sed_LICENSE_FILES := COPYING
sed_CLASS := autotools
sed_TEST := long
toybox_ELSEWHERE += $(if $(CONFIG_PACKAGE_SED),sed)

define sed_INSTALL_TESTS
make testsuite/get-mb-cur-max testsuite/test-mbrtowc
cp -r testsuite init.cfg config.h "$$DEST/tests/sed/"
find "$$DEST/tests/sed" \( -name Makefile -o -name '*.log' -o -name .deps \) -exec rm -rf {} +
endef
