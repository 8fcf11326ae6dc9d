show() { for i; do printf '<%s>' "$i"; done; echo; }
x='  a  b  '; show $x; show "$x"; show x$x; show ${x}y; show "p"$x"q"
IFS=:; x='a:b::c:'; show $x; x=':a'; show $x; x='::'; show $x
IFS=' :'; x='a : b  c::d : '; show $x; x=' a'; show $x; x=' : a'; show $x
IFS=:; y=a:b; show $y$y; show $y"$y"$y; z=:; show a${z}b; show $z$z; show "$z"$z
IFS=; x='a b'; show $x
unset IFS; x='a	b
c'; show $x
show $(echo a b; echo c) "$(echo a b; echo c)"
show a$(echo)b "$(echo)" $(echo)
IFS=x; show $(echo axbxc) $((1)) ; n=1x2; show $n
unset IFS; set -- 'a b' '' c; show $@; show $*; show "$@"; show "$*"; show x$@y; show x"$@"y
e=; show $e; show "$e"; show $e""; show ""$e; show $e$e x
IFS='	 '; a=' 	 z  	y'; show $a
IFS=,; set -- 1 2 3; show "$*" $*; v="$*"; show "$v"; v=$*; show "$v"
show ${nosuch-a,b} ${nosuch-"a,b"} "${nosuch-a,b}"
