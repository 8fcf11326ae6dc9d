/* SPDX-License-Identifier: BSD-2-Clause */
/* Service files: see service.h. */
#include <string.h>

#include "service.h"

static const char *
take_words(struct service *service, char *value)
{
	size_t count = 0;
	char *rest = value;
	char *word;

	while ((word = strsep(&rest, " \t")) != NULL) {
		if (*word == '\0')
			continue;
		if (count == SERVICE_WORDS)
			return "too many words";
		service->words[count++] = word;
	}
	service->words[count] = NULL;
	if (count == 0 || service->words[0][0] != '/')
		return "exec= wants the path of a program";
	return NULL;
}

static const char *
take_names(char **names, char *value)
{
	size_t count = 0;
	char *rest = value;
	char *name;

	while ((name = strsep(&rest, ", ")) != NULL) {
		if (*name == '\0')
			continue;
		if (count == SERVICE_NEEDS)
			return "too many names";
		names[count++] = name;
	}
	names[count] = NULL;
	return NULL;
}

static const char *
take_pair(struct service *service, const char *key, char *value)
{
	if (strcmp(key, "exec") == 0)
		return take_words(service, value);
	if (strcmp(key, "needs") == 0)
		return take_names(service->needs, value);
	if (strcmp(key, "after") == 0)
		return take_names(service->after, value);
	if (strcmp(key, "provides") == 0) {
		service->provides = value;
	} else if (strcmp(key, "terminal") == 0) {
		service->terminal = value;
	} else if (strcmp(key, "restart") == 0) {
		service->restart = strcmp(value, "yes") == 0;
		if (!service->restart && strcmp(value, "no") != 0)
			return "restart= is yes or no";
	} else {
		return "unknown key: exec, needs, after, provides, terminal "
		       "and restart there are";
	}
	return NULL;
}

const char *
service_parse(struct service *service, char *text, unsigned *line)
{
	char *rest = text;
	char *at;

	service->text = text;
	*line = 0;
	while ((at = strsep(&rest, "\n")) != NULL) {
		char *value = strchr(at, '=');
		const char *wrong;

		++*line;
		if (*at == '\0' || *at == '#')
			continue;
		if (value == NULL)
			return "no key=value";
		*value++ = '\0';
		wrong = take_pair(service, at, value);
		if (wrong != NULL)
			return wrong;
	}
	if (service->words[0] == NULL)
		return "no exec=";
	return NULL;
}
