/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stops in the kernel: at an instruction, at an access to memory, after one
 * instruction. None are in force while the debugger runs. From an instruction
 * that has a stop the kernel goes on by one step without any, then with all.
 */
#include <arch/debug.h>
#include <arch/vm_param.h>

#include <ddb/ddb.h>
#include <kern/debugger.h>
#include <kern/printf.h>

static struct debug_point points[DEBUG_POINTS];
static bool stepping; /* by command */
static bool passing;  /* from an instruction that has a stop */

static bool
is_break(vaddr_t pc)
{
	for (unsigned i = 0; i < DEBUG_POINTS; i++)
		if (points[i].size != 0 && points[i].kind == DEBUG_BREAK &&
		    points[i].address == pc)
			return true;
	return false;
}

void
ddb_break_off(void)
{
	debug_points_load(NULL);
}

void
ddb_break_on(struct trap_frame *frame)
{
	passing = frame != NULL && !stepping && is_break(trap_frame_pc(frame));
	if (stepping || passing)
		debug_step(frame, true);
	else
		debug_points_load(points);
}

bool
debugger_trap(struct trap_frame *frame)
{
	const char *why = "watchpoint";

	debug_step(frame, false);
	if (passing) {
		passing = false;
		debug_points_load(points);
		return true;
	}
	if (stepping)
		why = "step";
	else if (is_break(trap_frame_pc(frame)))
		why = "breakpoint";
	stepping = false;
	debugger_enter(why, frame);
	return true;
}

static void
add(const struct debug_point *point)
{
	if (point->address < VM_MAX_ADDRESS || !debug_point_ok(point))
		ddb_error("this machine's kernel does not stop there");
	for (unsigned i = 0; i < DEBUG_POINTS; i++) {
		if (points[i].size != 0)
			continue;
		points[i] = *point;
		return;
	}
	ddb_error("no more than %u", DEBUG_POINTS);
}

static void
list(void)
{
	for (unsigned i = 0; i < DEBUG_POINTS; i++) {
		if (points[i].size == 0)
			continue;
		printf(
		    "%s ", points[i].kind == DEBUG_BREAK ? "break" : "watch");
		ddb_print_symbol(points[i].address);
		printf("\n");
	}
}

void
ddb_break(const struct ddb_args *args)
{
	if (args->count == 0) {
		list();
		return;
	}
	add(&(struct debug_point){
	    .kind = DEBUG_BREAK, .address = ddb_address(args, 0), .size = 1});
}

void
ddb_watch(const struct ddb_args *args)
{
	struct ddb_format format;

	if (!ddb_parse_format(args->format, &format))
		ddb_error("format is [bhwg]");
	add(&(struct debug_point){.kind = DEBUG_WRITE,
	    .address = ddb_address(args, 0),
	    .size = format.size});
}

void
ddb_delete(const struct ddb_args *args)
{
	(void)args;
	for (unsigned i = 0; i < DEBUG_POINTS; i++)
		points[i].size = 0;
}

void
ddb_step(const struct ddb_args *args)
{
	(void)args;
	if (ddb_frame == NULL)
		ddb_error("not from here: break somewhere first");
	stepping = true;
	ddb_leave();
}
