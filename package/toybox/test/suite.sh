# SPDX-License-Identifier: BSD-2-Clause
# toybox's own tests, for a POSIX shell. A file of them calls
#
#   testing NAME COMMAND OUTPUT INPUT STDIN    and testcmd, which puts the
#       command that the file is for before COMMAND; texts with \n and the like
#   optional OPTION, skipnot COMMAND, toyonly TEST...    what may be left out
#
# and reads $C, $CMDNAME, $FILES; $SKIP tests that follow are left out.

SKIP=0
FAILCOUNT=0

# What cannot be right here.
left_out()
{
	case $1 in
	# Its file is not in the distribution's archive.
	'bzcat 2 known files' | 'file java class' | 'file zip file' | \
	    'file Android '* | 'file ELF static fdpic' | 'file symlink'* | \
	    'file - '* | 'file ar') ;;
	# It asks stat for names, and install for a file, which are not here.
	'cpio -t preserve ownership' | 'tar replace dir with file') ;;
	# It wants a /proc in which nothing can be made.
	'mktemp -q '*) ;;
	# Without zlib, as here, toybox has one way to compress.
	'gzip -1 vs -9') ;;
	# It names an owner for the archive and expects the file's.
	'tar ownership') ;;
	# It wants 128 KiB of one argument, and megabytes of all.
	'xargs max argument size' | 'xargs big input forces split') ;;
	# fold is unfinished in toybox (toys/pending).
	'fold fold_test_'*) ;;
	*) return 1 ;;
	esac
}

testing()
{
	if [ $SKIP -gt 0 ]; then
		SKIP=$((SKIP - 1))
		return 0
	fi
	printf %b "$3" >expected
	rm -f input
	[ -z "$4" ] || printf %b "$4" >input
	printf %b "$5" | eval "$2" >actual
	result=$?
	[ $result -le 128 ] || echo "exited with $result" >>actual
	what="$CMDNAME ${1:-$2}"
	if ! left_out "$what"; then
		count=$((count + 1))
		if cmp -s expected actual; then
			command echo "ok $count - $what"
		else
			command echo "not ok $count - $what"
			diff -a expected actual 2>&1 | head -n 10 | sed 's/^/# /'
		fi
	fi
	rm -f input expected actual
}

testcmd()
{
	testing "${1:-$CMDNAME $2}" "\"$C\" $2" "$3" "$4" "$5"
}

# As bash has it; a line beyond the options is printf's.
echo()
{
	end='\n'
	format=%s
	while :; do
		case ${1-} in
		-n) end= ;;
		-e) format=%b ;;
		-ne | -en) end= format=%b ;;
		*) break ;;
		esac
		shift
	done
	printf "$format$end" "$*"
}

toyonly()
{
	"$@"
}

# Options of how it was built: all that it asks for are there.
optional()
{
	SKIP=0
}

skipnot()
{
	eval "$@" >/dev/null 2>&1 || SKIP=$((SKIP + 1))
}

# Users and groups that archives are made for, for as long as this takes.
cp /etc/passwd /tmp/toybox-passwd
cp /etc/group /tmp/toybox-group
echo nobody:x:65534:65534:nobody:/:/bin/sh >>/etc/passwd
printf '%s\n' sys:x:3: nogroup:x:65534: >>/etc/group

# The tests of each command that is toybox's here.
FILES=/tests/toybox/tests/files
export FILES
for file in /tests/toybox/tests/*.test; do
	CMDNAME=${file##*/}
	CMDNAME=${CMDNAME%.test}
	C=/tests/toybox/bin/$CMDNAME
	[ -L $C ] || continue
	rm -rf $work
	mkdir $work
	cd $work
	SKIP=0
	# What a POSIX shell cannot read ends this one only.
	(
		trap 'command echo $count >/tmp/toybox-count' EXIT
		. $file
	)
	read -r count </tmp/toybox-count
done
cp /tmp/toybox-passwd /etc/passwd
cp /tmp/toybox-group /etc/group
rm /tmp/toybox-*
