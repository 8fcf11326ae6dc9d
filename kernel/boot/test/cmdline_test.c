/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Options on the kernel's command line.
 */
#include <boot/bootinfo.h>
#include <libtest/test.h>

struct bootinfo bootinfo;

static void
set(const char *line)
{
	snprintf(bootinfo.cmdline, sizeof(bootinfo.cmdline), "%s", line);
}

int
main(void)
{
	char value[8] = "before";

	set("");
	ok(!boot_flag("quiet"), "nothing in an empty line");
	ok(!boot_option("console", value, sizeof(value)), "no option either");
	is_str(value, "before", "and the value is left alone");

	set("  quiet console=com2  panic=reboot last");
	ok(boot_flag("quiet"), "a flag");
	ok(boot_flag("last"), "the last flag");
	ok(!boot_flag("qui"), "a beginning is no flag");
	ok(!boot_flag("console"), "an option is no flag");
	ok(boot_flag("panic=reboot"), "unless its value is asked for");
	ok(boot_option("console", value, sizeof(value)), "an option");
	is_str(value, "com2", "its value");
	ok(!boot_option("onsole", value, sizeof(value)), "not inside a word");

	set("a=1 a=123456789 empty= q=\"x y\" z");
	ok(boot_option("a", value, sizeof(value)), "given twice");
	is_str(value, "1234567", "the last one counts, cut to size");
	ok(boot_option("empty", value, sizeof(value)), "an empty value");
	is_str(value, "", "is empty");
	ok(boot_option("q", value, sizeof(value)), "a quoted value");
	is_str(value, "x y", "without its quotes");
	ok(boot_flag("z"), "words after it are found");
	ok(!boot_option("q", value, 0), "no room, no value");
	return test_done();
}
