# SPDX-License-Identifier: BSD-2-Clause
PACKAGES += dash
dash_VERSION := 0.5.12
dash_SUMMARY := the Debian Almquist shell, a POSIX shell
dash_SOURCE := dash-0.5.12.tar.gz
dash_SITE := http://gondor.apana.org.au/~herbert/dash/files
dash_APT_SOURCE := dash=0.5.12-2
dash_LICENSE := BSD-3-Clause
dash_LICENSE_FILES := COPYING
dash_CLASS := autotools
