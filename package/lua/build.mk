# SPDX-License-Identifier: BSD-2-Clause
PACKAGES += lua
lua_VERSION := 5.4.4
lua_SUMMARY := a small, fast scripting language
lua_SOURCE := lua-5.4.4.tar.gz
lua_SITE := https://www.lua.org/ftp
lua_APT_SOURCE := lua5.4=5.4.4-3+deb12u1
lua_LICENSE := MIT
lua_LICENSE_FILES := src/lua.h
lua_NEEDS := libm
lua_CLASS := make
lua_MAKE_OPTIONS := -C src AR="$$AR rcu" \
	CFLAGS="$$CFLAGS -DLUA_COMPAT_5_3 -DLUA_USE_POSIX" generic

define lua_INSTALL
make INSTALL_TOP="$$DEST/usr" INSTALL_MAN="$$DEST/usr/share/man/man1" install
endef
# tcc's test builds it on the system.
define lua_INSTALL_TESTS
mkdir -p "$$DEST/tests/lua/src"
cp src/Makefile src/*.[ch] "$$DEST/tests/lua/src/"
endef
