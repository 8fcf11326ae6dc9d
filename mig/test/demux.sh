# SPDX-License-Identifier: BSD-2-Clause
# Every server of the tree, generated and fuzzed with messages; see
# demux_fuzz.h. Sourced by run.sh. DEMUX_RUNS (of each interface) and FUZZ_SEED
# may be set.

# How to compile for one side, by the options of the .defs.
demux_flags() {
	echo $warnings $sanitize $paths -Iinclude/arch/x86_64 -Imig/test
	[ -z "$*" ] || echo -ffreestanding -nostdinc \
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

# A server that lacks something is found out.
demux_sabotage() { # what it lacks, sed's command
	local stem=$T/demux/fuzz_types bad=$T/demux/sabotage
	sed "$2" "$stem.c" >"$bad.c"
	! cmp -s "$stem.c" "$bad.c" &&
		gcc $(demux_flags) -w -c "$bad.c" -o "$bad.o" &&
		gcc $sanitize "$bad.o" "${stem}_impl.o" \
		    "$T"/demux/driver/*.o -o "$bad.test" 2>"$T/log" &&
		! "$bad.test" 3000 >"$T/log" 2>&1
	report $? "demux: a server without $1 is found out" "$T/log"
}

# All of them, two at a time; their logs.
demux_all() {
	local file stem n=0
	for file in mig/test/good/*.defs include/mach/defs/*.defs \
	    include/device/*.defs include/servers/*.defs \
	    servers/*/*.defs; do
		grep -q '^subsystem' "$file" || continue
		stem=$T/demux/fuzz_$(basename "$file" .defs)
		echo "$stem $file"
		! grep -q KERNEL_SERVER "$file" ||
			echo "${stem}_kernel $file -DKERNEL_SERVER=1"
	done >"$T/demux/list"
	export MIG T paths warnings sanitize
	export -f demux_one demux_flags
	xargs -P 2 -L 1 bash -c 'demux_one "$@" >"$1.log" 2>&1 ||
		echo failed >"$1.bad"' - <"$T/demux/list"
}

part_demux() {
	local stem rest fine name
	mkdir -p "$T/demux/driver"
	for name in fuzz message decode ledger server reply \
	    memories; do
		gcc $warnings $sanitize $paths -Iinclude/arch/x86_64 \
		    -Imig/test -c "mig/test/demux_$name.c" \
		    -o "$T/demux/driver/$name.o" || echo "error: $name"
	done >"$T/log" 2>&1
	[ ! -s "$T/log" ]
	report $? "demux_fuzz builds" "$T/log"
	demux_all
	while read -r stem rest; do
		[ ! -e "$stem.bad" ] && [ -s "$stem.log" ]
		report $? "demux: ${stem##*/fuzz_}: $(tail -n 1 \
		    "$stem.log")" "$stem.log"
	done <"$T/demux/list"
	demux_sabotage "bounds" 's/Cnt > 20)/Cnt > 21)/'
	demux_sabotage "exact sizes" 's/msgh_size != mig_need/msgh_size == 1/'
	demux_sabotage "release of memory" '/mig_deallocate(/d; /b\.size != 0/d'
	demux_sabotage "dispositions" 's/disposition != [A-Z_]*/disposition == 99/'
}
