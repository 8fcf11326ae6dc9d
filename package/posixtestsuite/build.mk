# SPDX-License-Identifier: BSD-2-Clause
# The Open POSIX Test Suite, each test a program. scripts/posix-suite boots an
# image with it and runs them; "make test" does not select it.
PACKAGES += posixtestsuite
posixtestsuite_VERSION := 1.5.2
posixtestsuite_SUMMARY := the Open POSIX Test Suite and what runs it
posixtestsuite_SOURCE := posixtestsuite_1.5.2.orig.tar.gz
posixtestsuite_SITE := https://downloads.sourceforge.net/posixtest
posixtestsuite_APT_SOURCE := posixtestsuite=1.5.2-8
posixtestsuite_LICENSE := GPL-2.0-only
posixtestsuite_LICENSE_FILES := COPYING
posixtestsuite_CLASS := custom

# It compares option macros with the edition of 2001 only, so that under a
# later one it would run nothing; and it uses what it does not include.
define posixtestsuite_PREPARE
find conformance -name '*.[ch]' -exec sed -i 's/!= 200112L/< 200112L/' {} +
for header in unistd stdlib string; do
	grep -rl '^#include <stdio.h>' conformance/interfaces |
	    xargs grep -L "<$$header.h>" |
	    xargs sed -i "/^#include <stdio.h>/a #include <$$header.h>"
done
sed -i '/^#include <stdio.h>/a #include <sys/resource.h>' \
    conformance/interfaces/aio_read/15-1.c
endef
define posixtestsuite_BUILD
make -f "$$FOLDER/tests.mk" runner.bin tests
endef
define posixtestsuite_INSTALL
make -f "$$FOLDER/tests.mk" install
endef
