# SPDX-License-Identifier: BSD-2-Clause
# The awk of its authors. What its test programs print was made by the same
# source, running here.
PACKAGES += awk
awk_VERSION := 2022-09-12
awk_SUMMARY := the language that finds and reports, by its authors
awk_SOURCE := original-awk_2022-09-12.orig.tar.gz
awk_APT_SOURCE := original-awk=2022-09-12-1
awk_LICENSE := SMLNJ
awk_LICENSE_FILES := LICENSE
awk_CLASS := make
awk_NEEDS := libm
awk_TEST := long
awk_MAKE_OPTIONS := HOSTCC="$$HOSTCC -std=gnu99 -w" a.out

define awk_INSTALL
install -D -m 755 a.out "$$DEST/usr/bin/awk"
endef
define awk_INSTALL_TESTS
cp -r testdir bugs-fixed "$$DEST/tests/awk/"
"$$CC" $$CFLAGS -w -o "$$DEST/tests/awk/testdir/echo" testdir/echo.c
rm -rf ../native
cp -RPp . ../native
(cd ../native && rm -f *.o a.out && make CC="$$HOSTCC -w" HOSTCC="$$HOSTCC -w" a.out)
(cd "$$DEST/tests/awk/testdir" && sh "$$FOLDER/test/expected" "$$SRC/../native/a.out")
rm -rf ../native
endef
