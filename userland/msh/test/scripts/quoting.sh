echo 'single $x `y` \' "double \$x \`y\` \\ \"q\" \n"
echo a\ b "a'b" 'a"b' a\
b "a\
b"
x='one  two'
echo $x "$x" '$x' \$x "\$x"
echo ""'' a""b "" | cat
printf '[%s]' "" '' a"" ""$nosuch "$nosuch" $nosuch; echo
echo \a\b\c \" \' \\ | cat
echo "a\zb" 'a\zb'
echo ~nosuchuser "~" \~ '~' a~ | cat
HOME=/home/x; echo ~ ~/foo ~: a:~ "~/a"
y=~/a:~/b; echo $y
echo "$(echo "nested "quotes"" 'in $(side)')"
echo "a${x}b" "a"$x"b" a${x}b
echo "tab	in" 'new
line'
echo a#b #comment
echo "#not" '#not' \#not a #comment
: '
multi
'; echo end
echo "`echo "a b"`" `echo '\\\\'` "`echo '\\\\'`"
echo "$(echo ')')" $(echo '(' # comment )
)
echo "${x:-"a b"}" "${nosuch:-"a  b"}" ${nosuch:-"a  b"} ${nosuch:-a  b}
echo "${nosuch:-'a  b'}" ${nosuch:-'a  b'} "${nosuch:-\}}" ${nosuch:-\}} "${nosuch:-a\}b}"
