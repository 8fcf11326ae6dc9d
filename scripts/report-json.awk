# SPDX-License-Identifier: BSD-2-Clause
# Input: lines of parts.info with a sum (scripts/report). WHAT=info: a JSON
# object of all parts; WHAT=sbom: a CycloneDX 1.5 bill of materials, TIME in it.

function quote(text) {
	gsub(/\\/, "\\\\", text)
	gsub(/"/, "\\\"", text)
	return "\"" text "\""
}

function list(words,    count, parts, i, text) {
	count = split(words, parts, " ")
	for (i = 1; i <= count; i++)
		text = text (i > 1 ? ", " : "") quote(parts[i])
	return "[" text "]"
}

BEGIN { separator = "" }

{
	name[NR] = $1; kind[NR] = $2; version[NR] = $3; licence[NR] = $4
	site[NR] = $5; needs[NR] = $6; source[NR] = $7; folder[NR] = $8
	apt[NR] = $9; sum[NR] = $10
	known[$1] = 1
}

function is_package(i) {
	return kind[i] ~ /PACKAGES$/
}

function info(    i) {
	print "{"
	for (i = 1; i <= NR; i++) {
		printf "%s  %s: {\"kind\": %s, \"folder\": %s, \"licence\": %s", \
		    separator, quote(name[i]), quote(tolower(kind[i])), \
		    quote(folder[i]), quote(licence[i])
		if (is_package(i))
			printf ", \"version\": %s, \"source\": %s, \"sha256\": %s, " \
			    "\"site\": %s, \"distribution\": %s", quote(version[i]), \
			    quote(source[i]), quote(sum[i]), quote(site[i]), quote(apt[i])
		printf ", \"needs\": %s}", list(needs[i])
		separator = ",\n"
	}
	print "\n}"
}

# A licence is one identifier of SPDX, or an expression: of several, or of one
# that SPDX has no identifier for.
function licences(text) {
	if (text ~ / (OR|AND|WITH) |^LicenseRef-/)
		return "[{\"expression\": " quote(text) "}]"
	return "[{\"license\": {\"id\": " quote(text) "}}]"
}

function component(i) {
	printf "%s    {\n      \"type\": %s,\n      \"bom-ref\": %s,\n" \
	    "      \"name\": %s,\n      \"version\": %s,\n", separator, \
	    quote(kind[i] ~ /LIBRARIES/ ? "library" : kind[i] == "KERNELS" ? \
	    "operating-system" : kind[i] == "DATA" ? "file" : "application"), \
	    quote(name[i]), quote(name[i]), quote(version[i] == "" ? "0" : version[i])
	if (sum[i] != "")
		printf "      \"hashes\": [{\"alg\": \"SHA-256\", \"content\": %s}],\n", \
		    quote(sum[i])
	if (site[i] ~ /:\/\//)
		printf "      \"externalReferences\": [{\"type\": \"distribution\", " \
		    "\"url\": %s}],\n", quote(site[i] "/" source[i])
	printf "      \"licenses\": %s\n    }", licences(licence[i])
	separator = ",\n"
}

function known_of(words,    count, parts, i, text, seen) {
	count = split(words, parts, " ")
	for (i = 1; i <= count; i++)
		if (known[parts[i]] && !(parts[i] in seen)) {
			seen[parts[i]] = 1
			text = text " " parts[i]
		}
	return text
}

function sbom(    i) {
	print "{\n  \"bomFormat\": \"CycloneDX\",\n  \"specVersion\": \"1.5\","
	print "  \"version\": 1,\n  \"metadata\": {\n    \"timestamp\": " quote(TIME) ","
	print "    \"component\": {\"type\": \"operating-system\", " \
	    "\"bom-ref\": \"image\", \"name\": \"Mach_R\"}\n  },"
	print "  \"components\": ["
	for (i = 1; i <= NR; i++)
		component(i)
	print "\n  ],\n  \"dependencies\": ["
	separator = ""
	for (i = 1; i <= NR; i++) {
		printf "%s    {\"ref\": %s, \"dependsOn\": %s}", separator, \
		    quote(name[i]), list(known_of(needs[i]))
		separator = ",\n"
	}
	print "\n  ]\n}"
}

END {
	if (WHAT == "info")
		info()
	else
		sbom()
}
