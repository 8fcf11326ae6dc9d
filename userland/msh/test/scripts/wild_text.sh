# What scripts do to text without other programs: tables, records, encodings.
table='name:uid:shell
root:0:/bin/sh
daemon:1:
nobody:65534:/bin/false'
echo "$table" | {
  IFS=: read -r h1 h2 h3
  while IFS=: read -r name uid shell; do
    printf '%s=%s %s=%s %s=%s\n' "$h1" "$name" "$h2" "$uid" "$h3" "${shell:-none}"
    total=$((${total:-0} + uid))
  done
  echo "total $total"
}
while read -r key eq value; do
  case $key in '' | \#*) continue ;; esac
  eval "conf_$key=\$value"
done <<'END'
# a comment
host = example.org

port = 80 80
quote = it's "so" $HOME `x`
END
echo "$conf_host/$conf_port/$conf_quote"
trim () { t=${1#"${1%%[![:space:]]*}"}; t=${t%"${t##*[![:space:]]}"}; echo "<$t>"; }
trim '  a b  '; trim '	x'; trim ''
reverse () { r= s=$1; while [ -n "$s" ]; do r=${s%"${s#?}"}$r s=${s#?}; done; echo "$r"; }
reverse 'abc def'; reverse '*?['
upper () { case $1 in a*) echo A"${1#a}" ;; *) echo "$1" ;; esac; }
upper abc; upper xbc
count () { echo $#; }
IFS=,; list=a,b,,c,; set -- $list; echo $#; count $list; IFS=' 	
'
words='  some   words	here '
count $words; count "$words"; set -- $words; echo "$1|$2|$3"
hex () { printf '%d\n' "0x$1"; }; hex ff; printf '%o %X\n' 64 48879
echo $((0x1f + 010)) $((7 / 2)) $((-7 % 3)) $((1 << 10 | 3)) $((5 > 3 && 2 != 2))
echo $((a = 5)) $((a += 2)) $((a * 2)) $a $((a ? 1 : 2)) $((~a & 0xf))
i=0; while [ $i -lt 20 ]; do
  i=$((i + 1))
  [ $((i % 15)) -eq 0 ] && echo FizzBuzz && continue
  [ $((i % 5)) -eq 0 ] && echo Buzz && continue
  [ $((i % 3)) -eq 0 ] && echo Fizz && continue
  echo $i
done | tr '\n' ' '; echo
primes=; n=2
while [ $n -lt 30 ]; do
  for p in $primes; do
    [ $((n % p)) -eq 0 ] && { n=$((n + 1)); continue 2; }
  done
  primes="$primes $n"; n=$((n + 1))
done
echo $primes
fact () { if [ $1 -le 1 ]; then echo 1; else echo $(($1 * $(fact $(($1 - 1))))); fi; }
fact 10
hanoi () { [ $1 -eq 0 ] || { hanoi $(($1 - 1)) $2 $4 $3; echo "$2>$3"; hanoi $(($1 - 1)) $4 $3 $2; }; }
hanoi 3 a c b | tr '\n' ' '; echo
line='key="a value" other=x'
case $line in *'="'*'"'*) v=${line#*'="'}; echo "${v%%'"'*}" ;; esac
s=aXbXc; echo "${s%X*}" "${s%%X*}" "${s#*X}" "${s##*X}" "${s%"Xc"}"
p='a*b'; echo "${p%'*'b}" "${p#a\*}"; q='a?b'; case $q in "a?b") echo quoted ;; esac
x='${x}'; echo "$x" "\$x" '$x' \$x "`echo \"nested \\\`echo deep\\\`\"`"
echo "$(echo "$(echo "three $(echo deep)")")"
echo 'a\nb' | cat; printf '%s\n' 'a\nb'; echo "tab	kept"; echo a   b "c   d"
cat <<A; cat <<B
first $((1+1))
A
second `echo 2`
B
echo "end"$'' 2>/dev/null | sed 's/\$$//'
while read -r a; do echo "($a)"; done <<E1
 lead
back\\slash
trail  
E1
printf 'no newline' | { read -r z || echo "end: $z"; }
printf 'a\\\nb c\n' | { read x y; echo "[$x][$y]"; }
echo "${undef-default}" "${undef:-a b}" ${undef:+no} "${undef+no}" ${undef-"x  y"}
(: "${undef:?is not set}") 2>/dev/null || echo "refused"
