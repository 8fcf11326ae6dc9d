#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# make sdk, moved to another place: hello world, and projects of autotools,
# CMake and Meson, each outside the tree, become programs for Mach_R that are
# static and know nothing of the machine they were built on.
. tests/build/toy.inc

rm -rf "$work/sdk"
mkdir -p "$work/sdk"
out=${2:-$work/sdk/out}
cat configs/qemu_x86_64_defconfig >"$work/sdk/defconfig"
echo CONFIG_PACKAGE_ZLIB=y >>"$work/sdk/defconfig"
ok "a configuration with zlib" make --no-print-directory O="$out" defconfig \
    DEFCONFIG="$work/sdk/defconfig"
ok "make sdk" make --no-print-directory -j2 O="$out" sdk
ok "its archive unpacks elsewhere" tar xzf "$out/images/sdk-x86_64.tar.gz" \
    -C "$work/sdk"
sdk=$work/sdk/a-moved-one
mv "$work/sdk/machr-sdk-x86_64" "$sdk"
mv "$out" "$out.away" # nothing of it may be needed any more
PATH=$sdk/bin:$PATH
export PATH

# program FILE: static, for x86_64, with our start
is_program()
{
	readelf -h "$1" | grep 'Machine:.*X86-64' && readelf -h "$1" |
	    grep 'Type:.*EXEC' && ! readelf -l "$1" | grep INTERP &&
		readelf -s "$1" | grep ' __libc_start$'
}

mkdir "$work/sdk/hello"
cd "$work/sdk/hello" || exit 1
printf '#include <stdio.h>\nint main(void)\n{\n#ifdef __linux__\n#error\n#endif\n\tputs("hello");\n}\n' >hello.c
ok "hello world compiles" x86_64-machr-gcc -Wall -o hello hello.c
ok "and is a program of ours" is_program hello
cat >names.c <<'END'
#include <stdio.h>
long io_read(void);
long term_flush(int);
long io_read(void) { return 1; }
long term_flush(int a) { return a; }
int
main(void)
{
	return getchar() + (int)io_read() + (int)term_flush(2);
}
END
ok "a program may have names that the C library needs inside" \
    x86_64-machr-gcc -Wall -o names names.c
printf '#include <servers/io_user.h>\nint main(void) { return io_sync(0); }\n' >stubs.c
ok "and the servers can still be called" x86_64-machr-gcc -Wall -o stubs stubs.c
printf '#include <linux/types.h>\n' >other.c
ok "the machine's own headers are not seen" not x86_64-machr-gcc -c other.c
ok "pkg-config knows zlib" sh -c 'x86_64-machr-pkg-config --libs zlib | grep -e -lz'
ok "and not what the machine has" not x86_64-machr-pkg-config --exists expat

# A project for all three: a library of its own, a program, zlib, the
# mathematics' header.
project()
{
	mkdir -p "$work/sdk/$1"
	cd "$work/sdk/$1" || exit 1
	cat >main.c <<'END'
#include <stdio.h>
#include <zlib.h>
int seven(void);
int
main(void)
{
	printf("%s %d\n", zlibVersion(), seven());
	return 0;
}
END
	printf 'int seven(void);\nint seven(void) { return 7; }\n' >seven.c
}

project autotools
cat >configure.ac <<'END'
AC_INIT([project], [1.0])
AM_INIT_AUTOMAKE([foreign])
AC_PROG_CC
AM_PROG_AR
AC_PROG_RANLIB
AC_CHECK_HEADERS([unistd.h sys/epoll.h])
AC_CHECK_FUNCS([fork epoll_create])
AC_CHECK_LIB([z], [deflate], [], [AC_MSG_ERROR([no zlib])])
AC_CONFIG_FILES([Makefile])
AC_OUTPUT
END
cat >Makefile.am <<'END'
noinst_LIBRARIES = libseven.a
libseven_a_SOURCES = seven.c
bin_PROGRAMS = project
project_SOURCES = main.c
project_LDADD = libseven.a
END
ok "autotools: its own generation" autoreconf -fi
ok "autotools: configure" env CONFIG_SITE="$sdk/share/config.site" \
    ./configure --host=x86_64-machr --prefix=/usr
ok "autotools: it sees what is there" grep ac_cv_func_fork=yes config.log
ok "autotools: and what is not" grep ac_cv_header_sys_epoll_h=no config.log
ok "autotools: make install" make DESTDIR="$PWD/dest" install
ok "autotools: a program of ours" is_program dest/usr/bin/project

project cmake
cat >CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.13)
project(project C)
find_package(ZLIB REQUIRED)
add_library(seven seven.c)
add_executable(project main.c)
target_link_libraries(project seven ZLIB::ZLIB)
install(TARGETS project DESTINATION bin)
END
ok "cmake: configures" cmake -S . -B build \
    -DCMAKE_TOOLCHAIN_FILE="$sdk/share/machr.cmake" -DCMAKE_INSTALL_PREFIX=/usr
ok "cmake: builds" cmake --build build
ok "cmake: installs" env DESTDIR="$PWD/dest" cmake --install build
ok "cmake: a program of ours" is_program dest/usr/bin/project

project meson
cat >meson.build <<'END'
project('project', 'c')
seven = static_library('seven', 'seven.c')
executable('project', 'main.c', link_with: seven,
  dependencies: dependency('zlib'), install: true)
END
ok "meson: configures" meson setup build --cross-file "$sdk/share/machr.meson" \
    --prefix=/usr
ok "meson: builds" ninja -C build
ok "meson: installs" env DESTDIR="$PWD/dest" meson install -C build
ok "meson: a program of ours" is_program dest/usr/bin/project
rm -rf "$out.away"
finish
