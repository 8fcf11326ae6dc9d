echo a
set -Z
echo b
