# SPDX-License-Identifier: BSD-2-Clause
# A bounded loop of mutated .defs under the sanitizers: mig must end by itself
# with 0 or 1, and every 1 must come with a place or a reason. Sourced by
# run.sh. FUZZ_RUNS and FUZZ_SEED may be set; the input of a failure is kept.

# Change tokens of a file: drop, double, swap, replace.
mutate() { # seed, file
	awk -v seed="$1" '
	BEGIN {
		srand(seed)
		n = split("; ( ) [ ] : , ^ | * of array struct c_string type" \
		    " routine simpleroutine inout out 0 1 4294967296 65536" \
		    " polymorphic int mach_port_t skip import subsystem = #" \
		    " dealloc countinout \" intran: < > -", words, " ")
	}
	{
		gsub(/[][();:,^|*=]/, " & ")
		count = split($0, t, " ")
		line = ""
		for (i = 1; i <= count; i++) {
			r = rand()
			if (r < 0.01) continue
			if (r < 0.02) line = line " " t[i]
			if (r < 0.04) t[i] = words[1 + int(rand() * n)]
			if (r < 0.05 && i < count) {
				x = t[i]; t[i] = t[i + 1]; t[i + 1] = x
			}
			line = line " " t[i]
		}
		print line
	}' "$2"
}

part_fuzz() {
	local runs=${FUZZ_RUNS:-150} seed=${FUZZ_SEED:-1} i status
	local files=(mig/test/good/types.defs mig/test/golden/small.defs)
	local died=0 silent=0
	for i in "${files[@]}"; do
		cc -E -x c -undef -nostdinc -P $paths "$i" \
		    >"$T/$(basename "$i").fuzz"
	done
	for ((i = 0; i < runs; i++)); do
		mutate $((seed + i)) \
		    "$T/$(basename "${files[i % 2]}").fuzz" >"$T/fuzz.defs"
		timeout 20 "$MIG" -n -user "$T/fuzz.c" -server "$T/fuzz_s.c" \
		    -sheader "$T/fuzz.h" "$T/fuzz.defs" >"$T/fuzz.log" 2>&1
		status=$?
		if [ $status -gt 1 ] || grep -q Sanitizer "$T/fuzz.log"; then
			died=$((died + 1))
			cp "$T/fuzz.defs" "/tmp/mig-fuzz-$((seed + i)).defs"
			cp "$T/fuzz.log" "$T/died.log"
		elif [ $status -eq 1 ] && ! grep -q 'error: ' "$T/fuzz.log"
		then
			silent=$((silent + 1))
			cp "$T/fuzz.log" "$T/died.log"
		fi
	done
	[ $died -eq 0 ]
	report $? "fuzz: $runs mutated files, $died died" "$T/died.log"
	[ $silent -eq 0 ]
	report $? "fuzz: every refusal has a reason" "$T/died.log"
}
