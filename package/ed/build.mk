# SPDX-License-Identifier: BSD-2-Clause
PACKAGES += ed
ed_VERSION := 1.19
ed_SUMMARY := the line editor
ed_SOURCE := ed_1.19.orig.tar.gz
ed_APT_SOURCE := ed=1.19-1
ed_LICENSE := GPL-2.0-or-later
ed_LICENSE_FILES := COPYING
ed_CLASS := autotools

define ed_PREPARE
rm -rf ../given
cp -RPp . ../given
endef
# Its configure script is not GNU's.
define ed_CONFIGURE
./configure --prefix="$$PREFIX" CC="$$CC" CFLAGS="$$CFLAGS" LDFLAGS="$$LDFLAGS"
endef

# tests/packages/configure.sh builds it on the system.
define ed_INSTALL_TESTS
$(if $(CONFIG_PACKAGE_TCC),cp -RPp ../given "$$DEST/tests/ed/src")
endef
