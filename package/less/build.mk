# SPDX-License-Identifier: BSD-2-Clause
PACKAGES += less
less_VERSION := 590
less_SUMMARY := shows a text page by page
less_SOURCE := less-590.tar.gz
less_SITE := https://www.greenwoodsoftware.com/less
less_APT_SOURCE := less=590-2.1~deb12u2
less_LICENSE := GPL-3.0-or-later OR BSD-2-Clause
less_LICENSE_FILES := LICENSE
less_CLASS := autotools
less_TEST := long
less_NEEDS := ncurses
