# What configure scripts do: find out what the shell is and can, write files
# with here-documents and files made by them, quote words for another shell.
as_nl='
'
export as_nl
if test "${ZSH_VERSION+set}" = set && (emulate sh) >/dev/null 2>&1; then :
  echo zsh
else
  case `(set -o) 2>/dev/null` in #(
  *posix*) : ;; #(
  *) : ;;
esac
fi
as_myself=
as_path=/nowhere:/bin::/usr/bin
case $as_path in #((
  /bin/* ) as_myself=path ;;
  *) as_save_IFS=$IFS; IFS=:
for as_dir in $as_path
do
  IFS=$as_save_IFS
  case $as_dir in #(((
    '') as_dir=./ ;;
    */) ;;
    *) as_dir=$as_dir/ ;;
  esac
  echo "look in $as_dir"
done
IFS=$as_save_IFS
     ;;
esac
echo "myself ${as_myself:-unknown}" >/dev/null
as_fn_set_status () { return $1; }
as_fn_exit () { set +e; as_fn_set_status $1; exit $1; }
as_fn_unset () { { eval $1=; unset $1;}; }
as_unset=as_fn_unset
as_fn_arith () { as_val=$(( $* )); }
as_fn_append () { eval $1+=\$2 2>/dev/null || eval $1=\$$1\$2; }
$as_unset FOO; echo "${FOO-unset}"
as_fn_arith 6 \* 7 && echo "$as_val"
(as_fn_exit 7); echo "status $?"
exitcode=0; as_fn_set_status 0 || { exitcode=1; echo broken; }
as_fn_set_status 1 && echo broken
test x$exitcode = x0 || echo broken
ac_cv_prog='a "quoted" $word'
case $as_nl in *\'*) echo broken ;; esac
for ac_var in ac_cv_prog as_nl; do
  eval ac_val=\$$ac_var
  case $ac_val in #(
  *${as_nl}*) echo "$ac_var has a newline" ;;
  *) echo "$ac_var='$ac_val'" ;;
  esac
done
ac_list=
for ac_arg
do
  case $ac_arg in
  *\'*) ac_arg=`echo "$ac_arg" | sed "s/'/'\\\\\\\\''/g"` ;;
  esac
  ac_list="$ac_list '$ac_arg'"
done
echo "list:$ac_list"
set x "it's" 'a b' '*'; shift
for ac_arg
do
  case $ac_arg in
  *\'*) ac_arg=`printf '%s\n' "$ac_arg" | sed "s/'/'\\\\\\\\''/g"` ;;
  esac
  ac_list="$ac_list '$ac_arg'"
done
eval "set x $ac_list"; shift
for i; do echo "[$i]"; done
work=$(mktemp -d) && cd "$work" || exit 1
trap 'cd /; rm -rf "$work"' 0
cat >confdefs.h <<_ACEOF
/* confdefs.h */
#define PACKAGE "${PACKAGE:-pkg}"
#define VERSION "`echo 1.0`"
#define PATH_SEP '\\'
_ACEOF
cat >>confdefs.h <<\_ACEOF
#define RAW "$HOME `x` \\"
_ACEOF
cat confdefs.h
cat >sub.sh <<_ASEOF
#! /bin/sh
# made by $as_myself
debug=\${1-false}
echo "debug=\$debug sum=\$((1 + $as_val))"
_ASEOF
. ./sub.sh
( set x yes; shift; . ./sub.sh )
if { ac_try='test -f confdefs.h'
  { { case "(($ac_try" in
  *\"* | *\`* | *\\*) ac_try_echo=\$ac_try;;
  *) ac_try_echo=$ac_try;;
esac
eval ac_try_echo="\"\$as_me:1: $ac_try_echo\""
echo "$ac_try_echo"; }
  (eval "$ac_try") 2>&5
  ac_status=$?
  echo "\$? = $ac_status"
  test $ac_status = 0; }; } 5>&1; then :
  echo found
else
  echo "not found"
fi
exec 6>&1 5>config.log
echo "to the log" >&5
echo "checking for everything... yes" >&6
(echo hidden; exit 3) >/dev/null 2>&1
echo "left with $?"
exec 6>/dev/null
echo nobody >&6
exec 5>&-
cat config.log
ac_subst='a b
c'
echo "$ac_subst" | while read -r first rest; do
  echo "first=$first rest=$rest"
done
expr "X/usr/lib/x.c" : 'X\(.*[^/]\)//*[^/][^/]*/*$' \| X/ : 'X\(/\)'
ac_dir=`(dirname "/a/b//") 2>/dev/null || echo none`; echo "$ac_dir"
case X"-DHAVE_x=1 -O2" in X*" "*-O2) echo optimised ;; X*) echo plain ;; esac
