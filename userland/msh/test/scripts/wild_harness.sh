# What test harnesses do: run things in folders of their own, compare what
# they print, count, clean up however they are left.
fail=0 pass=0 skipped=
Exit () { set +e; (exit $1); exit $1; }
warn_ () { printf '%s: %s\n' "harness" "$*" >&9; }
skip_ () { warn_ "skipped: $@"; skipped="$skipped $1"; return 77; }
compare_ () {
  if test "x$1" = "x$2"; then pass=`expr $pass + 1`; else
    fail=$(($fail + 1)); printf 'want %s\ngot %s\n' "$2" "$1"; fi
}
returns_ () { # N COMMAND...
  local_=$1; shift
  "$@" >/dev/null 2>&1
  test $? -eq $local_
}
exec 9>&1
tmp=`mktemp -d` || Exit 1
pwd_=$PWD
remove_tmp_ () { __st=$?; cd "$pwd_"; rm -rf "$tmp"; echo "cleaned $__st"; exit $__st; }
trap remove_tmp_ 0
for sig_ in 1 2 3 13 15; do
  eval "trap 'Exit $(expr $sig_ + 128)' $sig_"
done
cd "$tmp" || Exit 99
printf 'a\nb\n\nc' >in
compare_ "`cat in`" 'a
b

c'
returns_ 1 grep -q x in && compare_ ok ok
returns_ 1 cat in || compare_ ok ok
returns_ 127 no_such_command_at_all && compare_ 127 127
skip_ "needs perl" x; compare_ $? 77
mkdir d && (cd d && echo inside >file) && compare_ "$(cat d/file)" inside
compare_ "$(cd d; pwd)" "$tmp/d"
for opt in -n -e --; do
  compare_ "$(printf '%s' "$opt")" "$opt"
done
while :; do
  case $fail in
  0) break ;;
  *) echo "failed $fail"; break 2 ;;
  esac
done
n=0
until test $n -ge 3; do
  n=`expr $n + 1`
  test $n = 2 && continue
  echo "round $n"
done
sed 's/^/| /' <<EOF | tail -n 2
one
two $n
three \$n \\ "q" 'r'
EOF
cat >expected <<-'EOT' || exit 99
	tab $x
	  two
	EOT
cat expected
{ echo out; echo err >&2; } 2>errors | (read -r x; echo "got $x")
cat errors
output=$( { echo a; echo b >&2; exit 4; } 2>&1 ); echo "$? $output"
(trap 'echo "in the subshell"' 0; exit 5); echo "then $?"
(sh -c 'exit 6'; echo $?) | cat
sh -c 'kill -15 $$' 2>/dev/null; echo "ended by $?"
if (exit 3); then echo no; elif (exit 0); then echo "elif $?"; fi
! false | true; echo "negated $?"
false || true && echo "left to right"
for x in; do echo never; done; echo "empty loop $?"
set -- one 'two words' ''; echo $# "$2" "[$3]"; shift 2; echo $#
echo "pass $pass fail $fail$skipped"
Exit 3
