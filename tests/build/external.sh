#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A tree outside: its packages, configurations, options and overlay; tables of
# users and permissions; scripts after the build; all on a toy system.
. tests/build/toy.inc

toy "$work/toy"
cd "$work/toy" || exit 1
for folder in package/*/; do
	case $folder in package/toolchain/) ;; *) rm -rf "$folder" ;; esac
done
printf 'root:x:0:0:root:/root:/bin/msh\n' >rootfs/etc/passwd
printf 'root:x:0:\n' >rootfs/etc/group
m="make --no-print-directory"
image=output/images/qemu_x86_64.img
ROOT_AT=9437184

out=$work/outside
rm -rf "$out"
mkdir -p "$out/package/ours" "$out/configs" "$out/overlay/etc" "$out/userland/tool"
cat >"$out/package/ours/build.mk" <<'END'
# SPDX-License-Identifier: BSD-2-Clause
PACKAGES += ours
ours_VERSION := 2
ours_SUMMARY := a package outside
ours_LICENSE := MIT
ours_CLASS := custom
ours_USERS := ours:-:ours:-:/var/ours:/bin/false:Ours
ours_PERMISSIONS := /usr/bin/ours:4755:ours:ours
define ours_INSTALL
mkdir -p "$$DEST/usr/bin"
cp "$$FOLDER/script" "$$DEST/usr/bin/ours"
endef
END
echo '#!/bin/sh' >"$out/package/ours/script"
printf 'config PACKAGE_OURS_MORE\n\tbool "More"\n' >"$out/package/ours/Config.in"
printf 'config OUTSIDE\n\tbool "An option outside"\n' >"$out/Config.in"
program "$out/userland/tool/tool.c" "a tool outside"
printf 'PROGRAMS += tool\n' >"$out/userland/tool/build.mk"
{
	echo "# A product"
	cat configs/qemu_x86_64_defconfig
	printf 'CONFIG_PACKAGE_OURS=y\nCONFIG_PACKAGE_OURS_MORE=y\nCONFIG_OUTSIDE=y\n'
} >"$out/configs/product_defconfig"
echo outside >"$out/overlay/etc/motd"

field()
{
	debugfs -R "stat $1" "$image?offset=$ROOT_AT" 2>&1 | grep -E "$2"
}

ok "list-defconfigs shows it" sh -c \
    "$m EXTERNAL='$out' list-defconfigs | grep 'product_defconfig *A product'"
ok "its configuration is found" $m EXTERNAL="$out" product_defconfig
ok "with its options" grep -x CONFIG_OUTSIDE=y output/.config
ok "and its packages'" grep -x CONFIG_PACKAGE_OURS_MORE=y output/.config
ok "it is remembered" $m
ok "its package is in the image" field /usr/bin/ours 'Type: regular'
ok "its program too" field /bin/tool 'Type: regular'
ok "its overlay" grep -x outside output/root/etc/motd
echo changed >"$out/overlay/etc/motd"
ok "a file of that changes" $m
ok "in the image, too" sh -c \
    "debugfs -R 'cat /etc/motd' '$image?offset=$ROOT_AT' 2>/dev/null | grep -x changed"
ok "a package's user" grep '^ours:x:100:100:Ours:/var/ours:/bin/false$' \
    output/root/etc/passwd
ok "owns its home" field /var/ours 'User: *100 *Group: *100'
ok "a package's permission" field /usr/bin/ours 'Mode: *04755'
ok "and owner" field /usr/bin/ours 'User: *100 *Group: *100'
ok "nobody else's changed" field /bin/cat 'User: *0 *Group: *0'
ok "a second make runs nothing" sh -c "! $m -n | grep -v 'Nothing to be done'"

printf 'user two:200:ours:-:/:/bin/msh:Two\npermission /bin/ls:0700:two:root\n' >"$work/table"
scripts/set-option output IMAGE_TABLES "\"$work/table\""
ok "a table of the menu's" $m
ok "its user, in a group that is there" grep '^two:x:200:100:' output/root/etc/passwd
ok "its permission" field /bin/ls 'Mode: *0700'
ok "and owner" field /bin/ls 'User: *200 *Group: *0'
echo 'permission /bin/none:0700:two:root' >>"$work/table"
ok "a file that is not there is named" says "/bin/none:0700:two:root: no such file" $m
sed -i '$d' "$work/table"
echo 'permission /bin/cat:0700:three:root' >>"$work/table"
ok "a user that is not there is named" says "no user three" $m
sed -i '$d' "$work/table"
echo 'user four:200:ours:-:/:/bin/msh:Four' >>"$work/table"
ok "a number of two users is an error" says "number 200 is another's" $m
sed -i '$d' "$work/table"
echo nonsense >>"$work/table"
ok "a line that is none is named" says "nonsense: neither user nor permission" $m
sed -i '$d' "$work/table"

printf '#!/bin/sh\necho "by a script" >"$1/etc/scripted"\n' >"$work/script"
chmod +x "$work/script"
scripts/set-option output IMAGE_POST_BUILD "\"$work/script\""
ok "a script after the build" $m
ok "changes the image" field /etc/scripted 'Type: regular'
printf '#!/bin/sh\nexit 3\n' >"$work/script"
ok "one that fails is named" says "merge: $work/script failed" $m
ok "a tree that is not there is named" says "no such folder" $m EXTERNAL=/none help
finish
