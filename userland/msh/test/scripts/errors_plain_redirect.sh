echo a
true < /nosuch
echo $?
