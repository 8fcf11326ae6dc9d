echo a
command . /nosuch
echo b
