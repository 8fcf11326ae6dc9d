# SPDX-License-Identifier: BSD-2-Clause
# Untyped messages of 32-bit programs: the tests of rpc, run as such. The C
# library for them is unpacked for the purpose. Sourced by run.sh.

ilp32_run() { # program of mig/test, .defs, more sources
	local stem=$T/ilp32/$(basename "$2" .defs) tree=$T/i386
	local crt=$tree/usr/lib32 gcc32=$tree/usr/lib/gcc/x86_64-linux-gnu/12/32
	generate "$2" "$stem" -q --abi untyped-ilp32 -uprefix "$(basename "$2" .defs)_" &&
		gcc -m32 -std=gnu17 -Wall -Wextra -Werror -g -O1 -Imig/test/ilp32 \
		    -Iinclude -Iinclude/arch/x86_64 -Ilib -I. -Imig/test \
		    -Imig/test/good "-I$T/ilp32" -isystem /usr/include/x86_64-linux-gnu \
		    -isystem "$tree/usr/include/x86_64-linux-gnu" -nostdlib -static \
		    -o "$T/ilp32/$1" "$crt/crt1.o" "$crt/crti.o" "mig/test/$1.c" \
		    mig/test/fake_mach.c "${@:3}" "${stem}_user.c" "${stem}_server.c" \
		    "$crt/libc.a" "$gcc32/libgcc.a" "$gcc32/libgcc_eh.a" "$crt/libc.a" \
		    "$crt/crtn.o" >"$T/log" 2>&1
	report $? "$1 builds as 32-bit code" "$T/log"
	"$T/ilp32/$1" >"$T/rpc.log" 2>&1
	report $? "$1 runs as 32-bit code" "$T/rpc.log"
	grep '^not ok' "$T/rpc.log" | sed 's/^/# /'
}

part_ilp32() {
	scripts/fetch-debian amd64 "$T/i386" libc6-dev-i386 libc6-i386 \
	    lib32gcc-12-dev lib32gcc-s1 >"$T/log" 2>&1 || {
		count=$((count + 1))
		echo "ok $count - 32-bit untyped messages # SKIP no packages"
		return
	}
	mkdir "$T/ilp32"
	ilp32_run rpc_test mig/test/good/types.defs mig/test/types_impl.c
	ilp32_run hostile_test mig/test/good/types.defs mig/test/types_impl.c
	ilp32_run forms_test mig/test/good/forms.defs
	ilp32_run untyped_test mig/test/good/untyped.defs
}
