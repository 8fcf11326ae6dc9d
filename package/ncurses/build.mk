# SPDX-License-Identifier: BSD-2-Clause
PACKAGES += ncurses
ncurses_VERSION := 6.4
ncurses_SUMMARY := a library for programs of the whole screen
ncurses_SOURCE := ncurses-6.4.tar.gz
ncurses_SITE := https://ftp.gnu.org/gnu/ncurses
ncurses_APT_SOURCE := ncurses=6.4-4
ncurses_LICENSE := MIT
ncurses_LICENSE_FILES := COPYING
ncurses_CLASS := autotools
ncurses_TEST := long
ncurses_OPTIONS := --without-cxx --without-cxx-binding --without-ada \
	--without-tests --without-manpages --without-debug --enable-widec \
	--enable-pc-files --with-pkg-config-libdir=/usr/lib/pkgconfig \
	--disable-stripping --with-default-terminfo-dir=/usr/share/terminfo \
	--with-tic-path=/usr/bin/tic --with-infocmp-path=/usr/bin/infocmp --without-dlsym \
	--with-fallbacks=vt100,vt220,xterm,xterm-256color,linux,dumb \
	--disable-db-install --enable-overwrite

# One library, that of wide characters, under both names.
define ncurses_INSTALL
make DESTDIR="$$DEST" install
for name in ncurses form menu panel; do
	ln -s lib$${name}w.a "$$DEST/usr/lib/lib$$name.a"
	ln -s $${name}w.pc "$$DEST/usr/lib/pkgconfig/$$name.pc"
done
endef
# The database is what the library holds itself.
ncurses_REMOVE := usr/bin usr/share usr/lib
