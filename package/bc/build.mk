# SPDX-License-Identifier: BSD-2-Clause
PACKAGES += bc
bc_VERSION := 1.07.1
bc_SUMMARY := a calculator of any precision
bc_SOURCE := bc-1.07.1.tar.gz
bc_SITE := https://ftp.gnu.org/gnu/bc
bc_APT_SOURCE := bc=1.07.1-3
bc_LICENSE := GPL-3.0-or-later
bc_LICENSE_FILES := COPYING
bc_CLASS := autotools

# It compiles its mathematics with itself: first one that runs here.
define bc_PREPARE
rm -rf ../given
cp -RPp . ../given
cp -RPp . ../native
(cd ../native && CONFIG_SITE= ./configure CC="$$HOSTCC" CFLAGS=-O1 && make -C lib && make -C bc libmath.h)
cp ../native/bc/libmath.h bc/
rm -rf ../native
sed -i 's/^libmath.h:.*/libmath.h:/' bc/Makefile.in
endef
bc_MAKE_OPTIONS := MAKEINFO=true

# tests/packages/configure.sh builds it on the system.
define bc_INSTALL_TESTS
$(if $(CONFIG_PACKAGE_TCC),cp -RPp ../given "$$DEST/tests/bc/src")
endef
