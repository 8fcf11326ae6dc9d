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
		echo "not ok $count - $1"
		echo "got $2, want $3" | while read -r line; do
			echo "# $line"
		done
	fi
}
planned()
{
	echo "1..$count"
}
