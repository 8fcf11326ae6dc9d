# SPDX-License-Identifier: BSD-2-Clause
PACKAGES += gmake
gmake_VERSION := 4.3
gmake_SUMMARY := GNU make
gmake_SOURCE := make-dfsg_4.3.orig.tar.gz
gmake_APT_SOURCE := make-dfsg=4.3-4.1
gmake_LICENSE := GPL-3.0-or-later
gmake_LICENSE_FILES := COPYING
gmake_CLASS := autotools
gmake_OPTIONS := --without-guile

# The distribution's archive lacks the manual and what autoconf makes.
define gmake_PREPARE
sed -i 's|po/Makefile.in Makefile |po/Makefile.in |' configure.ac
sed -i 's|^SUBDIRS *=.*|SUBDIRS = lib|' Makefile.am
sed -i 's|-Werror||' configure.ac
mkdir -p doc && : >doc/make.1
autoreconf -fi
know_machr
rm -rf ../given
cp -RPp . ../given
endef
# tests/packages/configure.sh builds it on the system.
define gmake_INSTALL_TESTS
$(if $(CONFIG_PACKAGE_TCC),cp -RPp ../given "$$DEST/tests/gmake/src")
endef
