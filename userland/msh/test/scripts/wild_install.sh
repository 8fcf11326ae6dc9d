# What installers and wrappers do: options, lists of names, paths taken apart,
# versions compared.
usage () { echo "usage: ${0##*/} [-nv] [-d dir] [-m mode] file..." | sed 's/usage: [^ ]*/usage: x/'; }
run_main () {
  OPTIND=1 dry= verbose=0 dir=/usr mode=755
  while getopts :nvd:m: opt; do
    case $opt in
    n) dry=yes ;;
    v) verbose=$((verbose + 1)) ;;
    d) dir=$OPTARG ;;
    m) mode=$OPTARG ;;
    :) echo "-$OPTARG needs a word"; return 2 ;;
    \?) echo "unknown -$OPTARG"; usage; return 2 ;;
    esac
  done
  shift $((OPTIND - 1))
  echo "dry=${dry:-no} verbose=$verbose dir=$dir mode=$mode files=$#"
  for file in "$@"; do
    base=${file##*/} stem=${file%.*}
    case $base in
    *.tar.*) kind=archive; stem=${file%.tar.*} ;;
    [Mm]akefile | GNU[Mm]akefile) kind=makefile ;;
    *.[1-9]) kind=manual; section=${base##*.} ;;
    *[!A-Za-z0-9._-]*) kind=odd ;;
    ?*.?*) kind=file ;;
    *) kind=plain ;;
    esac
    echo "$kind ${file%"$base"}|$base|${stem##*/}${section:+ in $section}"
    unset section
  done
}
run_main -nv -vd /opt -m644 a/b.c 'x y' Makefile pkg-1.0.tar.gz doc/ls.1 plain
run_main -v -- -n; run_main -d; echo $?; run_main -x; echo $?
version_lt () {
  v1=$1 v2=$2
  while [ -n "$v1$v2" ]; do
    a=${v1%%.*} b=${v2%%.*}
    [ "${a:-0}" -lt "${b:-0}" ] && return 0
    [ "${a:-0}" -gt "${b:-0}" ] && return 1
    case $v1 in *.*) v1=${v1#*.} ;; *) v1= ;; esac
    case $v2 in *.*) v2=${v2#*.} ;; *) v2= ;; esac
  done
  return 1
}
for pair in "1.2 1.10" "2.0 1.9" "1.0 1.0" "1 1.0.1" "10.1.2 10.1"; do
  set -- $pair
  if version_lt $1 $2; then echo "$1 < $2"; else echo "$1 >= $2"; fi
done
normal () { # a path without . and ..
  result=
  saved=$IFS; IFS=/
  set -f; set -- $1; set +f
  IFS=$saved
  for part; do
    case $part in
    '' | .) ;;
    ..) result=${result%/*} ;;
    *) result=$result/$part ;;
    esac
  done
  echo "${result:-/}"
}
normal /a/./b/../c//d; normal /..; normal '/*/x'
path=/bin:/usr/bin::/opt/x
rest=$path:
while [ -n "$rest" ]; do
  first=${rest%%:*} rest=${rest#*:}
  echo "<${first:-.}>"
done
join () { IFS=$1; shift; echo "$*"; unset IFS; }
join , a b c; join / '' usr 'my files'; join '' x y
quote () { printf "'%s'\n" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"; }
quote "it's"; eval "set -- $(quote "a  b'c")"; echo "$1"
repeat () { i=$1; shift; while [ $((i -= 1)) -ge 0 ]; do "$@"; done; }
repeat 3 printf '%s-' ab; echo
: "${EDITOR:=vi}" "${PAGER=}"; echo "$EDITOR [${PAGER:-none}] ${PAGER+set}"
umask 022; umask; (umask u=rwx,g=,o=; umask)
printf '%-8s|%5d|%05.1f|%x|%c|%%\n' name 42 3.14159 255 word
printf '%s\n' "${path%%:*}" "${path##*:}" "${#path}"
printf '%b' 'tab\tnew\n\0101\n'; printf '%s %s\n' 1 2 3
set -- *.none; [ -e "$1" ] || echo "no match"
alias_like="echo from a variable"; $alias_like
command -v cd; command echo builtin; type . >/dev/null && echo special
x=1; x=2 true; echo $x; x=3 : ; echo $((x + 0)) >/dev/null
f () { x=inside; return; }; f; echo "$x $?"
readonly CONST=7; (CONST=8) 2>/dev/null || echo "constant"
