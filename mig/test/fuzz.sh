# SPDX-License-Identifier: BSD-2-Clause
# Mutated .defs under the sanitizers (fuzz_front.c), and how long mig takes.
# Sourced by run.sh. FUZZ_RUNS and FUZZ_SEED may be set, FUZZ_KEEP is a folder
# for inputs that fail (default /tmp).

# What mutated files are made from: every interface of the tree as mig sees it,
# most with line markers, and as the kernel's sides see it.
fuzz_corpus() {
	local file define n=0
	mkdir -p "$T/corpus"
	for file in mig/test/good/*.defs mig/test/golden/*.defs \
	    mig/test/bad/*.defs include/mach/defs/*.defs \
	    include/device/*.defs include/servers/*.defs; do
		for define in -DPLAIN -DKERNEL_SERVER=1 -DKERNEL_USER=1; do
			[ $define = -DPLAIN ] || grep -q KERNEL_ "$file" ||
				continue
			n=$((n + 1))
			cc -E -x c -undef -nostdinc $paths $define "$file" \
			    >"$T/corpus/$n-$(basename "$file")" 2>/dev/null
		done
	done
}

part_fuzz() {
	local runs=${FUZZ_RUNS:-3000} seed=${FUZZ_SEED:-1} object
	fuzz_corpus
	mkdir -p "$T/fuzz_obj"
	for object in "$root"/obj/*.o; do
		objcopy --redefine-sym main=mig_main \
		    --rename-section .data=mig_data \
		    --rename-section .data.rel=mig_data \
		    --rename-section .data.rel.local=mig_data \
		    --rename-section .bss=mig_bss \
		    "$object" "$T/fuzz_obj/${object##*/}"
	done
	gcc $warnings -D_GNU_SOURCE $sanitize mig/test/fuzz_front.c \
	    mig/test/fuzz_mutate.c "$T"/fuzz_obj/*.o -Wl,--wrap=cpp_run \
	    -Wl,--wrap=output_commit -Wl,--wrap=calloc \
	    -o "$T/fuzz_front" >"$T/log" 2>&1
	report $? "fuzz_front builds" "$T/log"
	"$T/fuzz_front" -n "$runs" -s "$seed" -j 2 -o "${FUZZ_KEEP:-/tmp}" \
	    -a -q -a "-prefix p_ -uprefix u_ -sprefix s_" -a -Werror \
	    -a "-i e" -a "--rust r.rs" -a "--rust r.rs --rust-use a::m" \
	    -a "--abi untyped-ilp32" -a "--abi typed-i386" \
	    -a "--abi typed-x86_64" -a "--abi typed-x86_64-2022" \
	    "$T"/corpus/* >"$T/fuzz.log" 2>&1
	report $? "fuzz: $runs mutated files: $(tail -n 1 "$T/fuzz.log")" \
	    "$T/fuzz.log"
	! "$T/fuzz_front" -n 40 -s "$seed" -x -o "$T" "$T"/corpus/* \
	    >"$T/log" 2>&1 && grep -q 'sanitizer' "$T/log" &&
		grep -q 'too long' "$T/log" && grep -q 'not said' "$T/log"
	report $? "fuzz: failures would be noticed" "$T/log"
}

# A thousand routines of every kind of argument through every output. The
# limit is far above what it takes, far below what is quadratic.
part_speed() {
	local took
	gcc -D_GNU_SOURCE -O1 mig/*.c -o "$T/mig-plain" >"$T/log" 2>&1
	awk 'BEGIN {
		print "subsystem large 1000;"
		for (i = 0; i < 500; i++) {
			printf "type words%d_t = array[*:%d] of int;\n", i, i + 1
			printf "type bytes%d_t = ^array[] of char;\n", i
		}
		for (i = 0; i < 1000; i++)
			printf "routine r%d(p : mach_port_t; a : words%d_t;" \
			    " b : bytes%d_t, dealloc; c : mach_port_move_send_t;" \
			    " in d : int; out e : words%d_t; out f : uint64_t;" \
			    " out g : bytes%d_t; inout h : natural_t);\n",
			    i, i % 500, i % 500, i % 500, i % 500
	}' >"$T/large.defs"
	took=$(TIMEFORMAT='%U %S'; { time "$T/mig-plain" -q -header "$T/l.h" \
	    -sheader "$T/ls.h" -user "$T/l.c" -server "$T/ls.c" -list "$T/ll" \
	    --json "$T/lj" --doc "$T/ld" --rust "$T/lr" -MF "$T/lm" \
	    "$T/large.defs" >>"$T/log" 2>&1; } 2>&1)
	[ "$(wc -l <"$T/ll")" = 1000 ]
	report $? "1000 routines are accepted" "$T/log"
	took=$(echo "$took" | awk '{ print int(1000 * ($1 + $2)) }')
	[ "$took" -lt 2000 ]
	report $? "in $took ms of the processor, less than 2 s"
}
