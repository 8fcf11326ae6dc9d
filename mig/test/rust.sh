# SPDX-License-Identifier: BSD-2-Clause
# The Rust back end: every interface's file compiles without a warning, all
# together do without the standard library, callers and servers in Rust and C
# understand and refuse the same. Sourced by run.sh.

rust_compile() { # options of rustc
	rustc --edition 2021 -D warnings "$@" >"$T/log" 2>&1
}

rust_interfaces() {
	local file name
	echo '#![no_std]' >"$T/all.rs"
	for file in mig/test/good/*.defs include/mach/defs/*.defs \
	    include/device/*.defs include/servers/*.defs \
	    servers/*/*.defs; do
		grep -q '^subsystem' "$file" || continue
		name=$(basename "$file" .defs)
		case $name in
		memories) # what it has is of C only, and is said so
			! "$MIG" $paths -q -n --rust "$T/$name.rs" "$file" \
			    >"$T/log" 2>&1 && grep -q 'no Rust for' "$T/log"
			report $? "$file: not in Rust" "$T/log"
			continue ;;
		esac
		"$MIG" $paths -q -n --rust "$T/$name.rs" "$file" >"$T/log" 2>&1 &&
			rust_compile --crate-type lib --emit=metadata \
			    -o "$T/$name.rmeta" "$T/$name.rs"
		report $? "$file: --rust" "$T/log"
		"$MIG" $paths -q -n --rust "$T/${name}_use.rs" \
		    --rust-use crate::types::mig "$file" 2>/dev/null
		[ "$name" = types ] || name=${name}_use
		echo "#[path = \"$T/$name.rs\"] pub mod $name;" >>"$T/all.rs"
	done
	rust_compile --crate-type lib --emit=metadata -o "$T/all.rmeta" "$T/all.rs"
	report $? "all together, without std, with one module mig" "$T/log"
}

rust_refuses() { # words that must be said, declarations, options
	printf 'subsystem %s 100;\n%s\n' "${4:-refused}" "$2" >"$T/refused.defs"
	command_fails "no Rust: $1" "error: .*$1" "$MIG" $3 -n \
	    --rust "$T/refused.rs" "$T/refused.defs"
}

# What has no Rust is an error, not wrong Rust.
rust_errors() {
	local port="routine r(p : mach_port_t"
	rust_refuses "format typed-i386" "" "--abi typed-i386"
	rust_refuses "the kernel's stubs" "" "" "KernelServer refused"
	rust_refuses "arrays of polymorphic rights" \
	    "$port; a : a_t = array[2] of polymorphic);"
	rust_refuses "that is not made here" \
	    "$port; ureplyport q : mach_port_move_send_once_t);"
	rust_refuses "no Rust for msgoption A" "msgoption A; $port);"
	rust_refuses "a time-out of B" "waittime B; $port);"
	rust_refuses "'self' and 'self_' are the same\|'self_' and 'self'" \
	    "$port; self : int; self_ : int);"
	rust_refuses "has the name of one of Rust's" \
	    "type u8 = struct[2] of int; $port; a : u8);"
	rust_refuses "another type 'a_t'" "$port; a : a_t = struct[2] of int);
		routine s(p : mach_port_t; a : a_t = struct[3] of int);"
	[ ! -e "$T/refused.rs" ]
	report $? "and there is no file"
}

# Names that are words of Rust, and an interface of nothing.
rust_names() {
	cat >"$T/names.defs" <<-'END'
	subsystem names 100;
	type type = struct[2] of int;
	type list = array[*:4] of int;
	type text = c_string[*:8];
	routine match(self : mach_port_t; fn : type; out impl : int;
		out Some : type; out Err : list);
	simpleroutine self(self : mach_port_t; Ok : text);
	END
	"$MIG" -n --rust "$T/names.rs" "$T/names.defs" >"$T/log" 2>&1 &&
		rust_compile --crate-type lib --emit=metadata \
		    -o "$T/names.rmeta" "$T/names.rs" &&
		grep -q 'pub fn r#match<' "$T/names.rs"
	report $? "names that are words of Rust" "$T/log"
	echo 'subsystem nothing 100;' | "$MIG" -n --rust "$T/nothing.rs" - &&
		rust_compile --crate-type lib --emit=metadata \
		    -o "$T/nothing.rmeta" "$T/nothing.rs"
	report $? "a subsystem without routines" "$T/log"
}

# Rust with C's stubs, C's server and the fake kernel linked in.
rust_rpc() {
	local file objects=
	for file in types forms untyped; do
		generate mig/test/good/$file.defs "$T/$file" -q \
		    -uprefix ${file}_ >"$T/log" 2>&1 || return
	done
	for file in mig/test/rust_peer.c mig/test/fake_mach.c \
	    mig/test/types_impl.c "$T/types_user.c" "$T/types_server.c" \
	    "$T/forms_user.c" "$T/untyped_user.c" "$T/forms_server.c" \
	    "$T/untyped_server.c" mig/test/forms_test.c \
	    mig/test/untyped_test.c; do
		gcc $warnings -g -O2 -Iinclude -Iinclude/arch/x86_64 -Ilib \
		    -Dmain="$(basename "$file" .c)_main" \
		    -Wno-missing-prototypes -Wno-missing-declarations \
		    -Imig/test -Imig/test/good "-I$T" -c "$file" \
		    -o "$T/$(basename "$file").o" || return
		objects="$objects -C link-arg=$T/$(basename "$file").o"
	done >"$T/log" 2>&1
	MIG_TYPES=$T/types.rs MIG_FORMS=$T/forms_use.rs \
	    MIG_UNTYPED=$T/untyped_use.rs rust_compile -C debug-assertions -C opt-level=1 \
	    $objects -o "$T/rust_rpc" mig/test/rust_rpc.rs
}

# The other untyped format: it compiles, and its messages are what they must be.
rust_narrow() {
	local file name
	for file in mig/test/good/*.defs include/mach/defs/*.defs \
	    include/servers/*.defs; do
		grep -q '^subsystem' "$file" || continue
		name=$(basename "$file" .defs)
		[ "$name" != memories ] || continue
		"$MIG" $paths -q -n --abi untyped-ilp32 --rust "$T/narrow.rs" "$file" \
		    >"$T/log" 2>&1 &&
			rust_compile --crate-type lib --emit=metadata \
			    -o "$T/narrow.rmeta" "$T/narrow.rs"
		report $? "$file: --rust, untyped-ilp32" "$T/log"
	done
	"$MIG" -n --abi untyped-ilp32 --rust "$T/narrow.rs" mig/test/good/narrow.defs &&
		MIG_NARROW=$T/narrow.rs rust_compile -C debug-assertions \
		    -o "$T/rust_narrow" mig/test/rust_narrow.rs
	report $? "rust_narrow builds" "$T/log"
	"$T/rust_narrow" >"$T/log" 2>&1
	report $? "rust_narrow: descriptors of 32-bit tasks" "$T/log"
}

part_rust() {
	rust_errors
	if ! command -v rustc >/dev/null || ! rustc --version >/dev/null 2>&1; then
		count=$((count + 1))
		echo "ok $count - the Rust back end # SKIP no rustc"
		return
	fi
	rust_interfaces
	rust_names
	rust_narrow
	rust_rpc
	report $? "rust_rpc builds" "$T/log"
	"$T/rust_rpc" >"$T/rpc.log" 2>"$T/rpc.err"
	report $? "rust_rpc runs" "$T/rpc.err"
	report_tap rust_rpc "$T/rpc.log"
}
