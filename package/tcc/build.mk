# SPDX-License-Identifier: BSD-2-Clause
# The compiler with all that it needs to make programs on the system: headers
# and libraries are in /usr/lib/tcc, beside its own. It is cc, and what it can
# of ar; it looks into archives itself and needs no ranlib, others ask for one.
PACKAGES += tcc
tcc_VERSION := 0.9.27
tcc_SUMMARY := a small, fast C compiler
tcc_SOURCE := tcc_0.9.27+git20200814.62c30a4a.orig.tar.bz2
tcc_APT_SOURCE := tcc=0.9.27+git20200814.62c30a4a-1
tcc_LICENSE := LGPL-2.1-or-later
tcc_LICENSE_FILES := COPYING
tcc_CLASS := custom
tcc_NEEDS := libm
tcc_TEST := long
tcc_STRIP := n

tcc_HOME := /usr/lib/tcc
tcc_RUNTIME := $(if $(filter x86_64,$(ARCH)),libtcc1.c va_list.c \
	alloca86_64.S,lib-arm64.c fetch_and_add_arm64.S)
# Types and limits that the C library's headers ask the compiler for.
tcc_ASKED := (U?INT(_LEAST|_FAST)?(8|16|32|64|MAX|PTR)_(TYPE|MAX)|(SIZE|PTRDIFF)_MAX|(WCHAR|WINT|SIG_ATOMIC)_M(AX|IN))__ |U?INT(8|16|32|64|MAX)_C\(

# What the libraries need of gcc's and libtcc1 does not have.
tcc_OF_GCC := _(mul[sdxt]c3|u(div|mod)di3|udivmoddi4)\.o|unordtf2\.o

# gcc's __clear_cache calls what only tcc has; without -run nobody asks for it.
define tcc_PREPARE
sed -i '/^void __clear_cache/,/^}/d' lib/lib-arm64.c
endef
define tcc_CONFIGURE
{
	printf '#define %s "%s"\n' TCC_VERSION $(tcc_VERSION) \
	    CONFIG_TCCDIR $(tcc_HOME) CONFIG_TCC_CRTPREFIX $(tcc_HOME)/lib \
	    CONFIG_TCC_LIBPATHS '{B}/lib:/usr/local/lib' \
	    CONFIG_TCC_SYSINCLUDEPATHS '{B}/include:{B}/system:/usr/local/include'
	echo '#define CONFIG_TCC_STATIC 1'
} >config.h
endef
define tcc_BUILD
"$$CC" $$CFLAGS -w -s -o tcc tcc.c
for file in $(tcc_RUNTIME); do
	"$$CC" $$CFLAGS -ffreestanding -w -c -o "$$file.o" "lib/$$file"
done
"$$AR" rcsD libtcc1.a $(addsuffix .o,$(tcc_RUNTIME))
printf '%s\n' 'create libc.a' "addlib $$SYSROOT/usr/lib/libc.a" \
    "addlib $$SYSROOT/usr/lib/libmach.a" save end | "$$AR" -M
libgcc=$$("$$CC" -print-libgcc-file-name)
members=$$("$$AR" t "$$libgcc" | grep -xE '$(tcc_OF_GCC)')
"$$AR" x "$$libgcc" $$members
"$$AR" rcsD libc.a $$members
"$$STRIP" -D -g libc.a
: >empty.c
"$$CC" -c -o empty.o empty.c
cp "$$FOLDER/predefined.h" tcc-predefined.h
"$$CC" -dM -E empty.c | grep -E '^#define __($(tcc_ASKED))' | LC_ALL=C sort >>tcc-predefined.h
endef
define tcc_INSTALL
install -D -m 755 tcc "$$DEST/usr/bin/tcc"
ln -s tcc "$$DEST/usr/bin/cc"
printf '%s\n' '#!/bin/sh' 'exec tcc -ar "$$@"' >"$$DEST/usr/bin/ar"
printf '%s\n' '#!/bin/sh' 'exit 0' >"$$DEST/usr/bin/ranlib"
chmod 755 "$$DEST/usr/bin/ar" "$$DEST/usr/bin/ranlib"
home="$$DEST$(tcc_HOME)"
mkdir -p "$$home/lib"
cp -r include "$$home/include"
cp tcc-predefined.h "$$home/include/"
cp -r "$$SYSROOT/usr/include" "$$home/system"
cp libtcc1.a "$$home/"
cp libc.a "$$SYSROOT/usr/lib/libm.a" "$$SYSROOT/usr/lib/libpthread.a" \
    "$$SYSROOT/usr/lib/librt.a" "$$home/lib/"
cp "$$SYSROOT/usr/lib/crt0.o" "$$home/lib/crt1.o"
cp empty.o "$$home/lib/crti.o"
cp empty.o "$$home/lib/crtn.o"
endef
define tcc_INSTALL_TESTS
cp -r tests/tests2 "$$DEST/tests/tcc/"
endef
