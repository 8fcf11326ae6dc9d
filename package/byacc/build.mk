# SPDX-License-Identifier: BSD-2-Clause
PACKAGES += byacc
byacc_VERSION := 20221106
byacc_SUMMARY := Berkeley yacc, makes parsers
byacc_SOURCE := byacc_2.0.20221106.orig.tar.gz
byacc_APT_SOURCE := byacc=1:2.0.20221106-1
byacc_LICENSE := LicenseRef-public-domain
byacc_LICENSE_FILES := LICENSE
byacc_CLASS := autotools
byacc_TEST := long
byacc_OPTIONS := --enable-btyacc

define byacc_INSTALL_TESTS
cp -r test config.h "$$DEST/tests/byacc/"
endef
