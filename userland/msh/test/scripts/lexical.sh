echo a;echo b
echo a&&echo b||echo c
(echo a)|cat;{ echo b;}|cat
echo a>/dev/null;echo b 2>/dev/null
if true;then echo t;fi
for i in 1 2;do echo $i;done
case x in x)echo x;esac
f(){ echo f;};f
f ( ) { echo spaced; } ; f
echo a \
 b
ech\
o joined
e"ch"o quoted; 'echo' q; \echo e
true &&
echo continued
true |
cat
# comment
echo x # comment
echo x#notcomment
echo "a" 'b' c"d"'e'f
{
echo brace
}
(
echo paren
)
while false
do
:
done
if
true
then
echo nl
fi
case x
in
x) echo nlcase
;;
esac
case x in
	# comment
	a) ;;

	x) echo two
	   echo lines ;;
esac
echo a;
echo `echo b`;
! false && echo bang
echo {} } { ! if
echo 1>/dev/null 2>&1; echo a2>/dev/null
cat <<E && echo after
doc
E
f() { cat <<E
in function $1
E
}
f x; f y
echo \#a a\#b
echo $# ${#} $
echo "$" '$' \$ "$ x" $/ a$
echo "a\$b" a\$b
alias e='echo alias'
e one
alias two='echo 2 '
alias w='word'
two w
unalias e
