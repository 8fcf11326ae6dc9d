# SPDX-License-Identifier: BSD-2-Clause
# SQLite: its one big file is made by Tcl, then compiled once for the library,
# the shell and the speed test.
PACKAGES += sqlite
sqlite_VERSION := 3.40.1
sqlite_SUMMARY := an SQL database in one file
sqlite_SOURCE := sqlite3_3.40.1.orig.tar.xz
sqlite_APT_SOURCE := sqlite3=3.40.1-2+deb12u2
sqlite_LICENSE := blessing
sqlite_LICENSE_FILES := LICENSE.md
sqlite_CLASS := autotools
sqlite_OPTIONS := --disable-tcl --disable-readline --disable-load-extension
sqlite_NEEDS := libm
sqlite_TEST := long
sqlite_CFLAGS := -DSQLITE_THREADSAFE=0 -DSQLITE_OMIT_LOAD_EXTENSION \
	-DSQLITE_ENABLE_FTS5 -DSQLITE_ENABLE_RTREE

define sqlite_BUILD
make sqlite3.c shell.c
"$$CC" $$CFLAGS -c sqlite3.c
"$$AR" rcsD libsqlite3.a sqlite3.o
"$$CC" $$CFLAGS -o sqlite3 shell.c libsqlite3.a -lm
endef
define sqlite_INSTALL
install -D -m 755 sqlite3 "$$DEST/usr/bin/sqlite3"
install -D -m 644 libsqlite3.a "$$DEST/usr/lib/libsqlite3.a"
install -D -m 644 sqlite3.h "$$DEST/usr/include/sqlite3.h"
install -D -m 644 sqlite3.pc "$$DEST/usr/lib/pkgconfig/sqlite3.pc"
endef
define sqlite_INSTALL_TESTS
"$$CC" $$CFLAGS -o "$$DEST/tests/sqlite/speedtest1" -I. \
    test/speedtest1.c libsqlite3.a -lm
endef
