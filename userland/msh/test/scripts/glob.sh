d=/tmp/msh_glob.$$; mkdir $d; cd $d; touch a b c ab .hid 'sp ace' 'st*r' '[x]'; mkdir dir dir/sub; touch dir/f1 dir/f2 dir/sub/g
echo *; echo ?; echo a*; echo [ab]; echo [!ab]*; echo .h*; echo *b; echo nosuch*; echo "*" '*' \*
echo dir/*; echo */; echo */*; echo dir/*/g; echo ./a*; echo st\**; echo "st*"*; echo \[x]; echo [[]*
x='*'; echo $x "$x"; y='a b*'; echo $y; echo "$y"
set -f; echo *; set +f
for i in *; do echo "<$i>"; done
echo [a-c] [c-a] [[:alpha:]] [a-c]b [!a-c]
case ab in a?) echo q;; esac; case a/b in *) echo slash;; esac; case .x in *) echo dot;; esac
echo d*r/s*b/* /nosuch/*  d*//f1
echo *'*'* *\ *
echo [ ] [] [!] [a
z=[ab]; echo $z; echo "$z"c
cd dir; echo ../a ../a* ; cd ..; echo {a,b}
v=*; echo "$v"; echo $v
echo a*b.c > 'q*'; cat q*; cat < q\*
cd /; rm -r $d
