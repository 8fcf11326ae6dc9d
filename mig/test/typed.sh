# SPDX-License-Identifier: BSD-2-Clause
# Typed messages: every kind of argument through the stubs of each format, and
# everything Debian's interfaces of GNU Mach have through ours and through
# Debian's own tool, in all four combinations: the same bytes, the same
# arguments. Then damaged requests to our servers. Sourced by run.sh.

typed=$PWD/mig/test/typed
typed_warnings="-std=gnu17 -Wall -Wextra -Werror -Wno-unused-parameter"

# In the current folder: make stubs from in.i with a prefix for each side.
typed_generate() { # tool's name, command...
	local name=$1
	shift
	"$@" -n -cc cat -prefix "${name}u_" -user "${name}_user.c" \
	    -header "${name}_user.h" - /dev/null <in.i &&
		"$@" -n -cc cat -prefix "${name}s_" -server "${name}_server.c" \
		    -sheader "${name}_server.h" - /dev/null <in.i
}

# Compile what typed_generate made and run it.
typed_run() { # flags of the compiler..., -- tool...
	local flags=() tool
	while [ "$1" != -- ]; do
		flags+=("$1")
		shift
	done
	shift
	"$MIG" -q --abi "$abi" -n -cc cat --json json - /dev/null <in.i &&
		perl "$typed/driver.pl" json our_user.h our_server.h "$@" >driver.c || return 1
	for tool in "$@"; do
		[ "$tool" = our ] || continue
		"$cc" $typed_warnings "${flags[@]}" -c our_user.c &&
			"$cc" $typed_warnings "${flags[@]}" -include our_names.h \
			    -c our_server.c || return 1
	done
	"$cc" -w "${flags[@]}" -fno-sanitize=alignment -c driver.c &&
		"$cc" $typed_warnings "${flags[@]}" -o test "$typed/main.c" \
		    "$typed/mach.c" "$typed/$system.c" ./*.o && ./test
}

typed_totals() { # log
	sed -n 's/^# routines \([0-9]*\) calls \([0-9]*\) damaged \([0-9]*\)/\1 \2 \3/p' "$1"
}

# Every kind of argument, by ourselves.
typed_every() { # format
	local abi=$1 cc=gcc system=hosted flags
	flags="-g -O1 -I. -I$typed -I$typed/own -I$typed/support -include types.h"
	case $abi in
	typed-i386)
		system=i386
		flags="$flags -m32 -ffreestanding -fno-stack-protector -fno-pie -static -nostdlib" ;;
	*)	flags="$flags -DTYPED_WIDE $sanitize" ;;
	esac
	mkdir "$T/every-$abi" && cd "$T/every-$abi" || return 1
	cp "$typed/every.h" types.h
	cpp -P "$typed/every.defs" >in.i
	typed_generate our "$MIG" -q --abi "$abi" && typed_run $flags -- our
}

# The sizes of messages that the format has always had.
typed_sizes() { # format, routine and sizes of request and reply...
	local abi=$1 line
	shift
	"$MIG" -q --abi "$abi" -n --json "$T/sizes" "$typed/every.defs" || return 1
	for line in "$@"; do
		perl -MJSON::PP -e 'my ($file, $name, $request, $reply) = @ARGV;
			open my $f, "<", $file; local $/;
			for (@{decode_json(<$f>)->{routines}}) {
				next if $_->{name} ne "every_$name";
				exit 0 if $_->{request}{max} == $request &&
				    (!$reply || $_->{reply}{max} == $reply);
				print "error: $name: $_->{request}{max} $_->{reply}{max}\n";
			}
			exit 1' "$T/sizes" $line || return 1
	done
}

# Leave out routines whose C types have another size on x86_64 than the format
# of 2022 gives them: Debian's stubs of them do not compile, or ours.
typed_drop() { # log of the compiler
	local name
	for name in $(sed -n \
	    -e "s/^.*In function [^a-zA-Z_]*\(debu_\|_X\)\([a-zA-Z0-9_]*\).*/\2/p" \
	    -e "s/^.*size of \(reply\|request\) of \([a-zA-Z0-9_]*\).*/\2/p" "$1" | sort -u); do
		case $name in
		host_adjust_time | host_set_time | host_get_time | \
		    mach_vm_object_info | mach_vm_region_info | host_slab_info) ;;
		*)	cat "$1"
			exit 1 ;;
		esac
		echo "# of another size: $name"
		perl -0pi -e 's/(simple)?routine\s+\Q'"$name"'\E\s*\(.*?\)\s*;/skip;/is' in.i
	done
}

# Do the stubs compile? If not, what cannot has been left out.
typed_compiles() { # flags...
	{
		gcc -w "$@" -include string.h -c deb_user.c &&
			gcc -w "$@" -include string.h -include deb_names.h -c deb_server.c &&
			gcc -w "$@" -c our_user.c
	} >compile.log 2>&1 || {
		typed_drop compile.log
		return 1
	}
}

# One interface through Debian's tool and ours.
typed_interop() { # .defs, C types
	local abi=typed-x86_64-2022 cc=gcc system=hosted tries=0 flags
	flags="-g -O1 -DPEER -I. -I$typed -isystem $typed/support -isystem $headers -include types.h"
	cd "$3" || return 1
	cp "$2" types.h
	cpp -P -DPEER -D__x86_64__ "-I$headers" "$1" >in.i || return 1
	while [ $tries -lt 4 ]; do
		tries=$((tries + 1))
		: >deb_names.h
		typed_generate deb "$peer" && typed_generate our "$MIG" -q --abi $abi || return 1
		"$MIG" -q --abi $abi -n -cc cat --json json - /dev/null <in.i &&
			perl "$typed/driver.pl" json our_user.h our_server.h deb our >driver.c || return 1
		typed_compiles $flags && break
	done
	typed_run $flags $sanitize -- deb our
}

# The same interfaces are accepted, with the same routines and ids.
typed_accept() { # .defs, mode
	local a b
	"$peer" -n "-I$headers" $2 -list list1 "$1" >/dev/null 2>&1
	a=$?
	"$MIG" -q --abi typed-x86_64-2022 -n "-I$headers" $2 -list list2 \
	    -user u.c -server s.c -header u.h -sheader s.h "$1" >log 2>&1
	b=$?
	if [ $a -ne 0 ]; then
		[ $b -ne 0 ]
	else
		[ $b -eq 0 ] && cmp list1 list2
	fi
}

typed_debian() {
	local tree=$T/debian peer headers file mode name totals routines=0 calls=0 damaged=0
	scripts/fetch-debian amd64 "$tree" mig-x86-64-gnu gnumach-dev \
	    gnumach-common >"$T/log" 2>&1 || {
		count=$((count + 1))
		echo "ok $count - interop with Debian's tool # SKIP no packages"
		return
	}
	peer=$T/x86_64-gnu-mig
	printf '#!/bin/sh\nMIGDIR=%s exec sh %s "$@"\n' \
	    "$tree/usr/lib/mig" \
	    "$tree/usr/bin/x86_64-gnu-mig" >"$peer"
	chmod +x "$peer"
	headers=$tree/usr/include/x86_64-linux-gnu
	mkdir "$T/accept"
	for file in $(cd "$headers" && find . -name '*.defs' | sort); do
		for mode in "" -DKERNEL_SERVER=1 -DKERNEL_USER=1; do
			(cd "$T/accept" && typed_accept "$headers/$file" "$mode") >"$T/log" 2>&1
			report $? "$file $mode: Debian's tool and ours agree" "$T/accept/log"
		done
		rm -f "$T/list"
		"$peer" -n "-I$headers" -list "$T/list" "$headers/$file" >/dev/null 2>&1
		[ -s "$T/list" ] || continue
		name=$(basename "$file" .defs)
		mkdir "$T/interop-$name"
		(typed_interop "$headers/$file" /dev/null "$T/interop-$name") >"$T/log" 2>&1
		report $? "$file: the same bytes and arguments" "$T/log"
		grep '^# of another' "$T/log"
		totals=($(typed_totals "$T/log"))
		routines=$((routines + ${totals[0]:-0}))
		calls=$((calls + ${totals[1]:-0}))
		damaged=$((damaged + ${totals[2]:-0}))
	done
	mkdir "$T/interop-every"
	(typed_interop "$typed/every.defs" "$typed/every.h" "$T/interop-every") >"$T/log" 2>&1
	report $? "every kind of argument: the same bytes and arguments" "$T/log"
	echo "# with Debian's tool: $routines routines, $calls calls, $damaged damaged requests"
	[ $routines -gt 100 ]
	report $? "more than a hundred routines were compared"
}

part_typed() {
	local format
	for format in typed-x86_64 typed-i386; do
		(typed_every $format) >"$T/log" 2>&1
		report $? "$format: every kind of argument" "$T/log"
		sed -n '/^# routines/p' "$T/log"
	done
	typed_sizes typed-x86_64 "empty 32 48" "one 48 48" "sizes 96 80" \
	    "text 120 104" >"$T/log" 2>&1
	report $? "typed-x86_64: sizes of messages" "$T/log"
	typed_sizes typed-i386 "empty 24 32" "one 32 32" "sizes 60 52" >"$T/log" 2>&1
	report $? "typed-i386: sizes of messages" "$T/log"
	typed_debian
}
