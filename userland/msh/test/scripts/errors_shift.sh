echo a
shift 99
echo b
