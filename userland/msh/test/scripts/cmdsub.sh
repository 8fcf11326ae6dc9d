echo $(echo a) `echo b` "$(echo "c d")" $(echo $(echo e) `echo f`)
x=$(printf 'a\n\n\n'); echo "[$x]"
x=$(false); echo $?; x=$(exit 7) y=1; echo $?
$(exit 3); echo $?
echo $(case x in x) echo in case;; esac)
echo $(case x in (x) echo in case2;; esac; if true; then echo y; fi)
x=$(cat <<E
here $(echo doc)
E
); echo "$x"
echo "$(echo "a
b")" $(echo 'x
y')
f() { echo "f$1"; return 2; }
y=$(f 1); echo $? $y
echo $( (echo sub) ; { echo group; } ) $((1+1)) $( (( 1 + 1 )) 2>/dev/null || echo no)
echo `echo \`echo \\\`echo deep\\\`\``
echo $(echo a; exit 3; echo b) $?
v=1; : $(v=2); echo $v
echo "$(printf '%s' '\a\b')" "`printf '%s' 'x\\y'`"
echo $(<<E cat
inner
E
)
echo $()x ``y
for i in $(seq 3); do echo $i; done
echo "a $(echo b "$(echo "c d")" e) f"
z=$(echo 'a)b') ; echo $z
echo $(: comment # )
echo after)
