# SPDX-License-Identifier: BSD-2-Clause
# Stubs for Apple's headers: servers that take messages in parts (-mach_msg2)
# behind a fake kernel that takes them apart, and callers' stubs, run the tests
# of the ordinary ones and must send the same bytes. Sourced by run.sh.

apple_includes="-Imig/test/apple -Iinclude -Iinclude/arch/x86_64 -Imig/test -Imig/test/good"

apple_compile() { # .c, .o, flags
	gcc $warnings $sanitize $apple_includes "-I$T" -c -o "$2" "${@:3}" "$1"
}

apple_run() { # program, interface, ordinary .o of the test's own...
	local name=$2 dir=$T/apple flags="${*:3}"
	"$MIG" $paths -q -uprefix "${name}_" -novouchers -mach_msg2 -arch x86_64 \
	    -user "$dir/user.c" -header "$dir/${name}_user.h" -server "$dir/server.c" \
	    -sheader "$dir/${name}_server.h" "mig/test/good/$name.defs" &&
		echo "#include \"$dir/${name}_server.h\"" >"$dir/header.c" &&
		apple_compile "$dir/header.c" "$dir/header.o" &&
		echo "#include \"$dir/${name}_user.h\"" >"$dir/header.c" &&
		apple_compile "$dir/header.c" "$dir/header.o" &&
		apple_compile "$dir/user.c" "$dir/user.o" &&
		apple_compile "$dir/server.c" "$dir/server.o" \
		    "-D${name}_server=${name}_parts_server" \
		    "-D${name}_server_routine=${name}_parts_routine" &&
		apple_compile mig/test/apple_join.c "$dir/join.o" "-DNAME=$name" \
		    "-DTABLE=S_${name}_subsystem" || return 1
	gcc $warnings $sanitize -Iinclude -Iinclude/arch/x86_64 -Ilib -I. -Imig/test \
	    -Imig/test/good "-I$T" -o "$dir/$1" "mig/test/$1.c" mig/test/fake_mach.c \
	    "$dir/user.o" "$dir/server.o" "$dir/join.o" $flags || return 1
	FAKE_TRACE=$dir/$1.parts "$dir/$1"
}

apple_test() { # program, interface, more sources
	apple_run "$@" >"$T/log" 2>&1
	report $? "$1: stubs in parts for Apple's headers" "$T/log"
	FAKE_TRACE=$T/apple/$1.whole "$T/$1" >/dev/null 2>&1
	# A raw value may be an address.
	[ -s "$T/apple/$1.whole" ] && [ "$(cmp -l "$T/apple/$1.whole" \
	    "$T/apple/$1.parts" 2>&1 | tee "$T/log" | wc -l)" -le 8 ]
	report $? "$1: the same bytes" "$T/log"
}

# Whole stubs, edited as other projects' scripts do it: the checks are made
# public, declared in the server's header, and each is called from elsewhere; a
# second server has no implementations, but a code in place of their calls.
apple_edit() { # interface
	local dir=$T/apple/edited name=$1
	local public="-Wno-missing-prototypes -Wno-missing-declarations"
	local check='\(kern_return_t __MIG_check__.*\)$'
	mkdir -p "$dir" && (cd "$dir" && ln -sf "$MIG" x86_64-apple-darwin-mig) &&
		"$dir/x86_64-apple-darwin-mig" $paths -q -uprefix "${name}_" \
		    -user "$dir/user.c" -header "$dir/${name}_user.h" \
		    -server "$dir/server.c" -sheader "$dir/${name}_server.h" \
		    "mig/test/good/$name.defs" &&
		sed -i "s/^mig_internal $check/mig_external \1/" "$dir/server.c" &&
		{
			cat "$dir/${name}_server.h"
			sed -n "s/^mig_external $check/extern \1;/p" "$dir/server.c" |
			    sed 's/__attribute__((__unused__)) //'
		} >"$dir/header.h" &&
		{
			echo '#include "header.h"'
			sed -n 's/^extern kern_return_t \(__MIG_check__Request__.*_t\)(.*/\1/p' \
			    "$dir/header.h" | awk '{ print "void *use" NR "(void);" \
			    "void *use" NR "(void) { return (void *)" $1 "; }" }'
		} >"$dir/uses.c" &&
		sed 's/OutP->RetCode = [a-zA-Z0-9_]*(.*);/OutP->RetCode = KERN_FAILURE;/' \
		    "$dir/server.c" >"$dir/without.c" &&
		[ "$(grep -c '^void \*use' "$dir/uses.c")" = \
		    "$(grep -c ' = KERN_FAILURE;' "$dir/without.c")" ] &&
		apple_compile "$dir/user.c" "$dir/user.o" &&
		apple_compile "$dir/server.c" "$dir/server.o" \
		    $public &&
		apple_compile "$dir/uses.c" "$dir/uses.o" "-I$dir" -Wno-pedantic &&
		apple_compile "$dir/without.c" "$dir/without.o" $public -Wno-unused-function \
		    -Wno-unused-variable -Wno-unused-but-set-variable &&
		! nm -u "$dir/without.o" | grep ' U S_'
}

apple_edited() { # program, interface, more sources
	local dir=$T/apple/edited
	apple_edit "$2" >"$T/log" 2>&1 &&
		gcc $warnings $sanitize -Iinclude -Iinclude/arch/x86_64 -Ilib -I. \
		    -Imig/test -Imig/test/good "-I$T" -o "$dir/$1" "mig/test/$1.c" \
		    mig/test/fake_mach.c "$dir/user.o" "$dir/server.o" "$dir/uses.o" \
		    "${@:3}" >>"$T/log" 2>&1 && "$dir/$1" >>"$T/log" 2>&1
	report $? "$1: stubs for Apple's headers, edited by a script" "$T/log"
}

# The kernel's own stubs, as its build calls for them.
apple_kernel() { # .defs
	local dir=$T/apple flags
	flags="-DKERNEL -Ikernel -Ikernel/lib -Ikernel/arch/include
	    -Ikernel/arch/x86_64 -Ikernel/arch/x86_64/include -fsyntax-only"
	{
		"$MIG" $paths -q -DMACH_KERNEL_PRIVATE -DKERNEL_SERVER=1 -novouchers \
		    -mach_msg2 -user /dev/null -header /dev/null \
		    -server "$dir/k.c" -sheader "$dir/k.h" "$1" &&
			apple_compile "$dir/k.c" /dev/null $flags &&
			"$MIG" $paths -q -DMACH_KERNEL_PRIVATE -DKERNEL_USER=1 \
			    -novouchers -maxonstack 1024 -user "$dir/k.c" \
			    -header "$dir/k.h" -server /dev/null \
			    -sheader /dev/null "$1" &&
			apple_compile "$dir/k.c" /dev/null $flags
	} >"$T/log" 2>&1
	report $? "$1: the kernel's stubs for Apple's headers" "$T/log"
}

part_apple() {
	local file
	mkdir "$T/apple"
	# Those whose array types have C types, which these prototypes name.
	for file in mach_port vm_map thread_act memory_object_control; do
		apple_kernel "include/mach/defs/$file.defs"
	done
	apple_kernel mig/test/good/foreign.defs
	[ -x "$T/rpc_test" ] || (part_rpc) >/dev/null
	apple_test rpc_test types mig/test/types_impl.c
	apple_test hostile_test types mig/test/types_impl.c
	apple_test forms_test forms
	apple_test untyped_test untyped
	apple_test memories_test memories mig/test/fake_overwrite.c
	apple_edited rpc_test types mig/test/types_impl.c
	apple_edited hostile_test types mig/test/types_impl.c
	apple_edited forms_test forms
	apple_edited untyped_test untyped
	apple_edited memories_test memories mig/test/fake_overwrite.c
}
