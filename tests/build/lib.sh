# SPDX-License-Identifier: BSD-2-Clause
# For the builder's tests: TAP, and a private copy of the tree's builder with
# a toy system in place of ours, so that a test may edit what it likes and a
# build takes a second. The first argument of a test is a folder to work in.

work=${1:?say a folder to work in}
mkdir -p "$work"
work=$(realpath "$work")
count=0
failed=0
unset MAKEFLAGS MAKELEVEL MFLAGS O V
PATH=$PATH:/usr/sbin:/sbin

# ok NAME COMMAND...
ok()
{
	name=$1
	shift
	count=$((count + 1))
	if "$@" >"$work/said" 2>&1; then
		echo "ok $count - $name"
	else
		echo "not ok $count - $name"
		sed 's/^/# /' "$work/said"
		echo "# alone: $0 $work"
		failed=1
	fi
}

not()
{
	! "$@"
}

# says TEXT COMMAND...: the command fails and names TEXT
says()
{
	text=$1
	shift
	if "$@" >"$work/out" 2>&1; then
		echo "expected a failure: $*"
		return 1
	fi
	grep -F -e "$text" "$work/out" || {
		echo "expected the words: $text, got:"
		cat "$work/out"
		return 1
	}
}

finish()
{
	echo "1..$count"
	exit $failed
}

# The tree's files, committed or not yet.
tree_files()
{
	git ls-files --cached --others --exclude-standard "$@" |
	    while read -r file; do [ ! -f "$file" ] || echo "$file"; done
}

# program FILE WHAT
program()
{
	mkdir -p "$(dirname "$1")"
	printf '/*\n * %s: %s.\n */\nint main(void);\nint\nmain(void)\n{\n\treturn 0;\n}\n' \
	    "$(basename "$1" .c)" "$2" >"$1"
}

# toy DIR: the builder as it is here, with a kernel and programs of a few lines
toy()
{
	rm -rf "$1"
	mkdir -p "$1"
	tree_files Makefile Config.in package board configs rootfs scripts \
	    tests/Config.in kernel/Config.in .gitignore |
	    tar cf - -T - | tar xf - -C "$1"
	mkdir -p dl
	ln -s "$PWD/dl" "$1/dl"
	rm -rf "$1/rootfs/etc/services"
	(
		cd "$1" || exit 1
		mkdir -p kernel/arch/x86_64 kernel/arch/aarch64 libc/string
		cat >kernel/build.mk <<'END'
KERNELS += kernel
kernel_SRCS := $(d)/arch/$(ARCH)/start.S
kernel_LDS := $(d)/arch/$(ARCH)/kernel.lds.S
-include $(d)/arch/$(ARCH)/arch.mk
END
		echo 'KERNEL_FLAT := machr.Image' >kernel/arch/aarch64/arch.mk
		for arch in x86_64 aarch64; do
			echo '.globl _start; _start: nop' >kernel/arch/$arch/start.S
			echo 'ENTRY(_start) SECTIONS { . = 0xffffffff80000000; .text : { *(.text*) } .rodata : { *(.rodata*) } /DISCARD/ : { *(.note*) *(.comment*) *(.eh_frame*) } }' \
			    >kernel/arch/$arch/kernel.lds.S
		done
		cat >libc/build.mk <<'END'
LIBRARIES += libc
libc_SRCS := $(d)/string/memcpy.c $(d)/crt0.S
libc_CRT := $(d)/crt0.S
END
		echo '.globl _start; _start: nop' >libc/crt0.S
		cat >libc/string/memcpy.c <<'END'
#include "memcpy.h"
int
copies(int count)
{
	return count;
}
END
		echo 'int copies(int count);' >libc/string/memcpy.h
		program servers/ext2/main.c "a file server"
		cat >servers/ext2/build.mk <<'END'
PROGRAMS += ext2
ext2_ARCHIVE := y
ext2_SUMMARY := files
END
		program userland/coreutils/cat.c "copies files"
		program userland/coreutils/ls.c "lists folders"
		echo 'UTILITIES += $(wildcard $(d)/*.c)' >userland/coreutils/build.mk
		git init -q .
		git add -A
		GIT_COMMITTER_DATE='1700000000 +0000' git -c user.name=t \
		    -c user.email=t@t commit -q -m toy --date='1700000000 +0000'
	)
}
