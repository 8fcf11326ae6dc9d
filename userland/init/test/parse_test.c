/* SPDX-License-Identifier: BSD-2-Clause */
/* Service files: right ones, and what is said about wrong ones. */
#include <libtest/test.h>
#include <stdlib.h>
#include <string.h>

#include "service.h"

static unsigned line;

static const char *
parse(struct service *service, const char *text)
{
	memset(service, 0, sizeof(*service));
	return service_parse(service, strdup(text), &line);
}

static void
test_right(void)
{
	struct service service;

	ok(parse(&service,
	       "# A comment.\n\nexec=/sbin/x  -a b=c\nneeds=tty, devfs\n"
	       "after=a,b\n"
	       "provides=x\nterminal=/dev/console\nrestart=yes\n") == NULL,
	    "all keys");
	is_str(service.words[0], "/sbin/x", "the program");
	is_str(service.words[1], "-a", "its first argument");
	is_str(service.words[2], "b=c", "a = in a value");
	ok(service.words[3] == NULL, "and no more");
	is_str(service.needs[0], "tty", "one need");
	is_str(service.needs[1], "devfs", "and another");
	ok(service.needs[2] == NULL, "and no more");
	is_str(service.after[0], "a", "what it comes after");
	is_str(service.after[1], "b", "two names");
	is_str(service.provides, "x", "a name");
	is_str(service.terminal, "/dev/console", "a terminal");
	ok(service.restart, "and it is to go on");
	free(service.text);
	ok(parse(&service, "exec=/x") == NULL, "no new line at the end");
	ok(!service.restart && service.provides == NULL, "what is not said");
	free(service.text);
}

static void
refused(const char *text, unsigned where, const char *what)
{
	struct service service;
	const char *wrong = parse(&service, text);

	ok(wrong != NULL && line == where, what);
	free(service.text);
}

static void
test_wrong(void)
{
	refused("exec=/x\nexce=/y\n", 2, "an unknown key");
	refused("# x\nexec\n", 2, "no =");
	refused("exec=x\n", 1, "a program without a path");
	refused("exec=\n", 1, "no program");
	refused("exec=/x\nrestart=maybe\n", 2, "restart that is no word");
	refused("restart=yes\n", 2, "no exec= at all");
	refused("", 1, "an empty file");
	refused("exec=/x 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n", 1,
	    "too many words");
	refused("exec=/x\nneeds=1,2,3,4,5,6,7,8,9\n", 2, "too many needs");
}

int
main(void)
{
	test_right();
	test_wrong();
	return test_done();
}
