/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Runs every script of scripts/ with msh and with the host's dash, as a file
 * and on standard input, and compares output and status. Scripts of expect/
 * have their expected output beside them, for what dash does not do or gets
 * wrong. This program is msh itself when it is called with arguments.
 */
#include <dirent.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libtest/test.h"

#undef main

int msh_main(int argc, char **argv);

static char self[4096];
static char work[] = "/tmp/msh_corpus.XXXXXX";

/* Run `command`; its output and status go to work/name. */
static void
run(const char *command, const char *name)
{
	char line[8192];
	FILE *file;
	int status;

	snprintf(line, sizeof(line), "(%s) >%s/%s 2>%s/err", command, work,
	    name, work);
	status = system(line);
	snprintf(line, sizeof(line), "%s/%s", work, name);
	file = fopen(line, "a");
	if (file == NULL)
		exit(2);
	fprintf(file, "status %d\n",
	    WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + status);
	fclose(file);
}

/* A sanitizer's words on stderr are a failure whatever the output. */
static bool
same(const char *want, const char *what)
{
	char line[8192];
	bool pass;

	snprintf(line, sizeof(line),
	    "cmp -s %s %s/got && ! grep -q -e Sanitizer -e 'runtime error' "
	    "%s/err",
	    want, work, work);
	pass = ok(system(line) == 0, what);
	if (!pass) {
		snprintf(line, sizeof(line),
		    "diff %s %s/got | head -20 | sed 's/^/# /';"
		    "grep -A12 Sanitizer %s/err | sed 's/^/# /'",
		    want, work, work);
		if (system(line) != 0)
			printf("# no difference to show\n");
	}
	return pass;
}

static void
compare_with_dash(const char *script, bool on_stdin)
{
	char command[8192];
	char want[64];
	char what[256];

	snprintf(want, sizeof(want), "%s/want", work);
	snprintf(command, sizeof(command), "timeout 60 dash %s %s",
	    on_stdin ? "<" : "", script);
	run(command, "want");
	snprintf(command, sizeof(command), "timeout 60 %s/msh %s %s", work,
	    on_stdin ? "<" : "", script);
	run(command, "got");
	snprintf(what, sizeof(what), "%s%s", on_stdin ? "< " : "", script);
	same(want, what);
}

static void
compare_with_file(const char *script)
{
	char command[8192];
	char want[512];

	snprintf(
	    command, sizeof(command), "timeout 60 %s/msh < %s", work, script);
	run(command, "got");
	snprintf(
	    want, sizeof(want), "%.*s.out", (int)strlen(script) - 3, script);
	same(want, script);
}

static void
each_script(const char *directory, bool dash)
{
	struct dirent **entries;
	int count = scandir(directory, &entries, NULL, alphasort);
	int i;

	for (i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;
		size_t length = strlen(name);
		char path[512];

		snprintf(path, sizeof(path), "%s/%s", directory, name);
		if (length > 3 && strcmp(name + length - 3, ".sh") == 0) {
			if (dash) {
				compare_with_dash(path, false);
				compare_with_dash(path, true);
			} else {
				compare_with_file(path);
			}
		}
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	ok(count > 2, directory);
}

int
main(int argc, char **argv)
{
	const char *base = strrchr(argv[0], '/');
	char command[8192];
	ssize_t length;

	base = base != NULL ? base + 1 : argv[0];
	if (strcmp(base, "msh_corpus_test") != 0)
		return msh_main(argc, argv);
	length = readlink("/proc/self/exe", self, sizeof(self) - 1);
	if (length < 0 || mkdtemp(work) == NULL)
		return 2;
	snprintf(command, sizeof(command), "%s/msh", work);
	if (symlink(self, command) != 0)
		return 2;
	each_script("userland/msh/test/scripts", true);
	each_script("userland/msh/test/expect", false);
	snprintf(command, sizeof(command), "rm -r %s", work);
	ok(system(command) == 0, "cleaned up");
	return test_done();
}
