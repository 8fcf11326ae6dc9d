#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# The tests of mig, in TAP: what is generated compiles without a warning for
# both architectures and works; what is wrong is reported where it is; output
# does not change unnoticed; mutated input never makes mig fail otherwise.
# Usage: run.sh [part...]
# (good rpc apple ilp32 typed rust bad golden json command install speed fuzz demux)
# Parts run two at a time, each in a folder of its own, unless MIG_JOBS says so.
cd "$(dirname "$0")/../.." || exit 1
root=$(mktemp -d) || exit 1
trap 'rm -rf "$root"' EXIT
T=$root
export LC_ALL=C
count=0

report() { # status, name, file with details
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $count - $2"
	else
		echo "not ok $count - $2"
		[ -z "${3:-}" ] || grep -m 8 -e error -e "^not ok" -e "^[<>+-]" "$3" | sed 's/^/# /'
	fi
}

warnings="-std=gnu17 -Wall -Wextra -Werror -Wshadow -Wundef -Wvla
	-Wstrict-prototypes -Wmissing-prototypes -Wmissing-declarations
	-Wold-style-definition -Wredundant-decls -Wpointer-arith -Wcast-qual
	-Wwrite-strings -Wimplicit-fallthrough -Wformat=2 -Wswitch-enum
	-Wnull-dereference -fno-common"
sanitize="-g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all"
MIG=$T/mig
mkdir "$T/obj"
if ! { ls mig/*.c | xargs -P 2 -I '{}' sh -c 'gcc '"$(echo $warnings)"' -D_GNU_SOURCE \
    '"$sanitize"' -c "$1" -o "$2/$(basename "$1" .c).o"' - '{}' "$T/obj" &&
	gcc $sanitize "$T"/obj/*.o -o "$MIG"; } 2>"$T/log"; then
	report 1 "mig builds" "$T/log"
	echo "1..$count"
	exit 1
fi
paths="-Iinclude -Imig/test/good"

generate() { # .defs, stem, options
	"$MIG" $paths "${@:3}" -user "$2_user.c" -header "$2_user.h" \
	    -server "$2_server.c" -sheader "$2_server.h" "$1"
}

compile() { # architecture, file
	local cc=gcc
	[ "$1" = x86_64 ] || cc=$1-linux-gnu-gcc
	"$cc" $warnings -O2 -ffreestanding -nostdinc -c -o /dev/null \
	    -isystem "$("$cc" -print-file-name=include)" -Iinclude \
	    "-Iinclude/arch/$1" -Imig/test/good -Ikernel -Ikernel/lib \
	    -Ikernel/arch/include "-Ikernel/arch/$1" \
	    "-Ikernel/arch/$1/include" "$2"
}

# What was fine once, as of an interface that is the same for a kernel, is.
compile_once() { # architecture, file
	local sum
	sum=$T/fine-$1-$(sed 1d "$2" | cksum | tr ' ' -)
	[ ! -e "$sum" ] || return 0
	compile "$1" "$2" && : >"$sum"
}

check_one() { # .defs, options
	local stem name file arch fine=0
	stem=$T/$(basename "$1" .defs)
	name="$1 ${*:2}"
	generate "$1" "$stem" "${@:2}" >"$T/log" 2>&1 || fine=1
	report $fine "$name: accepted" "$T/log"
	[ $fine -eq 0 ] || return
	for arch in x86_64 aarch64; do
		for file in _user.c _server.c _user.h _server.h; do
			case $file in
			*.h)
				sed 1d "$stem$file" >"$T/header.c"
				compile_once $arch "$T/header.c" ;;
			*)	compile_once $arch "$stem$file" ;;
			esac
		done >"$T/log" 2>&1 || fine=1
		[ ! -s "$T/log" ] || fine=1
		report $fine "$name: compiles for $arch" "$T/log"
	done
}

part_good() {
	local file
	for file in mig/test/good/*.defs include/mach/defs/*.defs include/device/*.defs \
	    include/servers/*.defs; do
		grep -q '^subsystem' "$file" || continue
		check_one "$file"
		case $file in
		include/servers/*) ;;
		*)	check_one "$file" -DKERNEL_SERVER=1
			check_one "$file" -DKERNEL_USER=1 ;;
		esac
	done
}

report_tap() { # name, output of a test program
	local line
	while read -r line; do
		case $line in
		"ok "*)     report 0 "$1: ${line#ok * - }" ;;
		"not ok "*) report 1 "$1: ${line#not ok * - }" ;;
		"# "*)      echo "$line" ;;
		esac
	done <"$2"
}

run_test() { # program of mig/test, stem of the stubs, more sources
	gcc $warnings $sanitize -Iinclude -Iinclude/arch/x86_64 -Ilib -I. \
	    -Imig/test -Imig/test/good "-I$T" -o "$T/$1" "mig/test/$1.c" \
	    mig/test/fake_mach.c "${@:3}" "$T/$2_user.c" \
	    "$T/$2_server.c" >"$T/log" 2>&1
	report $? "$1 builds" "$T/log"
	"$T/$1" >"$T/rpc.log" 2>&1
	report $? "$1 runs" "$T/rpc.log"
	report_tap "$1" "$T/rpc.log"
}

part_rpc() {
	generate mig/test/good/types.defs "$T/types" -uprefix types_
	run_test rpc_test types mig/test/types_impl.c
	run_test hostile_test types mig/test/types_impl.c
	generate mig/test/good/forms.defs "$T/forms" -q -uprefix forms_
	run_test forms_test forms
	generate mig/test/good/untyped.defs "$T/untyped" -uprefix untyped_
	run_test untyped_test untyped
	generate mig/test/good/memories.defs "$T/memories" -uprefix memories_
	run_test memories_test memories mig/test/fake_overwrite.c
}

# Each file of bad/ says in comments `/* error: line:column: text */` (or
# warning, note) what must be said about it, and nothing else may be; one may
# say `/* options: ... */`.
part_bad() {
	local file
	for file in mig/test/bad/*.defs; do
		sed -n 's#^/\* \(error\|warning\|note\): \([0-9]*:[0-9]*\): \(.*\) \*/$#\2: \1: \3#p' \
		    "$file" | sort >"$T/want"
		"$MIG" $paths $(sed -n 's#^/\* options: \(.*\) \*/$#\1#p' "$file") \
		    -user "$T/bad.c" -server /dev/null \
		    -header /dev/null "$file" 2>"$T/all"
		echo "status $?" >"$T/status"
		grep -v 'missing terminating' "$T/all" |
		    sed -n "s#^$file:\([0-9]*:[0-9]*: [a-z]*: \)#\1#p" | sort >"$T/got"
		diff "$T/want" "$T/got" >"$T/log" && [ -s "$T/want" ]
		report $? "$file: diagnostics" "$T/log"
		if grep -q ' error: ' "$T/want"; then
			grep -qx 'status 1' "$T/status" && [ ! -e "$T/bad.c" ]
			report $? "$file: no output" "$T/all"
		fi
		rm -f "$T/bad.c"
	done
}

abis="untyped-lp64 untyped-ilp32 typed-x86_64 typed-i386 typed-x86_64-2022"

part_json() {
	local file abi
	for file in mig/test/good/*.defs include/mach/defs/*.defs \
	    include/device/*.defs include/servers/*.defs; do
		grep -q '^subsystem' "$file" || continue
		for abi in $abis; do
			case $file:$abi in
			*/untyped.defs:typed* | */memories.defs:typed*) continue ;;
			esac
			"$MIG" $paths --abi $abi -n --json "$T/json" \
			    --doc "$T/doc" -list "$T/list" "$file" >"$T/log" 2>&1 &&
				perl mig/test/json_check.pl "$T/json" "$T/list" >"$T/log" 2>&1
			report $? "$file: --json, $abi" "$T/log"
		done
		[ "$(grep -c '^Id ' "$T/doc")" = "$(wc -l <"$T/list")" ]
		report $? "$file: --doc"
	done
	"$MIG" -n --json "$T/json" -list "$T/list" mig/test/golden/small.defs
	sed 's/"offset": 24,/"offset": 32,/' "$T/json" >"$T/wrong"
	! perl mig/test/json_check.pl "$T/wrong" "$T/list" >/dev/null
	report $? "a field elsewhere would be noticed"
}

part_golden() {
	local kind
	generate mig/test/golden/small.defs "$T/small" --json "$T/small_json" \
	    --doc "$T/small_doc" --rust "$T/small_rust" --rust-use crate::mig
	for kind in user.c user.h server.c server.h json doc rust; do
		diff -u "mig/test/golden/small_$kind.txt" "$T/small_$kind" \
		    >"$T/log" 2>&1
		report $? "golden small_$kind" "$T/log"
	done
	# What is said of rights and memory, on both sides.
	generate mig/test/good/types.defs "$T/types" &&
		"$MIG" -n -q --abi typed-i386 -header "$T/every_user.h" \
		    -sheader "$T/every_server.h" mig/test/typed/every.defs &&
		for kind in types_user types_server every_user every_server; do
			echo "$kind"
			grep '^\(/\*\)\? \*\|^/\* [a-z_]*: ' "$T/$kind.h"
		done >"$T/owners"
	diff -u mig/test/golden/owners.txt "$T/owners" >"$T/log" 2>&1
	report $? "golden owners" "$T/log"
}

. mig/test/command.sh
. mig/test/demux.sh
. mig/test/typed.sh
. mig/test/ilp32.sh
. mig/test/apple.sh
. mig/test/fuzz.sh
. mig/test/rust.sh

# Parts that use what another has made follow it in its unit.
units() { # part...
	local part all=" $* "
	for part; do
		case $part:$all in
		apple:*" rpc "*) ;;
		rpc:*" apple "*) echo rpc+apple ;;
		*)	echo "$part" ;;
		esac
	done
}

# A unit's TAP goes to a file, which ends with a line of its own.
run_unit() { # unit
	local part
	T=$root/$1
	mkdir "$T"
	for part in ${1//+/ }; do
		"part_$part"
	done
	echo "# end of $1"
}

# Take units from the list until none is left.
work() {
	local unit
	for unit in $list; do
		mkdir "$root/taken-$unit" 2>/dev/null || continue
		(run_unit "$unit") >"$root/$unit.tap"
	done
}

list=$(units ${*:-typed good demux rpc apple ilp32 rust json fuzz install command \
    speed bad golden})
for job in $(seq "${MIG_JOBS:-2}"); do
	work &
done
wait
for unit in $list; do
	cat "$root/$unit.tap"
	grep -qx "# end of $unit" "$root/$unit.tap" || echo "not ok 0 - $unit ends"
done | awk '/^(not )?ok [0-9]+/ { n++; sub(/[0-9]+/, n) }
	/^not ok/ { failed++ }
	!/^# end of/ { print }
	END { print "1.." n; exit failed > 0 }'
