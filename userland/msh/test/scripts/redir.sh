d=/tmp/msh_redir.$$; mkdir $d; cd $d
echo a > f; cat f; echo b >> f; cat < f; cat 0<f
echo x >| f; cat f; echo e >&2 2>/dev/null
{ echo out; echo err >&2; } > o 2> e; cat o e
{ echo out; echo err >&2; } > o 2>&1; cat o
(echo sub) > o; cat o
exec 3> three; echo to3 >&3; exec 3>&-; cat three
exec 4< three; read x <&4; echo $x; exec 4<&-
echo hi <> rw; cat rw; echo z 1<> rw; cat rw
cat <<E
a $((1+1)) `echo b` \$x \\ "q" 'q'
E
cat <<'E'
a $((1+1)) `echo b` \$x \\ "q"
E
cat <<-E
	tabbed
		twice
	E
cat <<A; cat <<B
in a
A
in b
B
cat <<E | tr a-z A-Z
pipe
E
cat <<"E E"
quoted delimiter
E E
cat <<E
line \
continued
E
while read l; do echo "<$l>"; done <<E
1
2
E
cat nosuch 2>/dev/null; echo $?
echo hi > /nosuch/dir 2>/dev/null; echo $?
set -C; (echo no > f) 2>/dev/null; echo $?; echo yes >| f; cat f; set +C
f() { echo fn; echo fnerr >&2; }; f > o 2>&1; cat o
> empty; wc -c < empty | tr -d ' '
x=1 > side; ls side
echo closed >&- 2>/dev/null; echo after $?
{ echo a; } 2>&1 >/dev/null
exec 5>&1; echo five >&5; exec 5>&-
echo dup 3>&1 >&3
if true; then echo cond; fi > c; cat c
for i in 1 2; do echo $i; done | while read n; do echo n$n; done
for i in 1 2; do cat; done < f
echo "$(cat < f)" `cat f`
cat <<E1 <<E2
first
E1
second
E2
n=f; cat < $n; cat < "$n"; echo x > "a b"; cat a\ b; cat 'a b'
echo one two > 3; cat 3
echo 2>f; cat f; echo 2 >f; cat f
cat <<E
$(cat <<F
nested
F
)
E
eval 'cat <<E
in eval
E'
cat <<E
${nosuch:-"quoted default"} ${nosuch-'single'}
E
read a b < f; echo "$a,$b"
cd /; rm -r $d
