/* SPDX-License-Identifier: BSD-2-Clause */
/* getdate(): a date in one of the forms that the file named by DATEMSK lists.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The values of getdate_err. */
enum { NO_VARIABLE = 1, CANNOT_OPEN = 2, READ_ERROR = 5, NO_MATCH = 7 };

int getdate_err;

/* Where the text says nothing, today. */
static void
start_today(struct tm *date)
{
	time_t now = time(NULL);

	localtime_r(&now, date);
	date->tm_hour = date->tm_min = date->tm_sec = 0;
	date->tm_isdst = -1;
}

static bool
matches(const char *text, char *line, struct tm *date)
{
	const char *end;

	line[strcspn(line, "\n")] = '\0';
	if (*line == '\0')
		return false;
	start_today(date);
	end = strptime(text, line, date);
	return end != NULL && *end == '\0' && mktime(date) != -1;
}

struct tm *
getdate(const char *text)
{
	static struct tm date;
	const char *path = getenv("DATEMSK");
	char line[256];
	FILE *file;
	bool found = false;

	if (path == NULL || *path == '\0') {
		getdate_err = NO_VARIABLE;
		return NULL;
	}
	file = fopen(path, "re");
	if (file == NULL) {
		getdate_err = CANNOT_OPEN;
		return NULL;
	}
	while (!found && fgets(line, sizeof(line), file) != NULL)
		found = matches(text, line, &date);
	getdate_err = ferror(file) ? READ_ERROR : NO_MATCH;
	fclose(file);
	return found ? &date : NULL;
}
