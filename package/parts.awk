# SPDX-License-Identifier: BSD-2-Clause
# Writes DIR/<menu>.in: a Kconfig entry for each selectable part.
# Input, a line a part, fields by '|': menu, name, symbol, default, always,
# symbols it requires, Kconfig dependency, Config.in with more options, file
# whose head comment describes it, summary (if not the comment's first line).

BEGIN {
	FS = "|"
	split("servers userland tests package", menus, " ")
	for (i in menus)
		printf "" > (DIR "/" menus[i] ".in")
}

# The head comment: text between the first line that is " *" something and
# the end of that comment; the SPDX line is a comment of its own.
function read_head(file,    line, text, inside) {
	text = ""
	inside = 0
	while (file != "" && (getline line < file) > 0) {
		if (line ~ /SPDX-License-Identifier/)
			continue
		if (line ~ /^\/\*/) {
			inside = 1
			sub(/^\/\*[ \t]*/, "", line)
		}
		if (!inside)
			continue
		done = sub(/[ \t]*\*\/.*/, "", line)
		sub(/^ \*[ \t]?/, "", line)
		text = text (text == "" ? "" : "\n") line
		if (done)
			break
	}
	close(file)
	return text
}

# The line "help: ..." of a utility, else the first sentence on one line,
# without "name:" before it; at most `room` columns, cut between words.
function summary(text, name, room,    out) {
	if (match("\n" text, /\nhelp: [^\n]*/))
		text = substr(text, RSTART + 6, RLENGTH - 7)
	gsub(/\n/, " ", text)
	sub("^" name "( -|:| --)? +", "", text)
	out = text
	if (match(out, /[.;:]( |$)/))
		out = substr(out, 1, RSTART - 1)
	gsub(/["\\]/, "", out)
	if (length(out) > room) {
		out = substr(out, 1, room + 1)
		sub(/ [^ ]*$/, "", out)
	}
	sub(/[,:;]$/, "", out)
	return out
}

{
	if (NF == 0)
		next
	file = DIR "/" $1 ".in"
	text = read_head($9)
	what = $10 != "" ? $10 : summary(text, $2, 56 - length($2))
	if (what == "") {
		print $2 ": no head comment and no " $2 "_SUMMARY" > "/dev/stderr"
		exit 1
	}
	print "config " $3 > file
	if ($5 == "y")
		print "\tdef_bool y" > file
	else {
		print "\tbool \"" $2 ": " what "\"" > file
		print "\tdefault " $4 > file
	}
	count = split($6, needs, " ")
	for (i = 1; i <= count; i++)
		print "\tselect " needs[i] > file
	if ($7 != "")
		print "\tdepends on " $7 > file
	count = split(text != "" ? text : $10, lines, "\n")
	print "\thelp" > file
	for (i = 1; i <= count; i++)
		print (lines[i] == "" ? "" : "\t  " lines[i]) > file
	print "" > file
	if ($8 != "")
		print "if " $3 "\nsource \"" ($8 ~ /^\// ? "" : "$TOP/") $8 \
		    "\"\nendif\n" > file
}
