exec 3>&1 >/tmp/msh_er.$$; echo hidden; exec >&3; echo shown; cat /tmp/msh_er.$$; rm /tmp/msh_er.$$
exec 2>/dev/null; nosuch; echo $?
exec </dev/null; read x; echo $?
