# SPDX-License-Identifier: BSD-2-Clause
PACKAGES += bzip2
bzip2_VERSION := 1.0.8
bzip2_SUMMARY := compresses by sorting; a library and programs
bzip2_SOURCE := bzip2_1.0.8.orig.tar.gz
bzip2_APT_SOURCE := bzip2=1.0.8-5
bzip2_LICENSE := bzip2-1.0.6
bzip2_LICENSE_FILES := LICENSE
bzip2_CLASS := make
bzip2_TEST := long
bzip2_MAKE_OPTIONS := libbz2.a bzip2 bzip2recover
toybox_ELSEWHERE += $(if $(CONFIG_PACKAGE_BZIP2),bunzip2 bzcat)

# Its makefile knows no folder to install under.
define bzip2_INSTALL
install -D -m 755 bzip2 "$$DEST/usr/bin/bzip2"
ln -s bzip2 "$$DEST/usr/bin/bunzip2"
ln -s bzip2 "$$DEST/usr/bin/bzcat"
install -m 755 bzip2recover bzdiff bzgrep "$$DEST/usr/bin"
install -D -m 644 bzlib.h "$$DEST/usr/include/bzlib.h"
install -D -m 644 libbz2.a "$$DEST/usr/lib/libbz2.a"
endef
define bzip2_INSTALL_TESTS
cp sample?.* "$$DEST/tests/bzip2/"
endef
