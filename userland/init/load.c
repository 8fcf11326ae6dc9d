/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading /etc/services. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "init.h"

#define FILE_MAX 4096

/* The text of a file, NULL with errno if it cannot be read. */
static char *
read_file(const char *path)
{
	char *text = malloc(FILE_MAX + 1);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t size = -1;

	if (text != NULL && fd >= 0)
		size = read(fd, text, FILE_MAX);
	if (fd >= 0)
		close(fd);
	if (size < 0) {
		free(text);
		return NULL;
	}
	text[size] = '\0';
	return text;
}

static struct service *
load_service(const char *folder, const char *name)
{
	struct service *service = calloc(1, sizeof(*service));
	char path[PATH_MAX];
	const char *wrong;
	unsigned line;
	char *text;

	if (service == NULL)
		return NULL;
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	text = read_file(path);
	service->name = strdup(name);
	if (text == NULL || service->name == NULL) {
		say("init: %s: %s\n", path, strerror(errno));
		free(text);
		free(service->name);
		free(service);
		return NULL;
	}
	wrong = service_parse(service, text, &line);
	if (wrong == NULL)
		return service;
	say("init: %s:%u: %s; the service is left out\n", path, line, wrong);
	free(service->text);
	free(service->name);
	free(service);
	return NULL;
}

struct service *
services_load(const char *folder)
{
	struct service *services = NULL;
	DIR *dir = opendir(folder);
	struct dirent *entry;

	if (dir == NULL) {
		say("init: %s: %s\n", folder, strerror(errno));
		return NULL;
	}
	while ((entry = readdir(dir)) != NULL) {
		struct service **link = &services;
		struct service *service;

		if (entry->d_name[0] == '.')
			continue;
		service = load_service(folder, entry->d_name);
		if (service == NULL)
			continue;
		while (
		    *link != NULL && strcmp((*link)->name, service->name) < 0)
			link = &(*link)->next;
		service->next = *link;
		*link = service;
	}
	closedir(dir);
	return services;
}
