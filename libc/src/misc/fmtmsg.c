/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fmtmsg(): a message of up to five parts. On standard error only those are
 * shown that the environment's MSGVERB names; on the console all are.
 */
#include <fcntl.h>
#include <fmtmsg.h>
#include <paths.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LABEL, SEVERITY, TEXT, ACTION, TAG, PARTS };

#define ALL_PARTS ((1U << PARTS) - 1)

static const char *const keywords[PARTS] = {
    "label", "severity", "text", "action", "tag"};

/* The parts a list of keywords names; what is no such list names all. */
static unsigned
parts_of(const char *list)
{
	unsigned parts = 0;

	if (list == NULL || *list == '\0')
		return ALL_PARTS;
	for (;;) {
		size_t length = strcspn(list, ":");
		int part = 0;

		while (part < PARTS &&
		       (strlen(keywords[part]) != length ||
			   memcmp(keywords[part], list, length) != 0))
			part++;
		if (part == PARTS)
			return ALL_PARTS;
		parts |= 1U << part;
		if (list[length] == '\0')
			return parts;
		list += length + 1;
	}
}

static const char *
severity_name(int severity)
{
	static const char *const names[] = {
	    [MM_HALT] = "HALT",
	    [MM_ERROR] = "ERROR",
	    [MM_WARNING] = "WARNING",
	    [MM_INFO] = "INFO",
	};

	return severity >= MM_HALT && severity <= MM_INFO ? names[severity]
							  : NULL;
}

/* Returns whether all was written. */
static bool
show(int fd, const char *const part[PARTS], unsigned shown)
{
	const char *p[PARTS];
	const char *between = "";
	const char *line = "";

	for (int i = 0; i < PARTS; i++)
		p[i] = (shown & 1U << i) != 0 ? part[i] : NULL;
	if (p[LABEL] != NULL && (p[SEVERITY] != NULL || p[TEXT] != NULL))
		between = ": ";
	if (p[LABEL] != NULL || p[SEVERITY] != NULL || p[TEXT] != NULL)
		line = "\n";
	if (p[ACTION] == NULL && p[TAG] == NULL)
		line = "";
#define OR_NONE(s) ((s) != NULL ? (s) : "")
	return dprintf(fd, "%s%s%s%s%s%s%s%s%s%s\n", OR_NONE(p[LABEL]), between,
		   OR_NONE(p[SEVERITY]),
		   p[SEVERITY] != NULL && p[TEXT] != NULL ? ": " : "",
		   OR_NONE(p[TEXT]), line, p[ACTION] != NULL ? "TO FIX: " : "",
		   OR_NONE(p[ACTION]),
		   p[ACTION] != NULL && p[TAG] != NULL ? "  " : "",
		   OR_NONE(p[TAG])) >= 0;
}

/* Writes, so it may block. Returns what could not be: MM_NOMSG, MM_NOCON. */
int
fmtmsg(long class, const char *label, int severity, const char *text,
    const char *action, const char *tag)
{
	const char *const part[PARTS] = {
	    label, severity_name(severity), text, action, tag};
	int result = MM_OK;

	if ((class & MM_CONSOLE) != 0) {
		int fd = open(_PATH_CONSOLE, O_WRONLY | O_NOCTTY | O_CLOEXEC);

		if (fd < 0 || !show(fd, part, ALL_PARTS))
			result |= MM_NOCON;
		if (fd >= 0)
			close(fd);
	}
	if ((class & MM_PRINT) != 0 &&
	    !show(STDERR_FILENO, part, parts_of(getenv("MSGVERB"))))
		result |= MM_NOMSG;
	return result == (MM_NOMSG | MM_NOCON) ? MM_NOTOK : result;
}
