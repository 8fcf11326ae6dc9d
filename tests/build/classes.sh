#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A package of each class, one of the build machine's, and one whose source is
# a folder being worked on; on a toy system.
. tests/build/toy.inc

toy "$work/toy"
cd "$work/toy" || exit 1
rm -rf dl
for folder in package/*/; do
	case $folder in package/toolchain/) ;; *) rm -rf "$folder" ;; esac
done
echo '.globl _start; _start: call main' >libc/crt0.S
m="make --no-print-directory"
mkdir -p dl

# package NAME LIST LINE...: its build.mk; its source is "src/NAME"
package()
{
	name=$1 list=$2
	shift 2
	mkdir -p "package/$name" "src/$name"
	{
		printf '# SPDX-License-Identifier: BSD-2-Clause\n%s += %s\n' "$list" "$name"
		printf "${name}_%s\n" "VERSION := 1.0" "SUMMARY := a test" \
		    "SOURCE := $name-1.0.tar.gz" "LICENSE := MIT" "$@"
	} >"package/$name/build.mk"
	printf 'int main(void);\nint\nmain(void)\n{\n\treturn 0;\n}\n' >"src/$name/main.c"
}
archive()
{
	for name in "$@"; do
		tar czf "dl/$name-1.0.tar.gz" -C src "$name"
		sum=$(sha256sum <"dl/$name-1.0.tar.gz")
		echo "sha256 ${sum%% *}  $name-1.0.tar.gz" >"package/$name/$name.hash"
	done
}

package byhost HOST_PACKAGES "CLASS := make"
cat >src/byhost/Makefile <<'END'
maker: main.c
	$(CC) $(CFLAGS) -o $@ main.c
install: maker
	mkdir -p $(DESTDIR)$(PREFIX)/bin
	cp maker $(DESTDIR)$(PREFIX)/bin/maker
END
package bymake PACKAGES "CLASS := make" "NEEDS := byhost"
cat >src/bymake/Makefile <<'END'
bymake: main.c
	maker
	$(CC) $(CFLAGS) -o $@ main.c
install: bymake
	mkdir -p $(DESTDIR)$(PREFIX)/bin
	cp bymake $(DESTDIR)$(PREFIX)/bin/
END
package byautotools PACKAGES "CLASS := autotools" "PREPARE := autoreconf -fi"
cat >src/byautotools/configure.ac <<'END'
AC_INIT([byautotools], [1.0])
AM_INIT_AUTOMAKE([foreign])
AC_PROG_CC
AC_CONFIG_FILES([Makefile])
AC_OUTPUT
END
printf 'bin_PROGRAMS = byautotools\nbyautotools_SOURCES = main.c\n' \
    >src/byautotools/Makefile.am
package bycmake PACKAGES "CLASS := cmake"
cat >src/bycmake/CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.13)
project(bycmake C)
add_executable(bycmake main.c)
install(TARGETS bycmake DESTINATION bin)
END
package bymeson PACKAGES "CLASS := meson"
cat >src/bymeson/meson.build <<'END'
project('bymeson', 'c')
executable('bymeson', 'main.c', install: true)
END
package bycustom PACKAGES "CLASS := custom"
cat >>package/bycustom/build.mk <<'END'
define bycustom_INSTALL
install -D -m 755 main.c "$$DEST/usr/share/bycustom/main.c"
endef
END
archive byhost bymake byautotools bycmake bymeson bycustom
{
	cat configs/qemu_x86_64_defconfig
	printf 'CONFIG_PACKAGE_%s=y\n' BYMAKE BYAUTOTOOLS BYCMAKE BYMESON BYCUSTOM
} >"$work/defconfig"
$m defconfig DEFCONFIG="$work/defconfig" >/dev/null

# ours FILE: a static program for x86_64, stripped
ours()
{
	readelf -h "$1" | grep 'Type: *EXEC' && ! readelf -l "$1" | grep INTERP &&
		! readelf -S "$1" | grep symtab
}
for class in make autotools cmake meson; do
	ok "$class: builds" $m by$class
	ok "$class: a program of ours" ours output/stage/by$class/usr/bin/by$class
done
ok "custom: installs what it says" sh -c "$m bycustom &&
    test -x output/stage/bycustom/usr/share/bycustom/main.c"
ok "a host package was made for who needs it" test -x output/host/bin/maker
ok "and runs here" output/host/bin/maker
ok "it is not in the image" sh -c "$m && ! grep maker output/root.list"
ok "a second make runs nothing" sh -c "! $m -n | grep -v 'Nothing to be done'"

cp -R src/bymake "$work/mine"
over="bymake_OVERRIDE_SRCDIR=$work/mine"
ok "a folder being worked on is the source" $m "$over" bymake
printf 'int seven = 7;\n' >>"$work/mine/main.c"
ok "a change in it is seen" sh -c "$m '$over' bymake | grep 'BUILD bymake'"
ok "and only that" sh -c "! $m '$over' bymake | grep BUILD"
ok "without it: the archive again" sh -c "$m bymake | grep -e BUILD -e CACHE"
printf 'int main(void) { return 1 }\n' >"$work/mine/main.c"
ok "what does not compile is said" says "make O=output V=1 bymake-build" $m "$over" bymake
rm -rf "$work/mine"
finish
