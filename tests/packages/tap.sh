# SPDX-License-Identifier: BSD-2-Clause
# TAP for a package's test: `. /tests/tap.sh`, is "what" "got" "want" as often
# as needed, and `planned` at the end.
count=0
is()
{
	count=$((count + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $count - $1"
	else
		echo "got $2, want $3" | while read -r line; do
			echo "# $line"
		done
		echo "not ok $count - $1"
	fi
}
# ended "what" STATUS: a test that says by its status how it went; 77 is one
# that cannot be done here. What it printed, in a file "log", is shown then.
ended()
{
	count=$((count + 1))
	case $2 in
	0) echo "ok $count - $1" ;;
	77) echo "ok $count - $1 # SKIP" ;;
	*)
		tail -n 20 log | tr -cd '[:print:]\n' | sed 's/^/# /'
		echo "not ok $count - $1"
		;;
	esac
}
planned()
{
	echo "1..$count"
}
