echo a
: < /nosuch
echo b
