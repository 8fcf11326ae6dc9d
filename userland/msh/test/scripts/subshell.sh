x=1; (x=2; echo $x); echo $x
(cd /tmp; pwd); pwd >/dev/null
(exit 3) | cat; echo $?; (echo a; echo b) | (read x; read y; echo $y$x)
{ x=5; }; echo $x; echo a | { read x; echo $x; }; echo $x
f() { x=$1; }; f 9; echo $x; (f 10); echo $x
(trap 'echo t' EXIT); ( (echo deep); echo $? )
sh -c 'echo $0 $1' zero one; sh -c 'exit 4'; echo $?
set -- a b; (shift; echo $1); echo $1
echo $$ > /tmp/msh_pid.$$; (echo $$) | cmp - /tmp/msh_pid.$$ && echo same; rm /tmp/msh_pid.$$
(echo 1; (echo 2; (echo 3)))
a=1; b=2; { a=3; (b=4); }; echo $a $b
echo x | cat | cat | cat | tr x y
yes | head -3
seq 1000 | wc -l | tr -d ' '
kill -TERM $(sh -c 'echo $$') 2>/dev/null; echo $?
sh -c 'kill -KILL $$' 2>/dev/null; echo $?
nosuchcommand 2>/dev/null; echo $?; /etc/passwd 2>/dev/null; echo $?; / 2>/dev/null; echo $?
./nosuch 2>/dev/null; echo $?; (exec nosuchcmd) 2>/dev/null; echo $?
sleep 1 & p=$!; kill $p; wait $p 2>/dev/null; echo $?
(sleep 0; exit 6) & wait $!; echo $?
true & false & wait; echo $?
exec echo replaced
echo never
