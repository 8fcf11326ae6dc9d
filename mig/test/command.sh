# SPDX-License-Identifier: BSD-2-Clause
# The command line: outputs, their absence, dependencies, failures. Sourced by
# run.sh.

command_fails() { # name, words that must be in the message, command...
	local name=$1 words=$2
	shift 2
	"$@" >"$T/log" 2>&1
	[ $? -eq 1 ] && grep -q -e "$words" "$T/log"
	report $? "$name" "$T/log"
}

command_outputs() {
	local defs=$PWD/mig/test/golden/small.defs
	mkdir "$T/out"
	(cd "$T/out" && "$MIG" "$defs") >"$T/log" 2>&1
	report $? "default outputs" "$T/log"
	[ "$(cd "$T/out" && echo *)" = "small.h smallServer.c smallUser.c" ]
	report $? "are those three"
	(cd "$T/out" && rm ./* && "$MIG" -n -list list "$defs")
	[ "$(cat "$T/out/list")" = "small 700 add 0 700 800
small 700 open 1 701 801
small 700 close 2 702 0" ]
	report $? "-list" "$T/out/list"
	[ "$(cd "$T/out" && echo *)" = list ]
	report $? "-n makes nothing else"
	(cd "$T/out" && "$MIG" -n -user u.c -cc 'gcc -DA=1' - <"$defs" &&
		"$MIG" -n -user v.c - <"$defs" && cmp u.c v.c) >"$T/log" 2>&1
	report $? "standard input, -cc of two words, the same output twice" \
	    "$T/log"
	"$MIG" -n -prefix p_ -sheader "$T/out/s.h" "$defs" &&
		grep -q '^kern_return_t p_add(' "$T/out/s.h" &&
		grep -q '^boolean_t p_small_server(' "$T/out/s.h"
	report $? "-prefix" "$T/out/s.h"
	"$MIG" -n -maxonstack 40 -user "$T/out/o.c" "$defs" &&
		grep -q mig_space_get "$T/out/o.c" &&
		"$MIG" -n -maxonstack 4000 -user "$T/out/o.c" "$defs" &&
		! grep -q mig_space_get "$T/out/o.c"
	report $? "-maxonstack"
	"$MIG" -Iinclude -DKERNEL_SERVER=1 -n --compact -server "$T/out/c.c" \
	    include/mach/defs/sync.defs &&
		grep -q '] = {mig_serve, ' "$T/out/c.c" &&
		! grep -q '_Xsemaphore_' "$T/out/c.c"
	report $? "--compact" "$T/out/c.c"
	command_fails "--compact of another format" "untyped-lp64" \
	    "$MIG" --compact --gnu -n -server "$T/out/c.c" "$defs"
	[ "$("$MIG" -n -list /dev/stdout "$defs" | cat)" = "$(cat "$T/out/list")" ] &&
		[ -L /dev/stdout ]
	report $? "an output that is a pipe"
	ln -s list "$T/out/link" && "$MIG" -n -list "$T/out/link" "$defs" && [ -L "$T/out/link" ]
	report $? "an output by a symbolic link"
	[ -z "$("$MIG" -q $paths -n -list "$T/out/list" \
	    mig/test/good/forms.defs 2>&1)" ]
	report $? "-q: neither warnings nor their notes"
}

command_dependencies() {
	local defs=include/mach/defs/task.defs
	"$MIG" -Iinclude -n -user "$T/d.c" -header "$T/d.h" -MD "$defs" &&
		grep -q "^$T/d.h $T/d.c :" "$T/d.d" &&
		grep -q "^  $defs" "$T/d.d" &&
		grep -q '^  include/mach/defs/std_types.defs' "$T/d.d" &&
		make -n -f "$T/d.d" >/dev/null 2>&1
	report $? "-MD lists outputs and what was read" "$T/d.d"
	"$MIG" -Iinclude -n -user "$T/d.c" -MF "$T/other.d" "$defs" &&
		grep -q "^$T/d.c :" "$T/other.d"
	report $? "-MF" "$T/other.d"
	"$MIG" -Iinclude -n -user "$T/d.c" -MMD -MP "-MF$T/other.d" -MT 'one two' \
	    -MQ '$x y' "$defs" && [ "$(sed -n 1p "$T/other.d")" = 'one two $$x\ y : \' ] &&
		grep -qx 'include/mach/defs/std_types.defs:' "$T/other.d"
	report $? "-MT, -MQ, -MP" "$T/other.d"
	"$MIG" -n -user "$T/a b.c" -MF "$T/other.d" mig/test/golden/small.defs &&
		grep -q '^[^ ]*/a\\ b.c :' "$T/other.d"
	report $? "names with spaces are quoted" "$T/other.d"
}

command_failures() {
	local defs=mig/test/golden/small.defs
	command_fails "no file" "no file" "$MIG"
	command_fails "unknown option" "unknown option -z" "$MIG" -z $defs
	command_fails "two files" "more than one" "$MIG" $defs $defs
	command_fails "missing value" "needs a value" "$MIG" $defs -user
	command_fails "missing file" "the preprocessor failed" \
	    "$MIG" -n -user "$T/never.c" "$T/missing.defs"
	printf 'subsystem a 1;\n#include "missing.defs"\nskip;\n' >"$T/inc.defs"
	command_fails "missing include" "the preprocessor failed" \
	    "$MIG" -n -user "$T/never.c" "$T/inc.defs"
	command_fails "no compiler" "cannot run" \
	    "$MIG" -cc "$T/no-cc" -n -user "$T/never.c" $defs
	echo >"$T/empty.defs"
	printf '# 1 "%s"\n\0\0\0\0 99999999999999999999;\n' \
	    "$T/empty.defs" >"$T/nul.defs"
	command_fails "a line of NULs" "1:6: error: number is larger" \
	    "$MIG" --abi typed-x86_64 -cc cat - /dev/null -n \
	    -user "$T/never.c" <"$T/nul.defs"
	echo 'type a = int;' >"$T/types.defs"
	command_fails "types only" "no subsystem" \
	    "$MIG" -n -user "$T/never.c" "$T/types.defs"
	command_fails "warnings as errors" "error: 'a' is carried inline" \
	    "$MIG" -Werror -n -user "$T/never.c" mig/test/bad/warning.defs
	command_fails "no such folder" "no/such/b.h" \
	    "$MIG" -n -user "$T/never.c" -header "$T/no/such/b.h" $defs
	printf 'subsystem a 1;\n  foo x;\n' >"$T/editor.defs"
	command_fails "diagnostics for editors" \
	    '"line": 2, "column": 3, "message": "expected a statement' \
	    "$MIG" --diagnostics=json -n -user "$T/never.c" "$T/editor.defs"
	! ls "$T"/never.c* >/dev/null 2>&1
	report $? "no failure leaves output"
}

# What a preprocessor may leave behind `#`, and what it may not.
command_directives() {
	local defs=mig/test/golden/small.defs
	"$MIG" -n -user "$T/plain.c" $defs
	"$MIG" -n -user "$T/defines.c" -cc 'gcc -dD' -DLEFT=1 $defs &&
		cmp "$T/plain.c" "$T/defines.c" >"$T/log" 2>&1
	report $? "definitions in the input" "$T/log"
	printf '#!/bin/sh\ncat "%s/raw.defs"\n' "$T" >"$T/raw-cc"
	chmod +x "$T/raw-cc"
	printf 'subsystem a 1;\n# 7 "x.defs" 2\n#pragma once\n#include <b>\n' \
	    >"$T/raw.defs"
	command_fails "what the preprocessor should have read" \
	    "x.defs:8:1: error: illegal directive '#include'" \
	    "$MIG" -cc "$T/raw-cc" -n -user "$T/never.c" $defs
}

# What a .defs sees of the machine, and a subsystem whose ids start at 0.
command_machines() {
	local machine macro
	while read -r machine macro; do
		printf '#ifndef %s\n#error\n#endif\nsubsystem zero 0;\nskip;\nroutine r(p : mach_port_t);\n' \
		    "$macro" >"$T/machine.defs"
		[ "$("$MIG" -n -list /dev/stdout -arch "$machine" "$T/machine.defs" 2>&1 | cat)" = \
			"zero 0 r 1 1 101" ]
		report $? "-arch $machine: $macro"
	done <<-END
	x86_64 __x86_64__
	x86_64h __LP64__
	arm64e __arm64__
	arm64_32 __arm64__
	armv7k __arm__
	i386 __i386__
	END
}

# Options of compilers, several in a word too, and the name of a back end.
command_compilers() {
	local defs=mig/test/golden/small.defs
	"$MIG" -n -user "$T/plain.c" $defs
	"$MIG" -n -user "$T/flags.c" --target=x86_64-none -Bx -ansi -traditional -c -w -pthread -std=c99 \
	    -mllvm -asan-x=1 -Xclang -x -Xarch_i386 -y -idirafter /tmp -nostdinc \
	    --sysroot=/ "-g -O2 -DA=1 -Wall" -fno-builtin $defs >"$T/log" 2>&1 &&
		cmp "$T/plain.c" "$T/flags.c" >>"$T/log" 2>&1
	report $? "options of compilers" "$T/log"
	printf '#if A != 7 || B != 8\n#error\n#endif\nsubsystem a 1;\n' >"$T/words.defs"
	"$MIG" -n -list /dev/null "-O -DA=7" -Wp,-DB=8 "$T/words.defs" >"$T/log" 2>&1
	report $? "several in a word, and through -Wp" "$T/log"
	mkdir -p "$T/sdk/usr/include" "$T/back" && echo '#define C 9' >"$T/sdk/usr/include/c.h" &&
		printf '#include <c.h>\n#if C != 9\n#error\n#endif\nsubsystem a 1;\n' >"$T/sdk.defs" &&
		SDKROOT="$T/sdk" "$MIG" --apple -list /dev/null -user /dev/null \
		    -server /dev/null -header /dev/null "$T/sdk.defs" >"$T/log" 2>&1
	report $? "SDKROOT" "$T/log"
	ln -s "$MIG" "$T/back/x86_64-gnu-migcom" && ln -s "$MIG" "$T/back/migcom" &&
		gcc -E -x c $defs | "$T/back/migcom" -n -user "$T/flags.c" &&
		cmp "$T/plain.c" "$T/flags.c" >"$T/log" 2>&1 &&
		[ "$("$T/back/x86_64-gnu-migcom" --version)" = "mig (Mach_R), format typed-x86_64" ]
	report $? "as a back end, behind the preprocessor" "$T/log"
	printf 'subsystem a 1;\n# 7 "x.defs"\n  foo;\n' >"$T/raw.i"
	command_fails "whose errors have places" "x.defs:7:3: error" \
	    "$T/back/migcom" -n -user "$T/never.c" <"$T/raw.i"
}

# Ids of several interfaces.
command_ids() {
	local a=$T/a.defs b=$T/b.defs c=$T/c.defs d=$T/d.defs
	echo 'subsystem a 100; routine one(p : mach_port_t); skip; routine three(p : mach_port_t);' >"$a"
	printf '#ifdef CLASH\nsubsystem b 102;\n#else\nsubsystem b 300;\n#endif\nroutine four(p : mach_port_t);\n' >"$b"
	echo 'subsystem c 200; simpleroutine one_reply(p : mach_port_t);
	    skip; simpleroutine %s(p : mach_port_t);' >"$c"
	echo 'subsystem d 101; skip; simpleroutine three_request(p : mach_port_t);' >"$d"
	sed 's/%s/three_reply/' "$c" >"$T/halves.defs"
	sed 's/%s/other/' "$c" >"$T/other.defs"
	"$MIG" --check-ids "$a" "$b" "$T/halves.defs" "$d" >"$T/log" 2>&1 && [ ! -s "$T/log" ]
	report $? "--check-ids: none twice, halves of one interface" "$T/log"
	command_fails "--check-ids: a request twice" \
	    "b.defs:6:9: error: id 102, the request of 'four' of subsystem 'b', is taken" \
	    "$MIG" --check-ids -DCLASH "$a" "$b"
	grep -q "a.defs:1:[0-9]*: note: by the request of 'three' of subsystem 'a'" "$T/log"
	report $? "both places are named" "$T/log"
	command_fails "--check-ids: a request that is a reply" \
	    "other.defs:2:26: error: id 202, the request of 'other'" \
	    "$MIG" "$a" "$T/other.defs" --check-ids
	"$MIG" --check-ids=requests "$a" "$T/other.defs" >"$T/log" 2>&1
	report $? "--check-ids=requests" "$T/log"
	echo 'subsystem e 101; routine five(p : mach_port_t);' >"$T/e.defs"
	"$MIG" --check-ids "$a" "$T/e.defs" >"$T/log" 2>&1 &&
		grep -q "warning: ids of subsystem 'e' are among those of 'a'" "$T/log"
	report $? "--check-ids: among those of another" "$T/log"
	command_fails "--check-ids: each file is read by itself" "types.defs:2:10: error: unknown type 'missing'" \
	    "$MIG" --check-ids "$a" mig/test/bad/nothing.defs "$b" mig/test/bad/types.defs
	"$MIG" --check-ids=requests -q -Iinclude $(grep -l '^subsystem' include/mach/defs/*.defs \
	    include/device/*.defs include/servers/*.defs | grep -v _reply) >"$T/log" 2>&1
	report $? "no request of the tree is there twice" "$T/log"
}

# What is different between two versions of an interface.
command_diff() {
	local small=mig/test/golden/small.defs size
	"$MIG" -n --json "$T/old.json" $small
	"$MIG" --abi-diff "$T/old.json" "$T/old.json" >"$T/log" 2>&1 && [ ! -s "$T/log" ]
	report $? "--abi-diff: the same" "$T/log"
	sed 's/routine add(/routine plus(/; s/a : int;/aa : unsigned;/' $small >"$T/new.defs"
	echo 'routine more(server : mach_port_t);' >>"$T/new.defs"
	"$MIG" -n --json "$T/new.json" "$T/new.defs" &&
		"$MIG" --abi-diff "$T/old.json" "$T/new.json" >"$T/log" 2>&1 &&
		diff - "$T/log" >"$T/got" <<-END
		compatible: routine add is called plus
		compatible: routine add, argument a is called aa
		compatible: routine add, argument a, callers' C type is unsigned int, was int
		compatible: routine add, argument a, the server's C type is unsigned int, was int
		compatible: routine add, callers' function is plus, was add
		compatible: routine add, the server's function is plus, was add
		compatible: routine more, id 703, is new
		END
	report $? "--abi-diff: what programs see, what is new" "$T/log"
	sed 's/flags : int;/flags : int64;/; s/^simpleroutine close/routine close/
	    s/move_send_t/move_receive_t/; s/^routine add.*/skip;/' $small >"$T/new.defs"
	"$MIG" -n --json "$T/new.json" "$T/new.defs"
	command_fails "--abi-diff -q: what is incompatible" "routine add, id 700, is gone" \
	    "$MIG" -q --abi-diff "$T/old.json" "$T/new.json"
	diff - "$T/log" >"$T/got" <<-END
	incompatible: routine add, id 700, is gone
	incompatible: routine open, request: 48 to 80 bytes, was 44 to 76 bytes
	incompatible: routine open, request: behind data, data of flags at 72, 8 bytes, was behind data, data of flags at 72, 4 bytes
	incompatible: routine open, argument file, received is MACH_MSG_TYPE_MOVE_RECEIVE, was MACH_MSG_TYPE_MOVE_SEND
	incompatible: routine close now is routine, was simpleroutine
	END
	report $? "each with what was" "$T/got"
	"$MIG" -n --abi typed-i386 --json "$T/new.json" $small
	command_fails "--abi-diff: another format" "is typed-i386, was untyped-lp64" \
	    "$MIG" --abi-diff "$T/old.json" "$T/new.json"
	command_fails "--abi-diff: no JSON" "small.defs:1: expected a value" \
	    "$MIG" --abi-diff $small "$T/new.json"
	for size in 0 1 2 3 7 19 20 40 100 500 501 502 503 504 505 1000 2000; do
		head -c $size "$T/old.json" >"$T/part.json"
		"$MIG" --abi-diff "$T/part.json" "$T/old.json" 2>&1
		[ $? -eq 1 ] || echo "error: $size bytes"
	done >"$T/log"
	! grep -v "part.json:[0-9]*: expected" "$T/log" >"$T/got"
	report $? "--abi-diff: half a file" "$T/got"
}

# As the builds of other systems call it: GNU Mach and the Hurd with text that
# is preprocessed, the C library with both ends of a pipe and a file a routine,
# Apple's with options of the compiler.
command_others() {
	local defs=$PWD/mig/test/typed/every.defs small=$PWD/mig/test/golden/small.defs
	local dir=$T/others name
	mkdir "$dir" && ln -s "$MIG" "$dir/x86_64-gnu-mig" && ln -s "$MIG" "$dir/i686-gnu-mig"
	cpp -P "$defs" >"$dir/every.i"
	(cd "$dir" && ./x86_64-gnu-mig -q -n -cc cat - /dev/null -sheader g.server.h \
	    -server g.server.c -list g.msgids <every.i) >"$T/log" 2>&1 &&
		grep -q '^every 5000 every_empty 0 5000 5100$' "$dir/g.msgids" &&
		grep -q '^extern mig_routine_t every_server_routines\[' "$dir/g.server.h" &&
		grep -q '^every_server_routine(const mach_msg_header_t' "$dir/g.server.h"
	report $? "GNU Mach's servers" "$T/log"
	(cd "$dir" && ./i686-gnu-mig -q -cc cat - /dev/null -subrprefix __ -prefix H_ \
	    -user hUser.c -server /dev/null -header h_U.h <every.i) >"$T/log" 2>&1 &&
		grep -q '__mig_get_reply_port' "$dir/hUser.c" &&
		grep -q '^kern_return_t H_every_one$' "$dir/h_U.h" &&
		[ ! -e "$dir/everyServer.c" ]
	report $? "the Hurd's users, on i386" "$T/log"
	(cd "$dir" && CC=gcc CPP='gcc -E -x c' ./x86_64-gnu-mig -q - /dev/null \
	    -prefix __ -DSTANDALONE -DTypeCheck=0 -I"$dir" -subrprefix __ -i ./tmp_ \
	    -server /dev/null -user /dev/null -header /dev/null <"$defs" &&
		CPP='gcc -E -x c' ./x86_64-gnu-mig -q - /dev/null -header every.uh \
		    -server /dev/null -user /dev/null <"$defs") >"$T/log" 2>&1 &&
		[ "$(cat "$dir"/tmp_every_*.c | grep -c '^mig_external kern_return_t __every_')" = \
			"$(ls "$dir"/tmp_every_*.c | wc -l)" ] &&
		[ "$(awk 'NF == 4 && ($2 == "Routine" || $2 == "SimpleRoutine")' \
			"$dir/every.uh" | wc -l)" = "$(ls "$dir"/tmp_every_*.c | wc -l)" ] &&
		[ "$(sed -n 1p "$dir/every.uh")" = "#ifndef _every_user_" ] &&
		[ "$(sed -n '$p' "$dir/every.uh")" = "#endif" ]
	report $? "the C library: a file a routine, headers it can paste" "$T/log"
	(cd "$dir" && "$MIG" -q -DKERNEL_SERVER=1 -I. -novouchers -Os -Wall -ffreestanding \
	    -mno-red-zone -g -arch x86_64 -mach_msg2 -user /dev/null -header /dev/null \
	    -server x_server.c -sheader x_server.h "$small" &&
		"$MIG" -q -novouchers -maxonstack 1024 -user x_user.c -header x.h \
		    -server /dev/null -sheader /dev/null "$small" &&
		"$MIG" -novouchers -arch i386 -cc gcc -header x32.h \
		    -DLIBSYSCALL_INTERFACE -user /dev/null -server /dev/null "$small") \
	    >"$T/log" 2>&1 &&
		grep -q '^kern_return_t add(' "$dir/x32.h" && [ -s "$dir/x_server.c" ] &&
		[ -s "$dir/x_user.c" ]
	report $? "Apple's kernel, users and system library" "$T/log"
	[ "$("$MIG" -arch armv7k --version)" = "mig (Mach_R), format untyped-ilp32" ] &&
		[ "$("$dir/i686-gnu-mig" --version)" = "mig (Mach_R), format typed-i386" ] &&
		[ "$("$dir/x86_64-gnu-mig" -target i686-gnu --version)" = "mig (Mach_R), format typed-i386" ]
	report $? "the format by name and machine"
	"$MIG" --apple -Werror -user /dev/null -server /dev/null -header "$dir/w.h" \
	    mig/test/bad/warning.defs >"$T/log" 2>&1 && grep -q warning: "$T/log"
	report $? "Apple's builds mean their compiler with -Werror" "$T/log"
	for name in x86_64-unknown-gnu-mig=x86_64 i686-gnu0-migcom=i386 aarch64-gnu-mig=x86_64; do
		ln -s "$MIG" "$dir/${name%=*}"
		[ "$("$dir/${name%=*}" --version)" = "mig (Mach_R), format typed-${name#*=}" ] ||
			echo "error: ${name%=*}"
	done >"$T/log"
	ln -s "$MIG" "$dir/x86_64-linux-gnu-mig"
	[ ! -s "$T/log" ] && "$dir/x86_64-linux-gnu-mig" --version | grep -q untyped-lp64
	report $? "names of Hurd systems, not of Linux" "$T/log"
	command_fails "no such format" "typed-i386" "$MIG" --abi pdp11 "$small"
	command_fails "an option that would make other code" "not supported" "$MIG" -x "$small"
	"$MIG" -n -dheader "$dir/ids.h" -iheader "$dir/i.h" "$small" &&
		grep -q '^#define MACH_ID_open_reply 801$' "$dir/ids.h" && [ -s "$dir/i.h" ]
	report $? "-dheader and -iheader"
	"$MIG" -n -v "$small" >"$T/log" && grep -q '^# small$' "$T/log"
	report $? "-v"
}

part_command() {
	command_others
	command_machines
	command_ids
	command_diff
	command_compilers
	command_directives
	command_outputs
	command_dependencies
	command_failures
}

# The manual names every option that --help does, and goes where it belongs.
part_install() {
	local option
	"$MIG" --help | grep -o -e '\(^\| \)--*[a-zA-Z_0-9]*' | tr -d ' ' | sort -u >"$T/options"
	for option in $(cat "$T/options"); do
		grep -q -e "$(echo "$option" | sed 's/-/\\\\-/g')\b" mig/mig.1 ||
			echo "error: $option is not in mig.1"
	done >"$T/log"
	[ ! -s "$T/log" ] && [ "$(wc -l <"$T/options")" -gt 15 ]
	report $? "the manual has all options" "$T/log"
	env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS -u V make O="$T/o" \
	    DESTDIR="$T/root" PREFIX=/usr install-mig >"$T/log" 2>&1 &&
		"$T/root/usr/bin/mig" --version >>"$T/log" 2>&1 &&
		cmp mig/mig.1 "$T/root/usr/share/man/man1/mig.1" >>"$T/log" 2>&1
	report $? "make install-mig" "$T/log"
	[ "$(grep -c BUILD "$T/log")" = 1 ]
	report $? "builds nothing else" "$T/log"
}
