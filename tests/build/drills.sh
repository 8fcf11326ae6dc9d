#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The builder's failure drills, on a toy system: what is wrong is named, what
# is off leaves nothing behind, what did not change is not remade.
. tests/build/toy.inc

toy "$work/toy"
cd "$work/toy" || exit 1
m="make --no-print-directory"
image=output/images/qemu_x86_64.img
ROOT_AT=9437184 # behind the ESP: 1 MiB + 8 MiB

has()
{
	debugfs -R "stat $1" "$image?offset=$ROOT_AT" 2>&1 | grep '^Inode:'
}
owners()
{
	debugfs -R 'ls -l /bin' "$image?offset=$ROOT_AT" |
	    awk 'NF && ($4 != 0 || $5 != 0) { bad = 1; print } END { exit bad }'
}
check_root()
{
	dd if=$image of="$work/root.ext2" bs=1M skip=9 count=64 status=none &&
		e2fsck -fn "$work/root.ext2"
}
nothing_run()
{
	$m -n >"$work/log"
	! grep -v 'Nothing to be done' "$work/log"
}
only_cat()
{
	$m >"$work/log" && cat "$work/log" && grep -q 'BUILD cat' "$work/log" &&
		! grep -e 'BUILD ext2' -e 'BUILD libc' "$work/log"
}
same_image()
{
	sum=$(sha256sum $image)
	$m && [ "$sum" = "$(sha256sum $image)" ]
}

ok "the first build makes an image" $m
ok "the image is there" test -s $image
ok "a second make runs no recipe" nothing_run

ok "a selected utility is in the image" has /bin/ls
sed -i 's/^CONFIG_USERLAND_LS=y/# CONFIG_USERLAND_LS is not set/' output/.config
ok "builds after a utility was turned off" $m
ok "the one turned off left the image" not has /bin/ls
ok "and the root tree" not test -e output/root/bin/ls
ok "the others stayed" has /bin/cat
ok "files belong to root" owners
ok "the root file system is clean" check_root

printf 'CONFIG_NO_SUCH_THING=y\n' >"$work/bad"
ok "an unknown line of a defconfig is named" \
    says "CONFIG_NO_SUCH_THING=y: no such symbol" \
    $m O="$work/o" defconfig DEFCONFIG="$work/bad"
printf 'CONFIG_IMAGE_ROOT_SIZE=1\n' >"$work/bad"
ok "a value out of range is named" says "CONFIG_IMAGE_ROOT_SIZE=1" \
    $m O="$work/o" defconfig DEFCONFIG="$work/bad"
printf 'CONFIG_ARCH_X86_64=y\nnonsense\n' >"$work/bad"
ok "a line that is none is named" says "2:nonsense" \
    $m O="$work/o" defconfig DEFCONFIG="$work/bad"
ok "a defconfig that does not exist is named" \
    says "no_such_defconfig" $m no_such_defconfig

mkdir servers/thief
echo x >servers/thief/x
cat >servers/thief/build.mk <<'END'
DATA += thief
thief_FILES := servers/thief/x:/bin/cat
thief_SUMMARY := takes names
END
ok "two owners of one path are both named" \
    says "/bin/cat: owned by both cat and thief" $m
rm -r servers/thief
ok "and gone is the error with one of them" $m

ok "why says that nothing changed" sh -c "$m cat-why | grep 'nothing changed'"
echo >>userland/coreutils/cat.c
ok "why names the source that changed" \
    sh -c "$m cat-why | grep 'changed: source userland/coreutils/cat.c'"
ok "one changed source rebuilds one part" only_cat
echo '/* a comment */' >>libc/string/memcpy.h
ok "a comment in a header changes no image" same_image
ok "why knows it was rebuilt" sh -c "$m libc-why | grep 'nothing changed'"
echo 'broken' >>servers/ext2/main.c
ok "a failure names part, log and how to repeat" \
    says "again: make O=output V=1 ext2" $m
sed -i '$d' servers/ext2/main.c
ok "it builds again once repaired" $m
ok "dirclean removes a part" \
    sh -c "$m ext2-dirclean && test ! -e output/build/ext2/ext2"
ok "rebuild makes it again" \
    sh -c "$m ext2-rebuild && test -e output/stage/ext2/sbin/ext2"

sed -i 's/^CONFIG_IMAGE_ROOT_SIZE=.*/CONFIG_IMAGE_ROOT_SIZE=4/' output/.config
dd if=/dev/urandom of=rootfs/big bs=1M count=8 status=none
ok "a root that is too small names its option" says CONFIG_IMAGE_ROOT_SIZE $m
rm rootfs/big
ok "make clean keeps the configuration" \
    sh -c "$m clean && test -f output/.config && test ! -e $image"
ok "make distclean removes it all" sh -c "$m distclean && test ! -e output"
finish
