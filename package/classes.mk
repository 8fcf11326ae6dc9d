# SPDX-License-Identifier: BSD-2-Clause
# How a package of a class is configured, built and installed. A class is
# three bodies of shell; $1 is the package, which may give its own in place of
# any (<package>_CONFIGURE...) and words for them (_OPTIONS, _MAKE_OPTIONS,
# _INSTALL_OPTIONS). What a body may use is in docs/builder.md; scripts/package
# runs it in the source folder, after the PREPARE body, if there is one.

CLASSES := make autotools cmake meson custom

# A makefile that takes CC, CFLAGS, PREFIX and DESTDIR.
define make_CONFIGURE
:
endef
define make_BUILD
make $(make-words) $($1_MAKE_OPTIONS)
endef
define make_INSTALL
make $(make-words) PREFIX="$$PREFIX" DESTDIR="$$DEST" $($1_MAKE_OPTIONS) \
    $(or $($1_INSTALL_OPTIONS),install)
endef
make-words := CC="$$CC" AR="$$AR" RANLIB="$$RANLIB" CFLAGS="$$CFLAGS"

# A configure script of GNU's kind.
define autotools_CONFIGURE
know_machr
./configure $$CONFIGURE_WORDS --prefix="$$PREFIX" --sysconfdir="$$ETC" \
    --localstatedir="$$VAR" --disable-shared --enable-static \
    --disable-nls --disable-dependency-tracking $($1_OPTIONS)
endef
define autotools_BUILD
make $($1_MAKE_OPTIONS)
endef
define autotools_INSTALL
make DESTDIR="$$DEST" $($1_MAKE_OPTIONS) $(or $($1_INSTALL_OPTIONS),install)
endef

define cmake_CONFIGURE
cmake -S . -B machr-build -G "Unix Makefiles" $$CMAKE_WORDS \
    -DCMAKE_BUILD_TYPE=None -DCMAKE_INSTALL_PREFIX="$$PREFIX" \
    -DCMAKE_INSTALL_LIBDIR=lib -DBUILD_SHARED_LIBS=OFF $($1_OPTIONS)
endef
define cmake_BUILD
make -C machr-build $($1_MAKE_OPTIONS)
endef
define cmake_INSTALL
make -C machr-build DESTDIR="$$DEST" install
endef

define meson_CONFIGURE
meson setup machr-build $$MESON_WORDS --prefix="$$PREFIX" --libdir=lib \
    --buildtype=plain --default-library=static --wrap-mode=nodownload \
    $($1_OPTIONS)
endef
define meson_BUILD
ninja -C machr-build
endef
define meson_INSTALL
DESTDIR="$$DEST" meson install -C machr-build --no-rebuild
endef

# All of it is the package's own.
define custom_CONFIGURE
:
endef
define custom_BUILD
:
endef
define custom_INSTALL
:
endef
