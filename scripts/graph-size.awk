# SPDX-License-Identifier: BSD-2-Clause
# Input: lines "part bytes path". Writes SVG: a bar a part, the largest first;
# prints the same as a table.

{
	bytes[$1] += $2
	files[$1]++
	whole += $2
}

END {
	for (part in bytes) {
		for (i = n; i > 0 && bytes[names[i]] < bytes[part]; i--)
			names[i + 1] = names[i]
		names[i + 1] = part
		n++
	}
	printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1000\" height=\"%d\" " \
	    "font-family=\"sans-serif\" font-size=\"11\">\n" \
	    "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n", n * 16 + 30 > SVG
	printf "%-24s %6s %10s %6s\n", "part", "files", "bytes", "share"
	for (i = 1; i <= n; i++) {
		share = whole ? bytes[names[i]] / whole : 0
		printf "%-24s %6d %10d %5.1f%%\n", names[i], files[names[i]], \
		    bytes[names[i]], 100 * share
		printf "<rect x=\"180\" y=\"%d\" width=\"%.1f\" height=\"12\" " \
		    "fill=\"#6a8fd0\"/><text x=\"4\" y=\"%d\">%s</text>" \
		    "<text x=\"%.1f\" y=\"%d\">%.1f KB</text>\n", i * 16, \
		    700 * bytes[names[i]] / bytes[names[1]] + 0.5, i * 16 + 10, names[i], \
		    186 + 700 * bytes[names[i]] / bytes[names[1]], i * 16 + 10, \
		    bytes[names[i]] / 1024 > SVG
	}
	printf "%-24s %6s %10d\n", "all", "", whole
	print "</svg>" > SVG
}
