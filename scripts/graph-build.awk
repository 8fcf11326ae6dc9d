# SPDX-License-Identifier: BSD-2-Clause
# Input, twice: O/build/times, lines "part step begin end" in seconds. Writes
# SVG: a bar a part from its first step to its last, in the order they began;
# prints the slowest by time spent.

{
	spent = $4 - $3
	if (FNR == NR) {
		if (!($1 in first) || $3 < first[$1])
			first[$1] = $3
		if ($4 > last[$1])
			last[$1] = $4
		total[$1] += spent
		if (start == "" || $3 < start)
			start = $3
		if ($4 > finish)
			finish = $4
	} else
		step[++steps] = $0
}

# Names in the order of a number, the smallest first.
function in_order(value, names,    n, name, i, j) {
	n = 0
	for (name in value) {
		for (i = n; i > 0 && value[names[i]] > value[name]; i--)
			names[i + 1] = names[i]
		names[i + 1] = name
		n++
	}
	return n
}

END {
	n = in_order(first, names)
	scale = finish > start ? 900 / (finish - start) : 1
	printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1100\" height=\"%d\" " \
	    "font-family=\"sans-serif\" font-size=\"10\">\n" \
	    "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n", n * 14 + 30 > SVG
	for (i = 1; i <= n; i++)
		row[names[i]] = i
	for (i = 1; i <= steps; i++) {
		split(step[i], word, " ")
		width = (word[4] - word[3]) * scale
		printf "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"10\" " \
		    "fill=\"%s\"><title>%s %s %.2f s</title></rect>\n", \
		    180 + (word[3] - start) * scale, row[word[1]] * 14, \
		    width < 0.5 ? 0.5 : width, word[2] ~ /^[A-Z]/ ? "#6a8fd0" : "#e0a040", \
		    word[1], word[2], word[4] - word[3] > SVG
	}
	for (i = 1; i <= n; i++)
		printf "<text x=\"4\" y=\"%d\">%s %.1f s</text>\n", i * 14 + 9, \
		    names[i], total[names[i]] > SVG
	print "</svg>" > SVG
	n = in_order(total, names)
	printf "%-24s %8s\n", "part", "seconds"
	for (i = n; i > 0 && i > n - 15; i--)
		printf "%-24s %8.2f\n", names[i], total[names[i]]
}
