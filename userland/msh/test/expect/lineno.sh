echo $LINENO
echo \
 $LINENO
f() {
	echo $LINENO
}
f
echo $((LINENO + 1)) $PPID | grep -c '^9 [0-9][0-9]*$'
