# SPDX-License-Identifier: BSD-2-Clause
# Input: parts.info. Writes SVG, the parts in columns: each stands right of all
# that it needs; prints who needs what. Parts without any relation are left out.

BEGIN { FS = "|" }

$1 != "" {
	part[++count] = $1
	needs[$1] = $6
	kind[$1] = $2
}

function depth(name,    i, n, list, deepest, d) {
	if (name in level)
		return level[name]
	level[name] = 0
	n = split(needs[name], list, " ")
	deepest = -1
	for (i = 1; i <= n; i++)
		if (list[i] in needs) {
			used[list[i]] = 1
			d = depth(list[i])
			if (d > deepest)
				deepest = d
		}
	level[name] = deepest + 1
	return level[name]
}

END {
	for (i = 1; i <= count; i++)
		depth(part[i])
	columns = 0
	rows = 0
	for (i = 1; i <= count; i++) {
		name = part[i]
		if (needs[name] == "" && !(name in used))
			continue
		x[name] = 20 + level[name] * 220
		y[name] = 20 + high[level[name]]++ * 26
		if (level[name] > columns)
			columns = level[name]
		if (high[level[name]] > rows)
			rows = high[level[name]]
		printf "%-20s %s\n", name, needs[name]
	}
	printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" " \
	    "font-family=\"sans-serif\" font-size=\"12\">\n" \
	    "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n", \
	    columns * 220 + 200, rows * 26 + 40 > SVG
	for (name in x) {
		n = split(needs[name], list, " ")
		for (i = 1; i <= n; i++)
			if (list[i] in x)
				printf "<path d=\"M%d %dC%d %d %d %d %d %d\" fill=\"none\" " \
				    "stroke=\"#99a\" stroke-width=\"0.7\"/>\n", x[name], \
				    y[name] + 10, x[name] - 40, y[name] + 10, x[list[i]] + 190, \
				    y[list[i]] + 10, x[list[i]] + 150, y[list[i]] + 10 > SVG
	}
	for (name in x)
		printf "<rect x=\"%d\" y=\"%d\" width=\"150\" height=\"20\" rx=\"3\" " \
		    "fill=\"%s\" stroke=\"#446\"/><text x=\"%d\" y=\"%d\">%s</text>\n", \
		    x[name], y[name], kind[name] ~ /PACKAGES/ ? "#fde9c8" : "#dde6f7", \
		    x[name] + 6, y[name] + 14, name > SVG
	print "</svg>" > SVG
}
