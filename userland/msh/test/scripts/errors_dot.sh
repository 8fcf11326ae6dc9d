echo a
. /nosuch/file
echo b
