/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Into the debugger and out of it: from a panic, a trap, a BREAK on the
 * console, and for the script on the kernel's command line.
 *
 * Each command runs inside debug_catch(); whatever goes wrong in it ends in
 * debug_throw(), for a fault by way of its trap frame.
 */
#include <arch/debug.h>
#include <arch/timer.h>

#include <boot/bootinfo.h>
#include <ddb/ddb.h>
#include <kern/debugger.h>
#include <kern/printf.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <kern/timeout.h>

struct trap_frame *ddb_frame;
vaddr_t ddb_fp;

static bool in_command;
static bool leaving;
static char script[DDB_LINE];
static const char *script_rest = script;
static struct timeout script_timeout;

void
ddb_error(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	debug_throw();
}

void
ddb_leave(void)
{
	leaving = true;
}

static void
run_line(void *line)
{
	ddb_command(line);
}

static void
run(char *line)
{
	in_command = true;
	(void)debug_catch(run_line, line);
	in_command = false;
}

void
debugger_enter(const char *why, struct trap_frame *frame)
{
	const struct thread *thread = current_thread();
	char line[DDB_LINE];

	if (in_command)
		debug_throw();
	ddb_break_off();
	ddb_frame = frame;
	ddb_fp = debug_frame_pointer();
	printf("\nddb: %s, thread %s; help tells what there is\n", why,
	    thread != NULL ? thread->name : "?");
	if (frame != NULL) {
		ddb_print_symbol(trap_frame_pc(frame));
		printf("\n");
	}
	leaving = false;
	while (!leaving) {
		ddb_read_line("ddb> ", line, sizeof(line));
		run(line);
	}
	ddb_frame = NULL;
	ddb_break_on(frame);
}

bool
debugger_catch(struct trap_frame *frame, uint64_t address)
{
	if (!in_command)
		return false;
	printf("fault at address %lx, in ", address);
	ddb_print_symbol(trap_frame_pc(frame));
	printf("\n");
	trap_frame_set_pc(frame, (vaddr_t)debug_throw);
	return true;
}

static void
run_script(void *unused)
{
	char line[DDB_LINE];

	(void)unused;
	printf("\n");
	ddb_break_off();
	ddb_fp = debug_frame_pointer();
	leaving = false;
	while (!leaving && ddb_script_next(&script_rest, line, sizeof(line))) {
		printf("ddb> %s\n", line);
		run(line);
	}
	ddb_break_on(NULL);
}

void
ddb_defer(uint64_t ms)
{
	if (*script_rest == '\0')
		ddb_error("nothing follows");
	timeout_init(&script_timeout, run_script, NULL);
	timeout_set(&script_timeout, clock_uptime_ns() + ms * 1000000);
	ddb_leave();
}

void
debugger_start(void)
{
	if (boot_option("ddb", script, sizeof(script)))
		run_script(NULL);
	if (boot_flag("ddb"))
		debugger_enter("asked for", NULL);
}
