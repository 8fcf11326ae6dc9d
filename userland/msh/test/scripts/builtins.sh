: a b; echo $?
eval echo a '$((1+1))' '"b  c"'; eval; echo $?; eval false; echo $?
x=1; export x; sh -c 'echo $x'; y=2 sh -c 'echo $y'; echo ${y-unset}
export z=3 w; sh -c 'echo $z'
set -- a b c; echo $#; set -- -x; echo $1; set a b; echo $*
set -e; set +e; case $- in *e*) echo e;; *) echo noe;; esac
shift; echo $*; shift 0; echo $*
unset x; echo ${x-unset}; f() { echo f; }; unset -f f; f 2>/dev/null; echo $?
command echo cmd; command -v echo; command -v nosuch; echo $?
command -v if; command -v cat >/dev/null && echo found
type echo >/dev/null; echo $?
test a = a; echo $?; [ a = b ]; echo $?; [ -z "" ]; echo $?; [ -n "" ]; echo $?
[ 1 -lt 2 -a 2 -lt 3 ]; echo $?; [ ! a = b ]; echo $?; [ \( a = a \) ]; echo $?
[ -d / ] && [ -f /etc/passwd ] && [ ! -e /nosuch ] && echo files
[ ]; echo $?; [ a ]; echo $?; [ -f ]; echo $?; [ ! ]; echo $?; [ -n ]; echo $?
[ "" = "" ]; echo $?; [ ! "" ]; echo $?; [ "(" = ")" ]; echo $?; [ -a = -a ]; echo $?
read a b <<E
one two three
E
echo "[$a][$b]"
read -r a <<'E'
back\slash
E
echo "$a"
read a <<'E'
back\slash cont\
inued
E
echo "$a"
IFS=: read a b c <<E
1:2:3:4
E
echo "$a $b $c"
echo '  lead trail  ' | { read x; echo "[$x]"; }
echo '  lead trail  ' | { IFS= read x; echo "[$x]"; }
printf 'noeol' | { read x; echo "$? [$x]"; }
echo "a b" | { read x y z; echo "[$x][$y][$z]"; }
cd /tmp; pwd; cd /; echo $OLDPWD; cd - ; cd /usr/bin/..; pwd; echo $PWD
(cd /nosuch) 2>/dev/null; echo $?
umask 022; umask; umask -S; umask u=rwx,g=,o=; umask; umask 022
while getopts ab:c o -a -b val -c rest; do echo "$o $OPTARG $OPTIND"; done; echo $OPTIND
OPTIND=1; while getopts :ab: o -abval -x -b; do echo "$o $OPTARG"; done
OPTIND=1; set -- -a foo; getopts a o; echo $o $OPTIND; getopts a o; echo $? $o
alias ll='echo aliased'
eval 'll x'
unalias ll
printf '%d %s %x %o %c|%5d|%-5d|%05d|%.2s|%%\n' 1 two 255 8 char 42 42 42 abcdef
printf '%s\n' a b c; printf '%s-%s\n' 1 2 3; printf 'no args\n'; printf '%b' 'a\tb\n'
printf '%d\n' 0x10 010 "'A"; printf '\101\n'; printf '%s'; echo
printf '%5s|%-5s|\n' ab ab; printf '%*d\n' 5 42
trap 'echo exit trap' EXIT; trap 'echo usr1' USR1; kill -USR1 $$; echo after
trap - USR1; trap
(trap 'echo sub exit' EXIT; echo in sub)
. /dev/null; echo $?
echo 'echo sourced $1; return 3; echo no' > /tmp/msh_src.$$; . /tmp/msh_src.$$; echo $?; rm /tmp/msh_src.$$
true; echo $?; false; echo $?
wait; echo $?
kill -0 $$; echo $?
exec 9</dev/null; echo $?
hash -r; echo $?
readonly r=1; echo $r
l() { local v=in; echo $v; }; v=out; l; echo $v
echo -n no newline; echo
times >/dev/null; echo $?
echo 'a\tb\0101\\'
(exit); echo $?; (exit 300) ; echo $?
return_test() { return; }; false; return_test; echo $?
exit 7
