trap 'echo got TERM' TERM; kill -TERM $$; echo after
trap 'echo int; exit 3' INT
f() { trap 'echo usr $1' USR1; kill -USR1 $$; }; f arg; kill -USR1 $$
trap '' USR2; kill -USR2 $$; echo alive; sh -c 'kill -USR2 $$; echo child alive'
trap - USR2; (kill -USR1 $$; sleep 0; echo sub); echo x
trap 'echo bye $?' EXIT
trap 'echo again' HUP; (trap; echo inherited none) | wc -l | tr -d ' '
trap
(trap 'echo subexit' 0; exit 4); echo $?
trap 'false' USR1; true; kill -USR1 $$; echo $?
while :; do trap 'break' ALRM; kill -ALRM $$; done; echo broke
sh -c 'trap "echo T; exit 9" TERM; kill $$; sleep 1'; echo $?
kill -INT $$
echo never
