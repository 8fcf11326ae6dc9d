# SPDX-License-Identifier: BSD-2-Clause
# A session with dash: expansion, control, functions, pipes, redirection,
# traps, jobs. Prints TAP.
count=0
is()
{
	count=$((count + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $count - $1"
	else
		echo "not ok $count - $1"
		echo "# got '$2', want '$3'"
	fi
}
is arithmetic "$((7 * 6 % 40 + (1 << 3)))" 10
is "command substitution" "$(echo one; echo two)" "one
two"
x=a.b.c
is "suffix removed" "${x%.*} ${x%%.*}" "a.b a"
is "prefix removed" "${x#*.} ${x##*.}" "b.c c"
is "default value" "${none:-default}" default
is length "${#x}" 5
set -- "a b" c
is positional "$#:$1:$2" "2:a b:c"
is "for" "$(for i in 1 2 3; do printf %s $i; done)" 123
is "while and read" "$(printf 'a\nb\n' | while read -r l; do printf "[%s]" "$l"; done)" "[a][b]"
is case "$(case hello in h?llo) echo yes;; *) echo no;; esac)" yes
f()
{
	local y=in
	echo "$y $1"
	return 3
}
is function "$(f arg)" "in arg"
f x >/dev/null
is status $? 3
is pipe "$(echo abc | tr a-c x-z | cat)" xyz
is "here-document" "$(cat <<END
x is $x
END
)" "x is a.b.c"
(exit 7)
is subshell $? 7
echo first >/tmp/dash.t
echo second >>/tmp/dash.t
is redirection "$(cat /tmp/dash.t)" "first
second"
is "standard error" "$(ls /no/such/file 2>&1 >/dev/null | wc -l | tr -d ' ')" 1
is "a descriptor by name" "$(cat /dev/fd/3 3</tmp/dash.t)" "first
second"
is "standard input by name" "$(echo in | cat /dev/stdin)" in
is "redirected from it" "$(echo in | cat </proc/self/fd/0)" in
is "standard error by name" "$(echo err | tee /dev/stderr 2>&1 >/dev/null)" err
is "a script in one" "$(echo 'echo $0' | dash /dev/fd/0)" /dev/fd/0
is "this shell's own" "$(readlink /proc/$$/exe)" "$(command -v dash)"
rm /tmp/dash.t
is glob "$(cd /tests/dash && echo s*.sh)" script.sh
is trap "$(trap 'echo bye' EXIT)" bye
sleep 5 &
kill $!
wait $!
is "a killed job" $? 143
(exit 4) &
wait $!
is "a job's status" $? 4
is "set -e" "$(set -e; false; echo no)" ""
is eval "$(eval 'v=1; echo $v')" 1
is "printf" "$(printf '%03d|%-4s|%x' 7 ab 255)" "007|ab  |ff"
echo "1..$count"
