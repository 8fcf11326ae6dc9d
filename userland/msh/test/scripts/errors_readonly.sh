readonly a=1
a=2
echo never
