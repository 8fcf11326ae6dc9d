# SPDX-License-Identifier: BSD-2-Clause
PACKAGES += xz
xz_VERSION := 5.4.1
xz_SUMMARY := compresses well; a library and programs
xz_SOURCE := xz-utils_5.4.1.orig.tar.xz
xz_APT_SOURCE := xz-utils=5.4.1-1+deb12u2
xz_LICENSE := LGPL-2.1-or-later AND GPL-2.0-or-later
xz_LICENSE_FILES := COPYING COPYING.LGPLv2.1 COPYING.GPLv2
xz_CLASS := autotools
xz_TEST := long
xz_OPTIONS := --disable-doc --disable-lzma-links gl_cv_posix_shell=/bin/sh

# Its tests look for the programs where they were built. They are in an archive
# because some are programs of other machines.
define xz_INSTALL_TESTS
make -C tests check TESTS=
mkdir -p "$$DEST/tests/xz/src/xz" "$$DEST/tests/xz/src/xzdec" \
    "$$DEST/tests/xz/src/scripts"
cp config.h "$$DEST/tests/xz/"
ln -s /usr/bin/xz "$$DEST/tests/xz/src/xz/xz"
ln -s /usr/bin/xzdec "$$DEST/tests/xz/src/xzdec/xzdec"
for script in xzdiff xzgrep; do
	ln -s /usr/bin/$$script "$$DEST/tests/xz/src/scripts/$$script"
done
tar cf "$$DEST/tests/xz/tests.tar" --sort=name --owner=0 --group=0 --mtime=@0 \
    --exclude='*.[cho]' --exclude='Makefile*' --exclude=.deps --exclude='*.log' \
    --exclude=ossfuzz tests
endef
