# SPDX-License-Identifier: BSD-2-Clause
# Reads not-run ("name state") and suite.tsv; prints how many tests of each
# group came out how, and a line for each that neither passed nor was left out.
BEGIN {
	split("AIO MEM MSG SEM SIG THR TMR SCHED other all", groups)
	split("PASS FAIL UNRESOLVED UNSUPPORTED UNTESTED CRASH HUNG LOST " \
	    "HEADER BUILD", columns)
}
function group_of(name) {
	if (name ~ /^(aio|lio)_/) return "AIO"
	if (name ~ /^(ml|mm|mu|shm_)/) return "MEM"
	if (name ~ /^mq_/) return "MSG"
	if (name ~ /^sem_/) return "SEM"
	if (name ~ /^sched_|^pthread_(attr_[gs]etsched|attr_[gs]etinherit|[gs]etsched)/)
		return "SCHED"
	if (name ~ /^(kill|killpg|raise|sig|pthread_kill|pthread_sigmask)/)
		return "SIG"
	if (name ~ /^pthread_/) return "THR"
	if (name ~ /^(clock|timer|nano|time|asc|ctime|diff|gm|local|mkt|strft)/)
		return "TMR"
	return "other"
}
function count(name, what) {
	sub(/-.*/, "", what)
	if (what == "EXIT") what = "CRASH"
	if (what == "COMPILE" || what == "LINK") what = "BUILD"
	seen[group_of(name), what]++
	seen["all", what]++
}
FNR == NR {
	count($1, $2)
	if ($2 != "HEADER") bad[++bads] = $0
	next
}
{
	split($0, field, "\t")
	count(field[1], field[2])
	if (field[2] !~ /^(PASS|UNSUPPORTED|UNTESTED)$/)
		bad[++bads] = $0
}
END {
	printf "%-8s", arch
	for (c = 1; c in columns; c++) printf "%12s", columns[c]
	print ""
	for (g = 1; g in groups; g++) {
		printf "%-8s", groups[g]
		for (c = 1; c in columns; c++)
			printf "%12d", seen[groups[g], columns[c]]
		print ""
	}
	print ""
	for (b = 1; b <= bads; b++) print bad[b]
}
