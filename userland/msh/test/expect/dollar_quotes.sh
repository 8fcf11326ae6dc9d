# $'...' as POSIX-2024 has it; dash has no such quotes.
printf '<%s>' $'a b\tc\nd' $'\'\"\\' $'' x$'y'z; echo
printf '<%s>' $'\a\b\e\f\r\v' | od -An -tx1
printf '<%s>' $'\x41\x4a\x4A\x7g\101\60\1014' $'\cA\ca\c?\c\\'q | od -An -tx1
printf '<%s>' $'a\0b'c $'\x' $'\xz' $'\q' $'\z'; echo
printf '<%s>' "$'a'" "x$'y'"; echo
v=$'*\n?'; printf '<%s>' "$v" ${u-$'a  b'}; echo
case 'a	b' in $'a\tb') echo tab ;; esac
cat <<EOF
$'a\tb'
EOF
cat <<$'E\x4fF'
$v
EOF
echo $'two
lines'
echo $'\303\244' a$
