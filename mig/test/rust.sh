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
	    include/device/*.defs include/servers/*.defs; do
		grep -q '^subsystem' "$file" || continue
		name=$(basename "$file" .defs)
		"$MIG" $paths -q -n --rust "$T/$name.rs" "$file" >"$T/log" 2>&1 &&
			rust_compile --crate-type lib --emit=metadata \
			    -o "$T/$name.rmeta" "$T/$name.rs"
		report $? "$file: --rust" "$T/log"
		"$MIG" $paths -q -n --rust "$T/${name}_use.rs" \
		    --rust-use crate::types::mig "$file"
		[ "$name" = types ] || name=${name}_use
		echo "#[path = \"$T/$name.rs\"] pub mod $name;" >>"$T/all.rs"
	done
	rust_compile --crate-type lib --emit=metadata -o "$T/all.rmeta" "$T/all.rs"
	report $? "all together, without std, with one module mig" "$T/log"
}

# Rust with C's stubs, C's server and the fake kernel linked in.
rust_rpc() {
	local file objects=
	generate mig/test/good/types.defs "$T/types" -uprefix types_
	for file in mig/test/rust_peer.c mig/test/fake_mach.c \
	    mig/test/types_impl.c "$T/types_user.c" "$T/types_server.c"; do
		gcc $warnings -g -O2 -Iinclude -Iinclude/arch/x86_64 \
		    -Imig/test -Imig/test/good "-I$T" -c "$file" \
		    -o "$T/$(basename "$file").o" || return
		objects="$objects -C link-arg=$T/$(basename "$file").o"
	done >"$T/log" 2>&1
	MIG_TYPES=$T/types.rs rust_compile -C debug-assertions -C opt-level=1 \
	    $objects -o "$T/rust_rpc" mig/test/rust_rpc.rs
}

part_rust() {
	if ! command -v rustc >/dev/null || ! rustc --version >/dev/null 2>&1; then
		count=$((count + 1))
		echo "ok $count - the Rust back end # SKIP no rustc"
		return
	fi
	rust_interfaces
	rust_rpc
	report $? "rust_rpc builds" "$T/log"
	"$T/rust_rpc" >"$T/rpc.log" 2>"$T/rpc.err"
	report $? "rust_rpc runs" "$T/rpc.err"
	report_tap rust_rpc "$T/rpc.log"
}
