# SPDX-License-Identifier: BSD-2-Clause
# Every server of the tree, generated and fuzzed with requests, and every user
# with replies; see demux_fuzz.h. Sourced by run.sh. DEMUX_RUNS (of each interface) and FUZZ_SEED
# may be set.

# How to compile for one side, by the options of the .defs.
demux_flags() {
	echo $warnings $sanitize $paths -Iinclude/arch/x86_64 -Imig/test
	[[ "$*" != *KERNEL_SERVER* ]] || echo -ffreestanding -nostdinc \
	    -isystem "$(gcc -print-file-name=include)" -Ikernel -Ikernel/lib \
	    -Ikernel/arch/include -Ikernel/arch/x86_64 \
	    -Ikernel/arch/x86_64/include
}

# One interface, as users or the kernel serve it.
demux_one() { # stem, .defs, options
	local stem=$1 defs=$2 file
	shift 2
	"$MIG" $paths "$@" -n -server "$stem.c" -sheader "$stem.h" \
	    --json "$stem.json" "$defs" &&
		perl mig/test/demux_gen.pl "$stem.json" "$stem.h" \
		    >"${stem}_impl.c" || return
	for file in "$stem" "${stem}_impl"; do
		gcc $(demux_flags "$@") -c "$file.c" -o "$file.o" || return
	done
	gcc $sanitize "$stem.o" "${stem}_impl.o" "$T"/demux/driver/*.o \
	    -o "$stem.test" &&
		"$stem.test" "${DEMUX_RUNS:-3000}" "${FUZZ_SEED:-1}"
}

# The callers of one interface.
demux_user() { # stem, .defs
	local stem=$1 file
	"$MIG" $paths -n -user "$stem.c" -header "$stem.h" \
	    --json "$stem.json" "$2" &&
		perl mig/test/demux_gen.pl "$stem.json" "$stem.h" user \
		    >"${stem}_calls.c" || return
	for file in "$stem" "${stem}_calls"; do
		gcc $(demux_flags) -c "$file.c" -o "$file.o" || return
	done
	gcc $sanitize "$stem.o" "${stem}_calls.o" "$T/demux/user.o" \
	    $(ls "$T"/demux/driver/*.o | grep -v /fuzz.o) -o "$stem.test" &&
		"$stem.test" "${DEMUX_RUNS:-3000}" "${FUZZ_SEED:-1}"
}

# A stub that lacks something is found out.
demux_sabotage() { # side, what it lacks, sed's command
	local stem=$T/demux/fuzz_types bad=$T/demux/sabotage others
	others="${stem}_impl.o $(ls "$T"/demux/driver/*.o)"
	if [ "$1" = user ]; then
		stem=${stem}_user
		others="${stem}_calls.o $T/demux/user.o
			$(ls "$T"/demux/driver/*.o | grep -v /fuzz.o)"
	fi
	sed "$3" "$stem.c" >"$bad.c"
	! cmp -s "$stem.c" "$bad.c" &&
		gcc $(demux_flags) -w -c "$bad.c" -o "$bad.o" &&
		gcc $sanitize "$bad.o" $others -o "$bad.test" 2>"$T/log" &&
		! "$bad.test" 3000 >"$T/log" 2>&1
	report $? "demux: a $1 without $2 is found out" "$T/log"
}

# And so is what tables are served by.
demux_sabotage_tables() { # interface, what is missing, sed's command
	local stem=$T/demux/fuzz_$1 bad=$T/demux/sabotage
	sed "$3" kernel/ipc/mig_compact.c >"$bad.c"
	! cmp -s kernel/ipc/mig_compact.c "$bad.c" &&
		gcc $(demux_flags) -w -c "$bad.c" -o "$bad.o" &&
		gcc $sanitize "$bad.o" "$stem.o" "${stem}_impl.o" $(ls \
		    "$T"/demux/driver/*.o | grep -v /compact.o) -o "$bad.test" &&
		! "$bad.test" 3000 >"$T/log" 2>&1
	report $? "demux: tables of $1 without $2 are found out" "$T/log"
}

# All of them, two at a time; their logs.
demux_all() {
	local file stem n=0
	for file in mig/test/good/*.defs include/mach/defs/*.defs \
	    include/device/*.defs include/servers/*.defs \
	    servers/*/*.defs; do
		grep -q '^subsystem' "$file" || continue
		stem=$T/demux/fuzz_$(basename "$file" .defs)
		echo "demux_one $stem $file"
		[[ $file = include/servers/* ]] ||
			echo "demux_one ${stem}_compact $file --compact"
		if grep -q KERNEL_SERVER "$file"; then
			echo "demux_one ${stem}_kernel $file -DKERNEL_SERVER=1"
			echo "demux_one ${stem}_kernel_compact $file -DKERNEL_SERVER=1 --compact"
		fi
		# Values and arrays of memories of the user: untyped_test.c.
		[ "$file" = mig/test/good/memories.defs ] ||
			echo "demux_user ${stem}_user $file"
	done >"$T/demux/list"
	export MIG T paths warnings sanitize
	export -f demux_one demux_user demux_flags
	xargs -P 2 -L 1 bash -c '"$@" >"$2.log" 2>&1 ||
		echo failed >"$2.bad"' - <"$T/demux/list"
}

part_demux() {
	local what stem rest name
	mkdir -p "$T/demux/driver"
	for name in fuzz message decode ledger server reply \
	    memories; do
		gcc $warnings $sanitize $paths -Iinclude/arch/x86_64 \
		    -Imig/test -c "mig/test/demux_$name.c" \
		    -o "$T/demux/driver/$name.o" || echo "error: $name"
	done >"$T/log" 2>&1
	gcc $(demux_flags) -c mig/test/demux_user.c -o "$T/demux/user.o" \
	    >>"$T/log" 2>&1
	gcc $(demux_flags) -c kernel/ipc/mig_compact.c \
	    -o "$T/demux/driver/compact.o" >>"$T/log" 2>&1
	[ ! -s "$T/log" ]
	report $? "demux_fuzz builds" "$T/log"
	demux_all
	while read -r what stem rest; do
		[ ! -e "$stem.bad" ] && [ -s "$stem.log" ]
		report $? "demux: ${stem##*/fuzz_}: $(tail -n 1 \
		    "$stem.log")" "$stem.log"
	done <"$T/demux/list"
	for stem in "$T"/demux/fuzz_*_compact.c; do
		stem=${stem%_compact.c}
		[ -s "$stem.log" ] && diff <(tail -n 1 "$stem.log") \
		    <(tail -n 1 "${stem}_compact.log") >"$T/log"
		report $? "demux: ${stem##*/fuzz_}: both forms answer alike" "$T/log"
	done
	demux_sabotage server "bounds" 's/Cnt > 20)/Cnt > 21)/'
	demux_sabotage server "exact sizes" 's/msgh_size != mig_need/msgh_size == 1/'
	demux_sabotage server "release of memory" '/mig_deallocate(/,/;/d; /b\.size != 0/d'
	demux_sabotage server "dispositions" 's/disposition != [A-Z_]*/disposition == 99/'
	demux_sabotage user "bounds" 's/Cnt > 20)/Cnt > 24)/'
	demux_sabotage user "destruction" 's/return mig_refuse(.*, /return (/'
	demux_sabotage_tables types_compact "exact sizes" 's/msgh_size != need/msgh_size == 1/'
	demux_sabotage_tables task_kernel_compact "dispositions" 's/how != 0 &&/how == 99 \&\&/'
	demux_sabotage_tables task_kernel_compact "bounds" 's/count > item->bound/count == 99/'
	demux_sabotage_tables task_kernel_compact "moves" '/__builtin_memmove/d'
	demux_sabotage_tables task_kernel_compact "objects' release" 's/function(values.*;/;/'
	demux_sabotage_tables task_kernel_compact "rights' release" 's/code == MIG_NO_REPLY/code == 99/'
	demux_sabotage_tables thread_act_kernel_compact "room" 's/< bound/> bound/'
}
