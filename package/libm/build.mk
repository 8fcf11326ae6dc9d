# SPDX-License-Identifier: BSD-2-Clause
# libm: the mathematics of the C library, taken from musl: FreeBSD's msun and
# Arm's optimized routines, for both formats of long double. Only its folders
# math, complex and fenv are compiled, against its own headers; our own
# <math.h>, <complex.h> and <fenv.h> declare them.
PACKAGES += libm
libm_VERSION := 1.2.3
libm_SUMMARY := the mathematical functions of C
libm_SOURCE := musl-1.2.3.tar.gz
libm_SITE := https://musl.libc.org/releases
libm_APT_SOURCE := musl=1.2.3-1
libm_LICENSE := MIT
libm_LICENSE_FILES := COPYRIGHT
libm_CLASS := custom

define libm_BUILD
make -f "$$FOLDER/Makefile"
endef
define libm_INSTALL
make -f "$$FOLDER/Makefile" install
endef
define libm_INSTALL_TESTS
"$$CC" $$CFLAGS -std=c11 -fno-builtin -o "$$DEST/tests/libm/values" \
    "$$FOLDER/test/values.c" libm.a
endef
