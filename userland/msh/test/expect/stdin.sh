echo start
read line
this is data
echo "got $line"
cat <<E
doc
E
sh -c 'read a; echo "child $a"'
for the child
echo end
