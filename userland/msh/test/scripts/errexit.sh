set -e
false || echo ok1
if false; then :; fi; echo ok2
! true; echo ok3
f() { false; echo in f; }
f || echo ok4
f && echo ok5
while false; do :; done
true | false | true; echo ok6
(set +e; false; echo ok7)
x=$(false) || echo ok8
(false; echo no) || echo ok9
eval 'false || true'; echo ok10
{ false; echo group; } || :
sh -c 'exit 3' || echo $?
trap 'echo exit $?' EXIT
(exit 5)
echo never
