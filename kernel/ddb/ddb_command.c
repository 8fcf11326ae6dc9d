/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The commands there are. A word of a command may be cut short; the first one
 * it fits is meant, so a name that another one begins with comes before that.
 */
#include <arch/cpu.h>

#include <ddb/ddb.h>
#include <kern/printf.h>

static ddb_function help, leave, reboot, halt, after;

static const struct command {
	const char *name;
	ddb_function *function;
	const char *about;
} commands[] = {
    {"help", help, "this"},
    {"continue", leave, "leave the debugger"},
    {"trace", ddb_trace, "[THREAD]  calls it is in"},
    {"x", ddb_x, "[/nfs] ADDRESS [TASK]  memory: n of xducs, bhwg"},
    {"break", ddb_break, "[ADDRESS]  stop the kernel there; list"},
    {"watch", ddb_watch, "[/bhwg] ADDRESS  stop after a write"},
    {"delete", ddb_delete, "no stops"},
    {"step", ddb_step, "one instruction of the kernel"},
    {"ps", ddb_ps, "tasks and threads"},
    {"waits", ddb_waits, "who waits for whom"},
    {"show registers", ddb_show_registers, "[THREAD]"},
    {"show task", ddb_show_task, "TASK"},
    {"show tasks", ddb_show_tasks, ""},
    {"show thread", ddb_show_thread, "THREAD"},
    {"show port", ddb_show_port, "PORT"},
    {"show ports", ddb_show_ports, "TASK  its names"},
    {"show pset", ddb_show_pset, "PORT  a set"},
    {"show kmsg", ddb_show_kmsg, "ADDRESS  a message"},
    {"show map", ddb_show_map, "TASK"},
    {"show object", ddb_show_object, "ADDRESS  and its shadows"},
    {"show pages", ddb_show_pages, ""},
    {"show zones", ddb_show_zones, "object caches"},
    {"show runq", ddb_show_runq, "who can run"},
    {"show timeouts", ddb_show_timeouts, "what is to come"},
    {"show ktrace", ddb_show_ktrace, "[COUNT]  last events"},
    {"after", after, "MS  the rest of a script, later"},
    {"reboot", reboot, ""},
    {"halt", halt, "switch off"},
};

static void
help(const struct ddb_args *args)
{
	(void)args;
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		printf("%-14s %s\n", commands[i].name, commands[i].about);
	printf("ADDRESS: hexadecimal or a function, +-hexadecimal\n"
	       "TASK: name, #number, address; THREAD: TASK[.index], address\n"
	       "PORT: TASK:name, address; ctrl-C ends output\n");
}

static void
leave(const struct ddb_args *args)
{
	(void)args;
	ddb_leave();
}

static void
after(const struct ddb_args *args)
{
	uint64_t ms;

	if (args->count < 1 || !ddb_number(args->word[0], 10, &ms))
		ddb_error("how many milliseconds?");
	ddb_defer(ms);
}

static void
reboot(const struct ddb_args *args)
{
	(void)args;
	machine_reboot();
}

static void
halt(const struct ddb_args *args)
{
	(void)args;
	machine_poweroff();
}

void
ddb_command(char *line)
{
	struct ddb_args args;

	ddb_split(line, &args);
	if (args.count == 0)
		return;
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		unsigned words = ddb_match(commands[i].name, &args);

		if (words == 0)
			continue;
		args.count -= words;
		for (unsigned j = 0; j < args.count; j++)
			args.word[j] = args.word[j + words];
		commands[i].function(&args);
		return;
	}
	printf("no command %s: try help\n", args.word[0]);
}
