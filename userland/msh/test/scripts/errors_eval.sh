echo a
eval "if"
echo b
