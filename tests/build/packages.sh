#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The engine for software from elsewhere, on a toy system with packages made
# here: each drill is one thing that goes wrong or changes in a real one.
. tests/build/toy.inc

toy "$work/toy"
cd "$work/toy" || exit 1
rm -rf dl package/zlib package/lua package/libm
for folder in package/*/; do
	case $folder in package/toolchain/) ;; *) rm -rf "$folder" ;; esac
done
echo '.globl _start; _start: call main' >libc/crt0.S
m="make --no-print-directory"
mirror=$work/mirror
rm -rf "$mirror"
mkdir -p "$mirror"

# archive NAME VERSION: mirror/NAME-VERSION.tar.gz of the folder src/NAME
archive()
{
	tar czf "$mirror/$1-$2.tar.gz" --sort=name --mtime=@1600000000 \
	    --transform "s,^$1,$1-$2," -C "$work/src" "$1"
	sum=$(sha256sum <"$mirror/$1-$2.tar.gz")
	echo "sha256 ${sum%% *}  $1-$2.tar.gz" >"package/$1/$1.hash"
}

# package NAME [LINE...]: its build.mk
package()
{
	name=$1
	shift
	mkdir -p "package/$name" "$work/src/$name"
	{
		printf '# SPDX-License-Identifier: BSD-2-Clause\nPACKAGES += %s\n' "$name"
		printf "${name}_%s\n" "VERSION := 1.0" "SUMMARY := a test" \
		    "SOURCE := $name-1.0.tar.gz" "SITE := $mirror" \
		    "LICENSE := MIT" "LICENSE_FILES := COPYING" "CLASS := make" "$@"
	} >"package/$name/build.mk"
	echo "Do as you like." >"$work/src/$name/COPYING"
}

package libtoy
cat >"$work/src/libtoy/Makefile" <<'END'
libtoy.a: toy.c toy.h
	$(CC) $(CFLAGS) -c -o toy.o toy.c
	$(AR) rcsD $@ toy.o
install: libtoy.a
	mkdir -p $(DESTDIR)$(PREFIX)/lib $(DESTDIR)$(PREFIX)/include
	cp libtoy.a $(DESTDIR)$(PREFIX)/lib/
	cp toy.h $(DESTDIR)$(PREFIX)/include/
END
echo '#define TOY 1' >"$work/src/libtoy/toy.h"
printf 'int toy(void);\nint toy(void) { return 7; }\n' >"$work/src/libtoy/toy.c"
archive libtoy 1.0

package usetoy "NEEDS := libtoy" 'OPTION := $(if $(CONFIG_PACKAGE_USETOY_LOUD),-DLOUD)' \
    'MAKE_OPTIONS := LOUD="$(usetoy_OPTION)"'
cat >"package/usetoy/Config.in" <<'END'
# SPDX-License-Identifier: BSD-2-Clause
config PACKAGE_USETOY_LOUD
	bool "Be loud"
END
cat >"$work/src/usetoy/Makefile" <<'END'
usetoy: main.c
	$(CC) $(CFLAGS) $(LOUD) -o $@ main.c -ltoy
install: usetoy
	mkdir -p $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1
	cp usetoy $(DESTDIR)$(PREFIX)/bin/
	echo manual >$(DESTDIR)$(PREFIX)/share/man/man1/usetoy.1
END
cat >"$work/src/usetoy/main.c" <<'END'
#include <toy.h>
int toy(void);
int main(void);
#ifdef LOUD
const char *words = "LOUD";
#else
const char *words = "quiet";
#endif
int
main(void)
{
	return toy() + TOY + words[0];
}
END
archive usetoy 1.0
package apart
cp "$work/src/libtoy/Makefile" "$work/src/apart/"
sed -i 's/libtoy/libapart/; s/libtoy/libapart/g; s/toy\./apart./g' "$work/src/apart/Makefile"
echo '#define APART 1' >"$work/src/apart/apart.h"
echo 'int apart;' >"$work/src/apart/apart.c"
archive apart 1.0

{
	cat configs/qemu_x86_64_defconfig
	printf 'CONFIG_PACKAGE_%s=y\n' LIBTOY USETOY APART
} >"$work/defconfig"

built()
{
	$m >"$work/log" 2>&1 || { cat "$work/log"; return 1; }
	grep -oE '(BUILD|CACHE) (libtoy|usetoy|apart) ' "$work/log" |
	    sort | tr -d '\n' >"$work/built"
}
# made WORDS: just these packages were made by the next make
made()
{
	built || return 1
	[ "$(tr ' ' '\n' <"$work/built" | paste -sd' ' | sed 's/ *$//')" = "$1" ] || {
		echo "made: $(cat "$work/built"), expected: $1"
		return 1
	}
}
image_sum()
{
	sha256sum <output/images/qemu_x86_64.img
}
nothing_run()
{
	$m -n >"$work/log"
	! grep -v 'Nothing to be done' "$work/log"
}
set_option()
{
	scripts/set-option output "$@"
}

# Sources
$m defconfig DEFCONFIG="$work/defconfig" >/dev/null
ok "make source brings all" $m source
ok "all are there" test -s dl/usetoy-1.0.tar.gz
mv "$mirror" "$mirror.off"
ok "a warm dl needs no network" $m source
rm dl/libtoy-1.0.tar.gz
ok "a cold one names the file" says "libtoy-1.0.tar.gz: not to be had" $m libtoy-source
ok "and every place it tried" says "$mirror/libtoy-1.0.tar.gz" $m libtoy-source
ok "a primary site is asked first" env PRIMARY_SITE="$mirror.off" $m libtoy-source
rm dl/libtoy-1.0.tar.gz
mv "$mirror.off" "$mirror"
ok "with PRIMARY_SITE_ONLY nothing else is" says "not to be had" \
    env PRIMARY_SITE="$work/none" PRIMARY_SITE_ONLY=y $m libtoy-source
ok "OFFLINE asks nobody" says "not to be had" env OFFLINE=y $m libtoy-source
cp package/libtoy/libtoy.hash "$work/hash"
sed -i 's/^sha256 ..../sha256 0000/' package/libtoy/libtoy.hash
ok "a wrong sum is fatal" says "wrong SHA-256" $m libtoy-source
ok "what was expected is said" says "expected 0000" $m libtoy-source
ok "nothing is left of it" sh -c '! ls -A dl | grep -v -e lock | grep libtoy'
: >package/libtoy/libtoy.hash
ok "no sum is fatal" says "no line 'sha256 SUM libtoy-1.0.tar.gz'" $m libtoy-source
cp "$work/hash" package/libtoy/libtoy.hash
echo spoilt >dl/libtoy-1.0.tar.gz
ok "a spoilt file in dl is fatal" says "wrong SHA-256" $m libtoy-source
ok "and removed, so the next call fetches it" $m libtoy-source
rm dl/usetoy-1.0.tar.gz
ok "two fetch one file at once" sh -c "$m usetoy-source & $m usetoy-source & wait; cmp dl/usetoy-1.0.tar.gz $mirror/usetoy-1.0.tar.gz"

# Building
ok "the first build" made "BUILD apart BUILD libtoy BUILD usetoy"
ok "its program is in the image's tree" test -x output/root/usr/bin/usetoy
ok "its manual is not" not test -e output/root/usr/share
ok "headers are in staging" test -f output/staging/libtoy/usr/include/toy.h
ok "and not in the image's tree" not test -e output/root/usr/include
ok "nothing to do: no recipe runs" nothing_run
first=$(image_sum)

# What changes, and what follows
set_option PACKAGE_USETOY_LOUD y
ok "an option rebuilds just its package" made "BUILD usetoy"
ok "with the option" grep -q LOUD output/build/usetoy/src/usetoy
set_option PACKAGE_USETOY_LOUD n
ok "turned back: out of the cache" made "CACHE usetoy"
ok "the same bits again" test "$first" = "$(image_sum)"
ok "why: nothing" sh -c "$m usetoy-why | grep 'nothing changed'"
cat >package/libtoy/0001-two.patch <<'END'
--- a/toy.h
+++ b/toy.h
@@ -1 +1 @@
-#define TOY 1
+#define TOY 2
END
ok "why: the patch" sh -c "$m libtoy-why | grep 'new: source 0001-two.patch'"
ok "a changed header rebuilds who includes it" made "BUILD libtoy BUILD usetoy"
ok "and changes the image" not test "$first" = "$(image_sum)"
cat >package/libtoy/0002-words.patch <<'END'
--- a/Makefile
+++ b/Makefile
@@ -1,3 +1,4 @@
+# a comment
 libtoy.a: toy.c toy.h
 	$(CC) $(CFLAGS) -c -o toy.o toy.c
 	$(AR) rcsD $@ toy.o
END
ok "the same result stops there" made "BUILD libtoy"
cat >package/libtoy/0003-old.patch <<'END'
--- a/toy.h
+++ b/toy.h
@@ -1 +1 @@
-#define TOY 1
+#define TOY 3
END
ok "a patch that does not fit is named" says "0003-old.patch does not apply" $m libtoy
echo 0001-two.patch >package/libtoy/series
ok "a series says which are taken" made "BUILD libtoy"
echo none.patch >>package/libtoy/series
ok "a patch that a series lacks is named" says "none.patch" $m libtoy
rm package/libtoy/*.patch package/libtoy/series
ok "without patches: the first bits" sh -c "$m && true"
ok "from the cache" test "$first" = "$(image_sum)"
set_option PACKAGE_USETOY n
ok "a package turned off" $m
ok "left nothing" not grep -q usetoy output/root.list
set_option PACKAGE_USETOY y
ok "and on again: nothing to make" made ""
ok "and it is there" grep -q usetoy output/root.list

# What it all is, for others
top=$OLDPWD
drawn()
{
	$m "$1" >"$work/table" && cat "$work/table" && grep -q "$2" "$work/table" &&
		grep -q "$2" "output/graphs/$1.svg" && grep -q '</svg>' "output/graphs/$1.svg"
}
ok "show-info is JSON that knows the needs" sh -c \
    "$m -s show-info | jq -e '.usetoy.needs == [\"libtoy\"] and .usetoy.version == \"1.0\"'"
ok "sbom" $m sbom
ok "it is valid CycloneDX" jq -e -f "$top/tests/build/cyclonedx.jq" \
    output/images/sbom.cdx.json
ok "and the check can fail" not jq -e -f "$top/tests/build/cyclonedx.jq" - <<END
{"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": []}
END
ok "legal-info" $m legal-info
ok "has the manifest" grep -q '^libtoy,1.0,MIT,libtoy-1.0.tar.gz,' \
    output/legal-info/manifest.csv
ok "the licence's text" test -s output/legal-info/libtoy/licences/COPYING
ok "the source, and the sum of all" sh -c \
    "cd output/legal-info && sha256sum -c sums && test -s libtoy/libtoy-1.0.tar.gz"
ok "graph-depends" drawn graph-depends usetoy
ok "graph-build" drawn graph-build libtoy
ok "graph-size" drawn graph-size usetoy

# Isolation, failure, interruption
sed -i 's/usetoy_NEEDS := libtoy/usetoy_NEEDS :=/' package/usetoy/build.mk
ok "an undeclared need fails" says "toy.h" $m usetoy
ok "and says how to repeat" says "make O=output V=1 usetoy-build" $m usetoy
sed -i 's/usetoy_NEEDS :=/usetoy_NEEDS := libtoy/' package/usetoy/build.mk
ok "declared: it builds" $m usetoy
sed -i 's/^usetoy_CLASS := make/usetoy_CLASS := nonsense/' package/usetoy/build.mk
ok "an unknown class is named" says "usetoy_CLASS is none of" $m usetoy
sed -i 's/^usetoy_CLASS := nonsense/usetoy_CLASS := make/; /LICENSE :=/d' package/usetoy/build.mk
ok "a licence is asked for" says "usetoy_LICENSE is missing" $m usetoy
git checkout -q package 2>/dev/null || true
sed -i 's/^usetoy_VERSION.*/&\nusetoy_LICENSE := MIT/' package/usetoy/build.mk
ok "rebuild is not out of the cache" sh -c "$m usetoy-rebuild | grep 'BUILD usetoy'"
ok "a step alone" sh -c "$m usetoy-dirclean && $m usetoy-extract &&
    test -f output/build/usetoy/src/main.c && test ! -e output/build/usetoy/src/usetoy"
ok "show-depends" sh -c "$m usetoy-show-depends | grep -x libtoy"
ok "dirclean leaves nothing" sh -c "$m usetoy-dirclean &&
    test ! -e output/stage/usetoy.list"
ok "and it comes again" $m
interrupted()
{
	rm -rf dl/cache
	$m usetoy-dirclean libtoy-dirclean >/dev/null
	setsid $m -j4 >"$work/log" 2>&1 &
	pid=$!
	sleep "$1"
	kill -9 -$pid 2>/dev/null
	wait $pid 2>/dev/null
	$m && [ "$first" = "$(image_sum)" ]
}
for moment in 0.1 0.25 0.4 0.7; do
	ok "killed after $moment s, made again: the same bits" interrupted $moment
done
ok "-j16 from nothing: the same bits" sh -c "rm -rf dl/cache && $m clean && $m -j16"
ok "they are" test "$first" = "$(image_sum)"
two_at_once()
{
	rm -rf dl "$work/two" "$work/one-longer-name"
	mkdir dl
	for o in "$work/two" "$work/one-longer-name"; do
		$m O="$o" defconfig DEFCONFIG="$work/defconfig" >/dev/null
	done
	$m O="$work/two" >"$work/log" 2>&1 &
	$m O="$work/one-longer-name" || return 1
	wait $! || return 1
	cmp "$work/two/images/qemu_x86_64.img" "$work/one-longer-name/images/qemu_x86_64.img"
}
ok "two builds at once share dl and cache, and bits" two_at_once
finish
