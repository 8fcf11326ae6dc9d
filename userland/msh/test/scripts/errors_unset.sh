set -u
echo a
echo $b
echo c
