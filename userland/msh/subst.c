/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Command substitution: the command in a subshell, its output through a
 * pipe into a string, less the newlines at its end.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "msh.h"

static void
read_output(int fd, struct strbuf *sb)
{
	char buffer[1024];
	ssize_t n;

	for (;;) {
		ssize_t i;

		n = read(fd, buffer, sizeof(buffer));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		if (memchr(buffer, '\0', (size_t)n) == NULL) {
			strbuf_append(sb, buffer, (size_t)n);
			continue;
		}
		for (i = 0; i < n; i++)
			if (buffer[i] != '\0')
				strbuf_add(sb, buffer[i]);
	}
}

char *
command_output(const struct node *node)
{
	struct strbuf sb;
	struct job *job;
	int ends[2];

	strbuf_init(&sb, sh.tmp);
	sh.substitution_status = 0;
	if (node == NULL)
		return strbuf_text(&sb);
	if (pipe(ends) != 0)
		shell_error(2, "pipe: %s", strerror(errno));
	job = job_new(node, 1);
	if (job_fork_plain(job, ends) == 0) {
		close(ends[0]);
		if (ends[1] != STDOUT_FILENO) {
			dup2(ends[1], STDOUT_FILENO);
			close(ends[1]);
		}
		shell_exit(exec_node(node, EXEC_LAST));
	}
	close(ends[1]);
	read_output(ends[0], &sb);
	close(ends[0]);
	sh.substitution_status = job_wait(job);
	while (sb.length > 0 && sb.text[sb.length - 1] == '\n')
		sb.text[--sb.length] = '\0';
	return strbuf_text(&sb);
}
