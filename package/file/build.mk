# SPDX-License-Identifier: BSD-2-Clause
PACKAGES += file
file_VERSION := 5.44
file_SUMMARY := says what is in a file
file_SOURCE := file_5.44.orig.tar.gz
file_APT_SOURCE := file=1:5.44-3
file_LICENSE := BSD-2-Clause
file_LICENSE_FILES := COPYING
file_CLASS := autotools
file_TEST := long
file_OPTIONS := --disable-zlib --disable-bzlib --disable-xzlib \
	--disable-zstdlib --disable-lzlib --disable-libseccomp
toybox_ELSEWHERE += $(if $(CONFIG_PACKAGE_FILE),file)

# It compiles its rules with itself: first one that runs here.
define file_PREPARE
rm -rf ../native
cp -RPp . ../native
(cd ../native && CONFIG_SITE= ./configure $(file_OPTIONS) --disable-shared CC="$$HOSTCC" CFLAGS=-O1 && make -C src)
endef
file_MAKE_OPTIONS := FILE_COMPILE="$$PWD/../native/src/file"
define file_INSTALL_TESTS
make -C tests test FILE_COMPILE="$$PWD/../native/src/file"
cp -r tests "$$DEST/tests/file/"
rm -f "$$DEST"/tests/file/tests/*.[oc]
rm -rf ../native
find "$$DEST/tests/file" \( -name Makefile -o -name '*.log' -o -name .deps \) -exec rm -rf {} +
endef
