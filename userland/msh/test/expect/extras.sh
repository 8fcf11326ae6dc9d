IFS=,; set -- 1 2 3; v=$@; echo "$v"; unset IFS
x=1; echo $((x++)) $x $((++x)) $x $((x--)) $((--x)) $((-x--)) $x
a=b+1; b=4; echo $((a * 2))
while getopts a o -a; do echo "$o ${OPTARG-none}"; done
echo 12> /dev/null
type f true cd : if nosuch 2>/dev/null
f() { for i in "$@"; do echo "a $i" | cat; done; }
type f
trap 'echo "x y"' USR1; trap; trap - USR1
alias q="it's"; alias q
set -o | grep noglob; set -f; set -o | grep noglob; set +f
x="it's"; set | grep '^x='; export -p | grep -c '^export PATH='
umask 22; umask g-w,o=r; umask
echo "echo script \$1" > /tmp/msh_script.$$; chmod +x /tmp/msh_script.$$; /tmp/msh_script.$$ arg
printf '#!/bin/echo -n\n' > /tmp/msh_script.$$; /tmp/msh_script.$$ arg >/dev/null; echo $?
rm /tmp/msh_script.$$
help nosuch 2>/dev/null; echo $?
help cd
cat <<X
$(for i in 1 2; do echo "$i"; done)
X
case ']' in []]) echo bracket;; esac
case '-' in [a-]) echo dash;; esac
printf '%b|%-5s|%5b|\n' 'a\0101' x y
printf '%d\n' 12abc 2>/dev/null; echo $?
echo ${#@} ${x%"'"*} "${x#*\'}"
f() { f; }; f 2>/dev/null
echo never, the depth of calls is bounded
