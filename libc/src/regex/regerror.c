/* SPDX-License-Identifier: BSD-2-Clause */
/* What a code of regcomp() and regexec() means. */
#include <regex.h>
#include <string.h>

static const char *const texts[] = {
    "Success",
    [REG_NOMATCH] = "No match",
    [REG_BADPAT] = "Invalid regular expression",
    [REG_ECOLLATE] = "Invalid collating element",
    [REG_ECTYPE] = "Invalid character class name",
    [REG_EESCAPE] = "Trailing backslash",
    [REG_ESUBREG] = "Invalid back reference",
    [REG_EBRACK] = "Unmatched [",
    [REG_EPAREN] = "Unmatched ( or )",
    [REG_EBRACE] = "Unmatched {",
    [REG_BADBR] = "Invalid contents of {}",
    [REG_ERANGE] = "Invalid range end",
    [REG_ESPACE] = "Out of memory",
    [REG_BADRPT] = "Nothing to repeat",
};

size_t
regerror(
    int code, const regex_t *restrict regex, char *restrict to, size_t size)
{
	const char *text = "Unknown error";

	(void)regex;
	if (code >= 0 && (size_t)code < sizeof(texts) / sizeof(texts[0]))
		text = texts[code];
	if (size > 0)
		strlcpy(to, text, size);
	return strlen(text) + 1;
}
