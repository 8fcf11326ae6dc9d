if true; then echo 1; fi; if false; then echo 2; else echo 3; fi
if false; then :; elif true; then echo 4; else echo 5; fi
if false; then echo; fi; echo $?
while false; do :; done; echo $?
i=0; while [ $i -lt 3 ]; do i=$((i+1)); [ $i = 2 ] && continue; echo $i; done; echo $?
until [ $i -eq 0 ]; do i=$((i-1)); done; echo $i
for i in 1 2 3; do for j in a b c; do [ $j = b ] && continue 2; echo $i$j; done; done
for i in 1 2 3; do for j in a b c; do [ $i$j = 2b ] && break 2; echo $i$j; done; done
for i in; do echo never; done; echo $?
for i in a
do echo $i; done
for x in a b; do case $x in a) echo A;; b) echo B;; esac; done
case foo in f*) echo f;; *) echo other;; esac
case x in a|b) echo ab;; x|y) echo xy;; esac
case x in (x) echo paren;; esac
case 'a b' in "a b") echo sp;; esac
case '*' in '*') echo star;; esac
case a in '*') echo bad;; [a-c]) echo range;; esac
case . in [!a-z]) echo notlower;; esac
case x in y) ;; esac; echo $?
case x in x) ;; esac; echo $?
case "$(false)" in x) ;; esac; echo $?
p='a*'; case abc in $p) echo match;; esac; case abc in "$p") echo no;; *) echo nomatch;; esac
{ echo g1; echo g2; } | cat
(echo s1; exit 3); echo $?
true && echo and; false && echo no; false || echo or; true || echo no
true && false || echo chain; false && true || false; echo $?
! true; echo $?; ! false; echo $?; ! false | true; echo $?
true | false; echo $?; false | true; echo $?
f() { for i in 1 2 3; do [ $i = 2 ] && return 5; echo $i; done; }; f; echo $?
g() { echo $1; [ $1 -gt 0 ] && g $(($1-1)); }; g 3; echo $?
while :; do while :; do break 2; done; echo never; done; echo out
while true; do break; done && echo yes
for i in 1 2; do echo $i; done > /tmp/msh_flow.$$; cat /tmp/msh_flow.$$; rm /tmp/msh_flow.$$
if ! false; then echo notfalse; fi
if (exit 1); then echo a; else echo b; fi
echo a | while read x; do echo "got $x"; done
for i in 1 2 3; do echo $i; break 5; done; echo $?
f() { echo in f; }
f; f() { echo redefined; }; f
h() (echo sub; exit 4); h; echo $?
k() if true; then echo kif; fi; k
eval 'for i in x; do echo $i; break; done'
for do in do; do echo $do; done
for in in in; do echo $in; done
echo if then else fi do done case esac { }
false; echo $?; (false); echo $?; { false; }; echo $?
true & wait $!; echo $?; (exit 9) & wait $!; echo $?
