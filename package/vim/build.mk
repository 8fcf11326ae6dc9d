# SPDX-License-Identifier: BSD-2-Clause
# vim at its smallest, which is vi with many undos and windows.
PACKAGES += vim
vim_VERSION := 9.0.1378
vim_SUMMARY := vi, improved
vim_SOURCE := vim_9.0.1378.orig.tar.xz
vim_APT_SOURCE := vim=2:9.0.1378-2+deb12u2
vim_LICENSE := Vim
vim_LICENSE_FILES := LICENSE
vim_CLASS := autotools
vim_NEEDS := ncurses libm
vim_TEST := long

# What its script can only find out by running something here.
vim_FACTS := toupper_broken=no terminfo=yes tgetent=zero getcwd_broken=no \
	stat_ignores_slash=no memmove_handles_overlap=yes \
	timer_create=yes timer_create_with_lrt=no uname_output=Machr \
	uname_r_output=1 uname_m_output=machr
define vim_PREPARE
know_machr
export $(addprefix vim_cv_,$(vim_FACTS)) ac_cv_small_wchar_t=no
endef
vim_OPTIONS := --with-features=tiny --disable-gui --without-x \
	--with-tlib=ncursesw --disable-netbeans --disable-channel \
	--disable-nls --disable-acl --disable-gpm --disable-selinux \
	--with-compiledby=Mach_R
define vim_INSTALL
make -C src DESTDIR="$$DEST" STRIP=: installvimbin
install -D -m 644 runtime/defaults.vim "$$DEST/usr/share/vim/vim90/defaults.vim"
for name in vi ex view; do
	ln -s vim "$$DEST/usr/bin/$$name"
done
endef
