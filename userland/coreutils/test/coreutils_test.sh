#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Builds the utilities for the host with sanitizers and compares what they
# print, and their status, with what is written here. TAP.
set -u
export LC_ALL=C TZ=UTC0
work=$(mktemp -d /tmp/coreutils_test.XXXXXX)
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
bin=$work/bin
mkdir "$bin" "$work/obj" "$work/include" "$work/d"
ln -s "$PWD/libc/include/machr" "$work/include/machr"
flags="-std=gnu17 -D_GNU_SOURCE -g -O1 -Wall -Wextra -Werror -Iuserland
	-I$work/include -fsanitize=address,undefined -fno-sanitize-recover=all"

for file in userland/lib/*.c userland/coreutils/test/machr_fake.c; do
	echo "$file"
done | xargs -P 2 -I FILE sh -c "gcc $(echo $flags) -c FILE \
    -o $work/obj/\$(basename FILE .c).o" || exit 1
ar rc "$work/lib.a" "$work"/obj/*.o
for file in userland/coreutils/*.c; do
	echo "$file"
done | xargs -P 2 -I FILE sh -c "gcc $(echo $flags) FILE $work/lib.a \
    -o $bin/\$(basename FILE .c)" || exit 1
ln -s test "$bin/["
ln -s grep "$bin/egrep"
ln -s grep "$bin/fgrep"

run=0
failed=0
report() # PASS NAME
{
	run=$((run + 1))
	if [ "$1" = y ]; then
		printf 'ok %d - %s\n' $run "$2"
	else
		printf 'not ok %d - %s\n' $run "$2"
		failed=$((failed + 1))
	fi
}

# t COMMAND WANT: run it by the host's sh with our utilities; WANT is what it
# writes on stdout, then "status N" when that is not 0.
t()
{
	got=$(cd "$work/d" && PATH=$bin:$PATH sh -c "$1" 2>"$work/err" \
	    </dev/null; s=$?; [ $s = 0 ] || echo "status $s")
	if [ "$got" = "$2" ] && ! grep -q -e Sanitizer -e 'runtime error' \
	    "$work/err"; then
		report y "$(printf '%s' "$1" | head -n 1)"
		return
	fi
	report n "$(printf '%s' "$1" | head -n 1)"
	printf '%s\n' "wanted:" "$2" "got:" "$got" | sed 's/^/# /'
	sed 's/^/# /' "$work/err" | head -n 20
}

# Every utility tells what its head comment says, and so does help's table.
for file in userland/coreutils/*.c; do
	name=$(basename "$file" .c)
	usage=$(sed -n 's/^ \* usage: //p' "$file" | head -n 1)
	help=$(sed -n 's/^ \* help: //p' "$file" | head -n 1)
	case $name in
	echo | printf | test | kill) ;;
	*)
		got=$("$bin/$name" --help)
		[ "$got" = "usage: $usage
$help" ] && pass=y || pass=n
		report "$pass" "$name --help"
		;;
	esac
	tr -d '\n\t' <userland/msh/utilities.c | sed 's/" *"/","/g;s/, "/,"/g' |
	    grep -qF "\"$name\",\"$usage\",\"$help\"" && pass=y || pass=n
	report "$pass" "$name in help's table"
done
t 'cat --nosuch' 'status 2'

t 'printf "a\nb\n" > f; cat f - f </dev/null' 'a
b
a
b'
t 'cat nosuch f' 'a
b
status 1'
t 'cat f >/dev/full' 'status 1'
t 'seq 3 >/dev/full' 'status 1'
t 'cat nosuch 2>&1' 'cat: nosuch: No such file or directory
status 1'
t 'cat . 2>&1' 'cat: .: Is a directory
status 1'

t 'printf "one two\nthree\n" | wc' '      2       3      14'
t 'wc -l f; wc -cw < f' '2 f
      2       4'
t 'wc -l f f' '2 f
2 f
4 total'
t 'printf "\303\251a" | wc -m; printf "\303\251a" | LC_ALL=C.UTF-8 wc -mc' '3
      2       3'
t 'ln -s . here; ln -sfn other here; readlink here; rm here' other
t 'env echo a b; env echo -n c; env echo "d\te\c"; echo' 'a b
cd	e'
t 'env printf "%d|%5.1s|%-3s|%x\n" 7 abc d 255 8' '7|    a|d  |ff
8|     |   |0'
t 'env printf "%d\n" x' '0
status 1'
t 'env printf "%y"' 'status 1'
t 'env printf' 'status 2'

t 'mkdir a/b' 'status 1'
t 'mkdir -p a/b/c a/b; ls -R a' 'a:
b

a/b:
c

a/b/c:'
t 'mkdir a 2>&1' 'mkdir: a: File exists
status 1'
t 'mkdir -m 700 m; stat -c %a m; rmdir m' '700'
t 'rmdir a 2>&1' 'rmdir: a: Directory not empty
status 1'
t 'rmdir -p a/b/c; ls' 'f'
t 'rm nosuch 2>&1' 'rm: nosuch: No such file or directory
status 1'
t 'rm -f nosuch; rm -f' ''
t 'rm' 'status 2'
t 'mkdir -p x/y; touch x/1 x/y/2; ln -s / x/root; rm x 2>&1; rm -r x; ls' \
	'rm: x: Is a directory
f'
t 'rm -r . 2>&1' 'rm: .: not removed
status 1'
t 'mkdir -p x/y; rm -rf x/y/ x/; ls' 'f'

t 'cp f g; cat g; cp f f 2>&1; cp nosuch h 2>&1' 'a
b
cp: f and f are the same file
cp: nosuch: No such file or directory
status 1'
t 'mkdir s; cp f g s; ls s; cp s t 2>&1' 'f
g
cp: s: Is a directory
status 1'
t 'ln -s f s/l; cp -r s t; ls -F t; cp -r s t; ls t' 'f
g
l@
f
g
l
s'
t 'cp -r s s/in 2>&1; rm -r t' 'cp: s: cannot copy into itself, s/in'
t 'chmod 640 g; touch -r /etc/passwd g; cp -p g h; stat -c %a h;
	[ "$(stat -c %Y h)" = "$(stat -c %Y /etc/passwd)" ] && echo same' '640
same'
t 'mv h i; ls; mv i s; ls s; mv s/i .; mv nosuch x 2>&1' 'f
g
i
s
f
g
i
l
mv: nosuch: No such file or directory
status 1'
t 'mv f g nosuch 2>&1; mv i g; ls' 'mv: nosuch: not a directory
f
g
s'
t 'ln f hard; stat -c %h f; ln f hard 2>&1; ln -f g hard; ln -s nowhere s/n
	ls -l s/n | sed "s/.* s/s/"; rm hard' '2
ln: hard: File exists
s/n -> nowhere'
t 'touch -c nosuch; ls nosuch 2>&1; touch new; wc -c new; rm new' \
	'ls: nosuch: No such file or directory
0 new'

mkdir "$work/d/l"
t 'cd l; touch b a .h; mkdir d; echo 123 > d/s; ls; ls -a; ls -A; ls -1F; ls -d .
	ls -r; COLUMNS=20 ls -C; COLUMNS=8 ls -C' 'a
b
d
.
..
.h
a
b
d
.h
a
b
d
a
b
d/
.
d
b
a
a  b  d
a  b  d'
t 'cd l; chmod 644 a; chmod 755 d; ls -l d | head -n 1 >/dev/null
	ls -ln d/s a | sed "s/ 1 [0-9]* [0-9]* / 1 n n /;s/ [A-Z].* / T /"' \
	"$(printf '%s\n' '-rw-r--r-- 1 n n 0 T a' '-rw-r--r-- 1 n n 4 T d/s')"
t 'cd l; ls d a' 'a

d:
s'
t 'rm -r l s; ls' 'f
g'

t 'seq 20 | head -n 2; seq 20 | head -3 | tail -n 1; seq 5 | head -c 3' '1
2
3
1
2'
t 'seq 20 | tail -n 2; seq 5 | tail -n +4; seq 5 | tail -c 4; printf "a\nb" | tail -n 1' \
	'19
20
4
5
4
5
b'
t 'seq 100000 | tail -n 1; seq 3 | tail -n 0; seq 3 | tail -n 9; seq 100000 | tail -c 3' \
	'100000
1
2
3
00'
t 'head -n 1 f g' '==> f <==
a

==> g <==
a'
t 'head -n x f 2>&1' 'head: x: invalid number
status 1'

t 'printf "b\na\nc\na\n" | sort; printf "b\na\na\n" | sort -u' 'a
a
b
c
a
b'
t 'printf "10\n9\n-1\n1.5\n1.25\n-0\n" | sort -n; seq 3 | sort -r' '-1
-0
1.25
1.5
9
10
3
2
1'
t 'printf "x:3:b\ny:1:a\nz:3:a\n" | sort -t : -k 2n -k 3' 'y:1:a
z:3:a
x:3:b'
t 'printf "b 2\na 2\nc 1\n" | sort -s -k 2,2' 'c 1
b 2
a 2'
t 'printf "aB\nAb\naa\n" | sort -f' 'aa
Ab
aB'
t 'seq 10 | sort -c; seq 10 | sort -nc; printf "b\na\n" | sort -o o; cat o; rm o' 'a
b'
t 'seq 10 | sort -c' 'status 1'
t 'sort nosuch' 'status 2'
t 'seq 5000 | sort -r | sort -n | head -n 2' '1
2'

t 'printf "a\na\nb\n" | uniq; printf "a\na\nb\n" | uniq -c; printf "a\na\nb\n" | uniq -d
	printf "a\na\nb\n" | uniq -u; printf "1 a\n2 a\n" | uniq -f 1; printf "A\na\n" | uniq -i' \
	'a
b
      2 a
      1 b
a
b
1 a
A'
t 'echo abcdef | cut -c 2-3,5; echo a:b:c | cut -d : -f 1,3; echo a:b:c | cut -d : -f 2-
	echo none | cut -d : -f 2; echo none | cut -s -d : -f 2; echo abc | cut -c -2' \
	'bce
a:c
b:c
none
ab'
t 'cut -c 0 f' 'status 1'
t 'cut f' 'status 2'
t 'echo hello | tr a-y b-z; echo hello | tr -d l; echo aabbcc | tr -s ab
	echo Hello | tr "[:upper:]" "[:lower:]"; echo a1b2 | tr -cd "0-9\n"
	echo "a b" | tr " " "\n"; echo abc | tr abc x; echo a.b | tr . "\055"' 'ifmmp
heo
abcc
hello
12
a
b
xxx
a-b'
t 'tr a' 'status 2'
t 'tr z-a x' 'status 1'

t 'printf "apple\nbanana\nApricot\n" > w; grep an w; grep -i ^a w; grep -v a w; grep -c p w' 'banana
apple
Apricot
Apricot
2'
t 'printf "a+\naa\n" | egrep a+; printf "a+\naa\n" | fgrep a+' 'a+
aa
a+'
t 'grep zzz w' 'status 1'
t 'grep a nosuch w 2>&1' 'grep: nosuch: No such file or directory
w:apple
w:banana
status 2'
t 'grep -q apple w; echo $?; grep -n ban w; grep -l p w f; grep -o "an*" w' '0
2:banana
w
a
an
an
a'
t 'grep -E "(ap|ba)+(p|n)" w; grep "^ap*le$" w; grep -E "a{2}|n{1,2}a" w; grep "p\{2\}" w' \
	'apple
banana
apple
banana
apple'
t 'grep -x apple w; grep -w app w; grep -F a.p w; grep -e ban -e ric w; grep -h apple w w' \
	'apple
banana
Apricot
apple
apple'
t 'printf "ric\nban\n" > p; grep -f p w; rm p' 'banana
Apricot'
t 'printf "a]b\na-b\nab\n" | grep "a[]-]b"; printf "x1\nxy\n" | grep "x[^[:alpha:]]"' 'a]b
a-b
x1'
t 'echo "a*b" | grep "a\*b"; echo "*a" | grep "^*a"; echo "*a" | grep "*a"; echo "a+b" | grep "a+b"; echo ab | grep "a\|x"; echo "a|b" | grep "a|b"' \
	'a*b
*a
*a
a+b
ab
a|b'
t 'echo abcabc | grep -E "^(abc)*$"; echo | grep -E "^(a|b*)*$"; echo xaby | grep -oE "a|ab|b"; echo x | grep ""' \
	'abcabc

ab
x'
t 'grep -E "a(" w 2>&1' 'grep: a(: missing )
status 2'
t 'grep "[a" w 2>&1; grep "[[:foo:]]" w 2>&1' 'grep: [a: missing ]
grep: [[:foo:]]: unknown character class
status 2'
t 'grep "\(a\)\1" w 2>&1' 'grep: \(a\)\1: back-references are not supported
status 2'
t 'echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | grep -E "(a*)*(a*)*(a|aa)*b"' 'status 1'
t 'echo aXb | grep -iE "[w-y]"; echo foo.c | grep -E "\.(c|h)$"; echo "a.b" | grep -c "a\.b"' \
	'aXb
foo.c
1'

t 'echo a | tee t1 t2; cat t1 t2; echo b | tee -a t1 >/dev/null; cat t1; rm t1 t2' 'a
a
a
a
b'
t 'date +%Y%% | tr 0-9 d; date -u +%Z' 'dddd%
UTC'
t 'date nonsense 2>&1' 'date: nonsense: invalid date
status 1'
t 'uname | wc -l; env -i A=1 B=2 env | sort' '1
A=1
B=2'
t 'env A=x sh -c "echo \$A"; env nosuch; env -u HOME sh -c "echo \${HOME-none}"' 'x
none'
t 'env nosuch' 'status 127'
t 'env /etc/passwd' 'status 126'
t 'chmod 600 f; stat -c %a f; chmod u+x,g=rw,o-r f; stat -c %a f; chmod a=r f
	stat -c %A f; chmod -R u=rwX,go= .; stat -c "%a %n" . f; chmod q f 2>&1' '600
760
-r--r--r--
700 .
600 f
chmod: q: bad mode
status 1'
t 'chown 4242:4242 nosuch 2>&1' 'chown: nosuch: No such file or directory
status 1'
t 'chown nosuchuser f 2>&1' 'chown: nosuchuser: unknown user
status 1'
t 'stat -c "%n %s %F" f .; stat f | head -n 3' 'f 4 regular file
. 4096 directory
  File: f
  Type: regular file
  Size: 4, blocks: 8, links: 1'
t 'stat -c %q f 2>&1' 'stat: %q: unknown field
status 1'
t 'env test 1 -lt 2; echo $?; env [ a = b ]; echo $?; env [ a 2>&1' '0
1
[: missing ]
status 2'
t 'expr 1 + 2 \* 3; expr \( 1 + 2 \) \* 3; expr 7 / 2 % 2; expr 3 - -4' '7
9
1
7'
t 'expr 10 \> 9; expr a10 \> a9; expr a = a; expr 2 != 2; expr 1 \<= 1' '1
0
1
0
1'
t 'expr "" \| b; expr a \| b; expr a \& 0; expr a \& b; expr 0 \| ""' 'b
a
0
a
0
status 1'
t 'expr abc : "a.*"; expr abc : "a\(.\)"; expr abc : b; expr abc : "x\(.\)"; expr X-n : "X\(.*\)"' '3
b
0

-n'
t 'expr abab : "\(ab\)\1"; expr a/b/c : ".*/\(.*\)"' 'ab
c'
t 'expr 0; expr 1 - 1; expr 00; expr -- x' '0
0
00
x'
t 'expr 1 - 1' '0
status 1'
for expression in '1 +' '1 2' '\( 1' 'a + 1' '1 / 0' 'x : "x\("' \
    '9223372036854775807 + 1' ''; do
	t "expr $expression" 'status 2'
done
t 'basename /a/b.c .c; basename /a/b/; basename /; dirname /a/b; dirname a; dirname /a; dirname /a//b/' 'b
b
/
/a
.
/
/a'
t 'printf "AB\n\0" | od -c; printf "AB\n\0" | od -A x -t x1; printf "ABCD" | od -An -tx4
	printf "ABCD" | od -j 1 -N 2 -c; printf "\377" | od -An -td1; head -c 64 /dev/zero | od' \
	'0000000   A   B  \n  \0
0000004
000000 41 42 0a 00
000004
 44434241
0000001   B   C
0000003
   -1
0000000 000000 000000 000000 000000 000000 000000 000000 000000
*
0000100'
t 'printf "Hello, world, 16\n" | hexdump -C; printf "abc" | hexdump' \
	'00000000  48 65 6c 6c 6f 2c 20 77  6f 72 6c 64 2c 20 31 36  |Hello, world, 16|
00000010  0a                                                |.|
00000011
0000000 6261 0063
0000003'
t 'yes | head -n 2; yes a b | head -n 1; seq 2 2 6; seq 3 -1 1; seq -s , 3; seq -w 9 10; seq 2 1' 'y
y
a b
2
4
6
3
2
1
1,2,3
09
10'
t 'seq x' 'status 1'
t 'mkdir -p t/a/b; touch t/1 t/a/2.c t/a/b/3.c; find t | tr "\n" " "; echo
	find t -name "*.c"; find t -type d -name b; find t -name a -prune -o -print; find t -maxdepth 1 -type f
	find t ! -name "*[0-9]*" ; find t \( -name 1 -o -name b \) -exec echo got {} \;
	find t -size 0 -empty -name 1; find nosuch 2>&1' 't t/1 t/a t/a/2.c t/a/b t/a/b/3.c 
t/a/2.c
t/a/b/3.c
t/a/b
t
t/1
t/1
t
t/a
t/a/b
got t/1
got t/a/b
t/1
find: nosuch: No such file or directory
status 1'
t 'find t -nosuch 2>&1' 'find: -nosuch: unknown expression
status 1'
t 'printf "a 1\nb 2\nb 3\nd 4\n" >1; printf "b x\nb y\nc z\nd w\n" >2; join 1 2; join -a 1 -o 0,1.2,2.2 -e - 1 2; join -v 2 1 2; join -v 1 -v 2 1 2' 'b 2 x
b 2 y
b 3 x
b 3 y
d 4 w
a 1 -
b 2 x
b 2 y
b 3 x
b 3 y
d 4 w
c z
a 1
c z'
t 'printf "1:a\n2:b\n" >1; printf "x:a:q\ny:c\n" >2; join -t : -1 2 -2 2 1 2; join -t : -1 2 -2 2 -a 1 -a 2 1 2; join -o 3.1 1 2 2>&1; rm 1 2' 'a:1:x:q
a:1:x:q
b:2
c:y
join: 3.1: bad field'
# The texts are at the end of the file, each with its NUL.
cat >"$work/d/texts" <<'EOF'
$ a comment
1 of the first set
$set 3 a comment
$quote "
2 "\"two\"\t\101" ignored
1 one \
goes on
3
EOF
t 'gencat c texts; tr "\0" "\n" <c | tail -n 3; printf "1\n\$set 3\n2 new\n5 five\n\$delset 9\n" | gencat c; tr "\0" "\n" <c | tail -n 3; echo "\$delset 3" | gencat c -; wc -c <c | tr -d " "' 'of the first set
one goes on
"two"	A
one goes on
new
five
16'
t 'echo "1 x" | gencat - | wc -c | tr -d " "; echo "1  y " | gencat - | tail -c 4 | tr "\0" .; rm c texts' '30
 y .'
t 'for i in 0 "\$what" "\$set" 1x x; do echo "$i" | gencat - 2>&1; done; echo x >c; gencat c </dev/null 2>&1; gencat c/d </dev/null 2>&1; gencat 2>/dev/null' 'gencat: -: line 1: the number is out of range
gencat: -: line 1: there is no such directive
gencat: -: line 1: a number is missing
gencat: -: line 1: a blank is missing behind the number
gencat: -: line 1: a number is missing
gencat: c: is no message catalogue
gencat: c/d: Not a directory
status 2'
t 'printf "a b\nb c\na d\nc d e e\n" | tsort 2>/dev/null; printf "b c\na b c d\n" | tsort; echo a | tsort 2>&1' 'a
b
c
d
e
a
b
c
d
tsort: an odd number of words
status 1'
t 'printf "a b b a" | tsort 2>&1 | sort' 'a
b
tsort: a: in a circle'
t 'stty 2>&1 </dev/null | cut -c 1-20' 'stty: standard input'
t 'env printf "%f %.2f %8.1e %g %G|%-9.3f|%+d\n" 1 2.345 12345 0.0001 1e10 3.14159 5; env printf "%f\n" x 2>&1; env printf "%.0f %a\n" "\"A" 1' '1.000000 2.35  1.2e+04 0.0001 1E+10|3.142    |+5
printf: x: not a number
0.000000
65 0x1p+0'
t 'seq -f "%03g%%x" 8 10; seq -f %d 2 2>&1; seq -f "%g %g" 2 2>&1' '008%x
009%x
010%x
seq: %d: not a format
seq: %g %g: not a format
status 1'
t 'mkdir -p F/a/b; touch -t 202001020304.05 F/old; touch F/new F/a/b/c; chmod 604 F/old
	find F -newer F/old -type f; find F -perm 604; find F -perm -u+w,o+r -name old; find F -perm /111 -type f
	find F -mtime +1; find F -links 1 -name new -user $(id -u) -group $(id -g); find F -depth
	find F -type f -exec echo {} +; find F -mindepth 1 -maxdepth 1 | wc -l; find F -false; find F -xdev -name b' 'F/a/b/c
F/new
F/old
F/old
F/old
F/new
F/a/b/c
F/a/b
F/a
F/new
F/old
F
F/a/b/c F/new F/old
3
F/a/b'
t 'find F -name new -exec false {} +' 'status 1'
t 'find F -type f -exec echo x {} y {} \;' 'x F/a/b/c y F/a/b/c
x F/new y F/new
x F/old y F/old'
t 'printf "y\nn\n" | find F -name "[on]*" -ok echo {} \; 2>/dev/null' 'F/new'
t 'ln -s .. F/a/b/up; find -L F -name c 2>&1; ln -s F G; find G; find -H G -name new; find G/ -size 0c -name old' 'F/a/b/c
find: F/a/b/up: is in itself
G
G/new
G/old'
t 'find F -nouser; find F -user nobodyatall 2>&1' 'find: nobodyatall: unknown
status 1'
t 'find F -perm zz 2>&1' 'find: zz: invalid mode
status 1'
t 'find F -delete; ls F 2>&1; rm G' 'ls: F: No such file or directory'
t 'touch -t 9912312359 o; date -u -r o +%FT%T; touch -t 0401020304.05 o; stat -c "%Y %X" o
	touch -d 2001-02-03T04:05:06.75Z o; stat -c %y o; touch -d @86400 o; stat -c %Z- o | grep -c .; date -u -r o +%F
	touch -a -d "2010-01-01 00:00" o; stat -c "%X %Y" o; rm o' '1999-12-31T23:59:00
1073012645 1073012645
2001-02-03 04:05:06.750000000 +0000
1
1970-01-02
1262304000 86400'
t 'touch -t 20010231 o; touch -t 200102300000 o; touch -d 2001-02-31 o; touch -d x o; touch -t 1 o; ls o 2>/dev/null' 'status 1'
t 'date -u -d 2020-02-29 +%j; date -u -d @0; date -d 2020-13-01 2>&1' '060
Thu Jan  1 00:00:00 UTC 1970
date: 2020-13-01: invalid date
status 1'
t 'stat -c "%U %G" /; id -r -u; id -ru root; id -un root; id -G root; id nobodyatall 2>&1' "root root
$(id -ru)
0
root
0
id: nobodyatall: no such user
status 1"
t 'printf "b\na\n" >1; printf "a-c\nab\nB\n" >2; sort -m 1 2; sort -d 2; sort -df 1 2; sort -C 1; echo $?; sort -c 1 2>/dev/null; echo $?; rm 1 2' 'B
a
a-c
ab
b
B
ab
a-c
a
ab
a-c
B
b
1
1'
t 'echo 1 >a; echo 2 >b; echo n | cp -i a b 2>/dev/null; cat b; echo y | cp -i a b 2>/dev/null; cat b
	ln -s a l; mkdir d1; cp l d1; cp -P l d1/p; cp -R l d1/r; cp -RL l d1/s; cp -RH l d1/t; ls -F d1
	ln -L l hard; ln -P l soft; ls -F hard soft; cp -a d1 d2; ls -F d2; rm -r a b l d1 d2 hard soft' '2
1
l
p@
r@
s
t
hard
soft@
l
p@
r@
s
t'
t 'mkdir L; cd L; mkdir d; echo 1 >a; ln -s d s; touch -t 202001010000 a; ls -p; ls -m; COLUMNS=20 ls -x; ls -f | sort; ls -L -F s/ ; ls -1FL; ls -go a | wc -w; ls -ld s | wc -w; cd ..; rm -r L' 'a
d/
s
a, d, s
a  d  s
.
..
a
d
s
a
d/
s/
7
11'
t 'head -c 5000 /dev/zero > t/big; du -a t/big | cut -f 2; du -s t | wc -l; rm -r t' 't/big
1'
t 'cd /usr/bin/..; pwd; pwd -P' "/usr
$(cd /usr && pwd -P)"
# Comparing, cutting and joining.
t 'printf "a\nb\nc\n" >1; printf "b\nc\nd\n" >2; cmp 1 1; cmp 1 2; cmp -s 1 2; echo $?; cmp -l 1 2; : >e; cmp 1 e 2>&1; cmp -s 1 nosuch; echo $?' '1 2 differ: char 1, line 1
1
1 141 142
3 142 143
5 143 144
cmp: EOF on e
2'
t 'comm 1 2; comm -12 1 2; comm -3 2 1; comm 1 e' 'a
		b
		c
	d
b
c
	a
d
a
b
c'
t 'paste 1 2; paste -s -d "+-" 1 2; seq 5 | paste -d "\n\0" - - -; paste e 1 | head -n 1; paste nosuch 2>&1' 'a	b
b	c
c	d
a+b-c
b+c-d
1
23
4
5
	a
paste: nosuch: No such file or directory
status 1'
t 'printf "ab\tc d e\n" | fold -w 6; printf "aa bb cc\n" | fold -s -w 4; printf "ab\bcd\n" | fold -w 2 | tr "\b" "<"; printf "ab\bcd\n" | fold -b -w 2 | wc -l' 'ab
	
c d e
aa 
bb 
cc
ab<c
d
3'
t 'printf "\303\244\303\266\303\274\n" | LC_ALL=C.UTF-8 fold -w 2' 'äö
ü'
t 'printf "a\tb\tc\n" | expand; printf "a\tb\tc\td\n" | expand -t 2,4; printf "ab\b\tc\n" | expand -t 4 | tr "\b" "<"; expand -t 4,2 </dev/null 2>&1' 'a       b       c
a b c d
ab<   c
expand: 4,2: bad list of tab stops
status 1'
t 'printf "        a       b        c  d\n" >s; unexpand s; unexpand -a s; unexpand -t 4 s; printf "    \t  x\n" | unexpand; expand s | unexpand -a | expand | cmp - s' '	a       b        c  d
	a	b	 c  d
		a		b		 c	d
	  x'
t 'seq 25 >n; split -l 10 n P; cat Pac; split -a 1 -b 30 n Q; echo P* Q*; cat P?? | cmp - n; cat Q? | cmp - n; rm P* Q*; split -b 1k n; echo x*; rm xaa; seq 30 | split -a 1 -l 1 2>&1; rm x?' '21
22
23
24
25
Paa Pab Pac Qa Qb Qc
xaa
split: too many pieces for 1 letters'
t 'csplit n 5 /1/ %20% | tr "\n" " "; head -n 1 xx01; cat xx02 | wc -l; rm xx*; csplit -s -f P -n 1 n /0/-1 "{*}"; echo P*; for f in P?; do head -n 1 $f; done; rm P*' '8 10 18 5
6
P0 P1 P2
1
9
19'
t 'csplit n 5 /nope/ 2>&1; echo xx*; csplit -k n 5 99 2>&1; echo xx*; rm xx*' '8
58
csplit: /nope/: not found
xx*
8
58
csplit: 99: not found
xx00 xx01'
t 'csplit n 3 "{*}" | wc -l; csplit n x 2>&1; csplit n /a 2>&1; echo xx*; csplit n 3 3 | wc -l; csplit n 3 2 2>&1 | tail -n 1; rm -f xx*' '9
csplit: x: no place to cut
csplit: /a: the pattern is not ended
xx00 xx01 xx02 xx03 xx04 xx05 xx06 xx07 xx08
3
csplit: 2: not found'
t 'printf "a\n\nb\n" | nl; printf "a\n\nb\n" | nl -ba -n rz -w 3 -s : -v 9 -i -4; printf "a\n\n\nb\n" | nl -ba -l 2 -n ln; nl -b pb 1 -w 2' '     1	a
       
     2	b
009:a
005:
001:b
1     	a
       
2     	
3     	b
   a
 1	b
   c'
t 'printf "\\:\\:\\:\nh\n\\:\\:\nb\n\\:\nf\n\\:\\:\nc\n" | nl -fa; printf "xx\nb\nxxxx\nc\n" | nl -p -d xx -fa' '
       h

     1	b

     2	f

     1	c

     1	b

     2	c'
t 'cksum n 1; cksum <e; cksum nosuch 2>&1' "$(printf '%s\n' "$(cd /; seq 25 | /usr/bin/cksum) n" "$(printf 'a\nb\nc\n' | /usr/bin/cksum) 1")
4294967295 0
cksum: nosuch: No such file or directory
status 1"
# xargs
t 'xargs <1; seq 5 | xargs -n 2 echo x; xargs -r echo no <e; xargs echo yes <e; printf "a \"b  c\" d\\ e '"'f \\\\'"'\n" | xargs -n 1' 'a b c
x 1 2
x 3 4
x 5
yes
a
b  c
d e
f \'
t 'printf " a b\n\nc\n" | xargs -I {} echo "[{}]" "{}{}"; printf "a \nb\nc d\ne\n" | xargs -L 1; printf "a\0b c\0\0" | xargs -0 -n 1 echo :' '[a b] a ba b
[c] cc
a b
c d
e
: a
: b c
: '
t 'printf "a b _ c\n" | xargs -E _; seq 19 | xargs -s 30; seq 100000 | xargs | wc -w; seq 2 | xargs -t 2>&1; echo aaaa | xargs -s 8 2>&1' 'a b
1 2 3 4 5 6 7 8 9 10 11
12 13 14 15 16 17 18 19
100000
echo 1 2
1 2
xargs: an argument does not fit
status 1'
t 'seq 3 | xargs -n 1 sh -c "exit \$0"; echo $?; seq 3 | xargs -n 1 sh -c "echo \$0; exit 255" 2>&1; echo $?; echo | xargs nosuchthing 2>&1; echo $?; echo x | xargs sh -c "kill \$\$" 2>&1' '123
1
xargs: sh: wants no more
124
xargs: nosuchthing: No such file or directory
127
xargs: sh: ended by signal 15
status 125'
t 'echo "a'"'"'b" | xargs 2>&1; echo in | xargs sh -c "cat"' 'xargs: a quote is not ended'
# What names and the system are.
t 'logname x 2>&1' 'usage: logname
status 2'
t 'pathchk a/b nosuch/c; pathchk -p "a b" 2>&1; pathchk -p abcdefghijklmno 2>&1; pathchk -P -- -a 2>&1; pathchk a/-b; pathchk -P a/-b "" 2>&1; pathchk n/x 2>&1; pathchk $(printf %0256d 0) 2>&1 | sed "s/0000*/0/"' 'pathchk: a b:   is not portable
pathchk: abcdefghijklmno: a name longer than 14
pathchk: -a: a name begins with -
pathchk: a/-b: a name begins with -
pathchk: an empty name
pathchk: n: Not a directory
pathchk: 0: a name longer than 255'
t 'getconf INT_MAX; getconf _POSIX_NAME_MAX; getconf NAME_MAX .; getconf _POSIX_VERSION; getconf NOSUCH 2>&1; getconf NAME_MAX 2>&1; getconf -v POSIX_V7_LP64_OFF64 LONG_BIT; getconf -v x LONG_BIT 2>&1' '2147483647
14
255
200809
getconf: NOSUCH: no such name
usage: getconf [-a] [-v SPEC] NAME [PATH]
64
getconf: x: no such environment
status 1'
t 'getconf PATH | grep -c bin; getconf -a | grep "^ARG_MAX" | wc -l; rm -f 1 2 e s n' '1
1'

# Names of files.
t 'mkdir n; cd n; echo x >a; link a b; cat b; ls -l a | tr -s " " | cut -d " " -f 2; unlink a; ls; link a c 2>&1; unlink a 2>&1; unlink 2>&1' 'x
2
b
link: c: No such file or directory
unlink: a: No such file or directory
usage: unlink FILE
status 2'
t 'cd n; ln -s b l; ln -s nosuch d; ln -s d dd; ln -s o o; readlink l d; readlink -n l; echo; readlink b 2>&1; readlink -f l dd d/ ../n/./b | sed "s,$PWD/,,"; readlink -f o 2>&1' 'b
nosuch
b
readlink: b: Invalid argument
b
nosuch
nosuch
b
readlink: o: Too many levels of symbolic links
status 1'
t 'cd n; realpath l new ../n/./b / /new .. | sed "s,$PWD/,,"; realpath -e new 2>&1; realpath new/er 2>&1; realpath "" 2>&1' "$(printf '%s\n' b new b / /new "$work/d")
realpath: new: No such file or directory
realpath: new/er: No such file or directory
realpath: : No such file or directory
status 1"
t 'cd n; f=$(mktemp xy.XXXXXX); test -f $f && echo ${#f}; d=$(TMPDIR=$PWD mktemp -d); test -d $d && case $d in $PWD/tmp.*) echo yes ;; esac; TMPDIR=$PWD mktemp -t q.XXXXXX | grep -c "$PWD/q[.]......"; mktemp -p . z.XXXXXX | cut -c 1-4; mktemp bad 2>&1; mktemp -q bad; cd ..; rm -r n' '9
yes
1
./z.
mktemp: bad: Invalid argument'
t 'nohup sh -c "kill -HUP \$\$; echo alive"; nohup nosuchthing 2>&1; echo $?; nohup 2>&1' 'alive
nohup: nosuchthing: No such file or directory
127
usage: nohup COMMAND [ARG...]
status 127'

t 'which sh >/dev/null; echo $?; which nosuch' '0
status 1'
t 'id -u; id | cut -c 1-4' "$(id -u)
uid="
t 'sleep 0.01; sleep x 2>&1' 'sleep: x: bad time
status 1'
t 'sync; true; false' 'status 1'
t 'sync; echo $?; MACHR_FAKE_SYNC=1 sync 2>&1' '0
sync: not everything could be written: Input/output error
status 1'
t 'env kill -l 15; env kill -0 $$; env kill x 2>&1' 'TERM
kill: x: bad process id
status 1'
t 'sh -c "env kill -s TERM \$\$; echo no"' 'status 143'
t 'env kill -s NOSUCH 1 2>&1' 'kill: NOSUCH: bad signal
status 2'
t 'ps; ps -l | tail -n 1' 'USER        PID S      RSS       TIME NAME
root          1 S      40K    0:01.23 init
root          7 S      80K    1:05.43 msh
4242          9 R      36K    0:00.00 ps
4242          9      7      9     1024K R      36K    0:00.00 ps'
t 'mount' '/dev/disk0s2 on / type ext2 (rw)
none on /dev type devfs (rw)'
t 'mount -t ext2 a b 2>&1; mount -t 2>&1 | head -n 1; mount a b 2>&1 | head -n 1' 'mount: ext2 is mounted by its server'"'"'s service file
mount: option requires an argument -- '"'t'"'
usage: mount [-t tmpfs [-o OPTIONS] NAME DIRECTORY]'
t 'dmesg | head -n 1; dmesg | wc -c; reboot; poweroff; halt' 'first
6001
machr_reboot(0)
machr_reboot(1)
machr_reboot(2)'
t 'df | wc -l; df -k / | tail -n 1 | tr -s " " | cut -d " " -f 1,6' '3
- /'
t 'clear | od -An -tx1' ' 1b 5b 48 1b 5b 32 4a'

echo "1..$run"
[ "$failed" = 0 ]
