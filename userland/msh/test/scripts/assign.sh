a=1 b=2; echo $a$b; a=$b b=$a; echo $a$b; a= b=; echo "[$a$b]"
x=1 true; echo ${x-unset}; x=1 :; echo ${x-unset}; unset x
f() { echo "f $x"; }; x=2 f; echo ${x-unset}
x=1 eval 'echo $x'; unset x
PATH=/nosuch ls 2>/dev/null; echo $?; PATH=/bin:/usr/bin
a='x  y'; b=$a; echo "$b"; c=$a$a; echo "$c"; d=*; echo "$d"
a=1; a=$a$a; a=$a$a; echo $a
_x9=ok; echo $_x9; 9x=bad 2>/dev/null; echo $?
a=b=c; echo $a; "a"=1 2>/dev/null; echo $?
export E=1; E=2; sh -c 'echo $E'; unset E; sh -c 'echo ${E-none}'
set -a; AUTO=1; set +a; sh -c 'echo $AUTO'
x=5 y=$((x+1)); echo $x $y
v=$(echo a; echo b); echo "$v"; v="`echo q`"; echo $v
IFS=: v=a:b; echo $v "$v"; unset IFS
n='a
b'; echo "$n"; echo $n
OLD=$HOME HOME=/x; echo ~ $OLD >/dev/null; echo ~
p=~/bin:~/lib; echo $p
env -i A=1 sh -c 'echo $A'
echo $PPID | grep -c '[0-9]'
x=1 /bin/echo by path; y=/bin/sh; x=2 $y -c 'echo $x'
x=1 /nosuch/file 2>/dev/null; echo $?
cd /tmp; cd /; env | grep PWD | sort
