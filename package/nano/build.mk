# SPDX-License-Identifier: BSD-2-Clause
PACKAGES += nano
nano_VERSION := 7.2
nano_SUMMARY := a text editor
nano_SOURCE := nano-7.2.tar.xz
nano_SITE := https://www.nano-editor.org/dist/v7
nano_APT_SOURCE := nano=7.2-1+deb12u1
nano_LICENSE := GPL-3.0-or-later
nano_LICENSE_FILES := COPYING
nano_CLASS := autotools
nano_TEST := long
nano_NEEDS := ncurses
nano_OPTIONS := --enable-utf8 --disable-libmagic --disable-speller
