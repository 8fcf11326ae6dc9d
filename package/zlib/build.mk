# SPDX-License-Identifier: BSD-2-Clause
# zlib: its configure script is its own, not GNU's.
PACKAGES += zlib
zlib_VERSION := 1.2.13
zlib_SUMMARY := a library that compresses
zlib_SOURCE := zlib_1.2.13.dfsg.orig.tar.bz2
zlib_APT_SOURCE := zlib=1:1.2.13.dfsg-1
zlib_LICENSE := Zlib
zlib_LICENSE_FILES := README
zlib_CLASS := make

define zlib_CONFIGURE
uname=Machr ./configure --static --prefix="$$PREFIX"
endef
define zlib_INSTALL_TESTS
cp example minigzip "$$DEST/tests/zlib/"
endef
