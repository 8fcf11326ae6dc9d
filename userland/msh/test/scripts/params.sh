unset u; e=; s=set
echo "${u-a}${e-b}${s-c}" "${u:-a}${e:-b}${s:-c}"
echo "${u+a}${e+b}${s+c}" "${u:+a}${e:+b}${s:+c}"
echo "${v=a}$v" "${e:=b}$e"
(echo ${u?gone}) 2>/dev/null; echo $?
(echo ${u:?}) 2>/dev/null; echo $?
p=/a/b/c.d.e
echo ${p#*/} ${p##*/} ${p%.*} ${p%%.*} ${p%/*} ${p#/a} ${p%e} ${p#x} ${p%x}
echo ${#p} ${#u} ${#} ${#s} ${#-} $#
x='*'; echo "${p#"$x"}" "${p##$x/}" "${p##"*/"}"
q='a*b'; echo "${q#a\*}" "${q#'a*'}" "${q%"*b"}"
echo ${p%%/*}. ${p#} ${p%}
set -- a 'b c' d
echo $# "$*" "$@" $1 "$2" ${3} ${4-none}
for i in "$@"; do echo "[$i]"; done
for i in $@; do echo "[$i]"; done
for i in "$*"; do echo "[$i]"; done
for i; do echo "[$i]"; done
IFS=:; echo "$*" $*; for i in x"$@"y; do echo "[$i]"; done
IFS=; echo "$*"; unset IFS; echo "$*"
set --; for i in "$@"; do echo never; done; echo "$#" "[$*]" "[$@]"
printf '<%s>' "$@" x"$@" ""; echo
set -- 1 2 3 4 5 6 7 8 9 10 11; echo ${10} ${11} $10 ${#11}
shift 3; echo $1 $#
echo ${u:-${s:-x}} ${u:-$(echo sub)} ${s:+${u-deep}}
a=1 b=$a; echo $b
set -u; (echo $undefined) 2>/dev/null; echo $?
(echo ${undefined-ok} $#) ; set +u
echo "${s}${s}" "$s$s" $s-$s ${s}x
n=; echo ${n:-"$@"} | wc -w | tr -d ' '
echo "${u-"$s"}" ${u-"$s" x}
t='a b'; set -- ${u-$t "$t"}; echo $#
readonly ro=1; (ro=2; echo no) 2>/dev/null; echo $?
unset -v s; echo "${s-unset}"
LONG=abcdefghijklmnopqrstuvwxyz; echo ${LONG%%[m-p]*} ${LONG#*[!a-m]} ${LONG##*[xyz]}.
