#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Follows docs/adding-a-package.md: each block of the page is taken from it as
# it stands, a file where a path is named before it, else commands to run.
. tests/build/toy.inc

toy "$work/toy"
page=$PWD/docs/adding-a-package.md
cd "$work/toy" || exit 1
rm -rf dl
for folder in package/*/; do
	case $folder in package/toolchain/) ;; *) rm -rf "$folder" ;; esac
done
echo '.globl _start; _start: call main' >libc/crt0.S
mkdir -p libc/include
echo 'int puts(const char *);' >libc/include/stdio.h
printf '#include "memcpy.h"\nint copies(int c) { return c; }\nint puts(const char *);\nint puts(const char *s) { return *s; }\n' \
    >libc/string/memcpy.c

# The block number $1 of the page, without its fence.
block()
{
	awk -v want="$1" '
	/^```/ { inside = !inside; if (inside) number++; next }
	inside && number == want' "$page"
}
run_block()
{
	block "$1" | sh -e
}

mkdir -p dl greet-1.0
cat >greet-1.0/greet.c <<'END'
/*
 * Says hello.
 */
#include <stdio.h>
int
main(void)
{
	puts("hello");
	return 0;
}
END
cat >greet-1.0/Makefile <<'END'
greet: greet.c
	$(CC) $(CFLAGS) -o $@ greet.c
install: greet
	mkdir -p $(DESTDIR)$(PREFIX)/bin
	cp greet $(DESTDIR)$(PREFIX)/bin/greet
	test -z "$(TWICE)" || cp greet $(DESTDIR)$(PREFIX)/bin/greet-twice
END
echo "Do as you like." >greet-1.0/COPYING
sed -i '1,3d' greet-1.0/greet.c
sed -i '1i /* Says hello. */' greet-1.0/greet.c
tar czf dl/greet-1.0.tar.gz greet-1.0
make --no-print-directory qemu_x86_64_defconfig >/dev/null

ok "the folder" sh -ec "$(sed -n 's/^    \(mkdir .*\)/\1/p' "$page")"
block 1 >package/greet/build.mk
ok "build.mk is of the page" grep -q 'PACKAGES += greet' package/greet/build.mk
scripts/set-option output PACKAGE_GREET y
ok "without a sum it is refused" says "no line 'sha256" make greet-source
ok "the sum" run_block 2
ok "choosing and building it" run_block 3
ok "its program" test -x output/stage/greet/usr/bin/greet
ok "its licence" test -s output/build/greet/result/licences/COPYING
block 4 >package/greet/0001-louder.patch
ok "a patch: why, and made" sh -c "$(block 5 | sed 's/$/ \&\&/') true" 
cp "$work/said" "$work/why"
ok "why says what the page says" grep -F \
    "$(sed -n 's/^The first prints `\(.*\)`\.$/\1/p' "$page")" "$work/why"
ok "the patch is in the program" grep -q HELLO output/stage/greet/usr/bin/greet
block 6 >package/greet/Config.in
block 7 >>package/greet/build.mk
ok "an option" run_block 8
ok "does what it says" test -x output/stage/greet/usr/bin/greet-twice
ok "a test" run_block 9
scripts/set-option output TESTS y
ok "is installed with the tests" sh -c \
    "make greet && test -f output/stage/greet/tests/greet/run"
ok "and all of it makes an image" make
finish
