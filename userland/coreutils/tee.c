/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: tee [-ai] [FILE...]
 * help: copy input to output and to files
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("tee [-ai] [FILE...]", "copy input to output and to files");

struct sink {
	int fd; /* -1 after an error */
	const char *name;
};

static void
feed(struct sink *sinks, int count, const char *data, size_t size)
{
	int i;

	for (i = 0; i < count; i++) {
		if (sinks[i].fd < 0 || write_all(sinks[i].fd, data, size) == 0)
			continue;
		warn_errno(sinks[i].name);
		sinks[i].fd = -1;
	}
}

int
main(int argc, char **argv)
{
	static char buffer[65536];
	int flags = O_TRUNC;
	struct sink *sinks;
	int count = 1;
	int option;
	ssize_t n;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "ai")) != -1) {
		if (option == 'a')
			flags = O_APPEND;
		else if (option == 'i')
			signal(SIGINT, SIG_IGN);
		else
			util_usage_exit();
	}
	sinks = xmalloc(((size_t)argc + 1) * sizeof(*sinks));
	sinks[0] = (struct sink){STDOUT_FILENO, "standard output"};
	for (; optind < argc; optind++) {
		int fd = open(argv[optind], O_WRONLY | O_CREAT | flags, 0666);

		if (fd < 0)
			warn_errno(argv[optind]);
		sinks[count++] = (struct sink){fd, argv[optind]};
	}
	for (;;) {
		n = read(STDIN_FILENO, buffer, sizeof(buffer));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		feed(sinks, count, buffer, (size_t)n);
	}
	if (n < 0)
		warn_errno("standard input");
	return util_status;
}
