/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The debugger, to itself. It runs with interrupts off on the stack it finds,
 * allocates nothing, and waits for the console by polling. A command may do
 * what it likes with the addresses it is given: a fault, a panic, ddb_error()
 * or ctrl-C at the console lead back to the prompt.
 */
#ifndef DDB_DDB_H
#define DDB_DDB_H

#include <arch/trap.h>
#include <arch/types.h>

#include <stdbool.h>
#include <stddef.h>

#define DDB_WORDS 8
#define DDB_LINE  256

struct task;
struct thread;

/* A command's line: its words, and what stood behind a / of the first. */
struct ddb_args {
	unsigned count;
	const char *word[DDB_WORDS];
	const char *format;
};

/* How x shows memory. */
struct ddb_format {
	unsigned count;
	char letter;   /* x, d, u, c or s */
	unsigned size; /* of one, in bytes */
};

/* Why the debugger was entered, and where; NULL frame: see ddb_fp. */
extern struct trap_frame *ddb_frame;
extern vaddr_t ddb_fp;

/* ddb.c: end the command with a message. */
extern _Noreturn void ddb_error(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* The debugger is to be left when the command is over. */
extern void ddb_leave(void);

/* The rest of the script in `ms` milliseconds. */
extern void ddb_defer(uint64_t ms);

/* ddb_line.c: read a line; and, between lines of output, look for ctrl-C. */
extern void ddb_read_line(const char *prompt, char *line, size_t size);
extern void ddb_poll(void);

/* ddb_command.c: find and run the command of a line, which is changed. */
extern void ddb_command(char *line);

/* ddb_parse.c; all but ddb_address() work without the kernel around them. */
extern void ddb_split(char *line, struct ddb_args *args);
extern bool ddb_number(const char *text, unsigned base, uint64_t *value);
extern bool ddb_parse_format(const char *text, struct ddb_format *format);
/* How many words of the line the command's name takes; 0: another one. */
extern unsigned ddb_match(const char *name, const struct ddb_args *args);
/* The next command of a script, up to a semicolon; false: it is over. */
extern bool ddb_script_next(const char **script, char *line, size_t size);

/* ddb_find.c: what a word names; ddb_error() if nothing or no word. */
extern uint64_t ddb_address(const struct ddb_args *args, unsigned index);
extern struct task *ddb_task(const struct ddb_args *args, unsigned index);
extern struct thread *ddb_thread(const struct ddb_args *args, unsigned index);

/* The task after `task` in the list of all, ctrl-C looked for; NULL: none. */
extern struct task *ddb_task_next(struct task *task);

/* `address` as function+offset if it is one's, else as a number. */
extern void ddb_print_symbol(vaddr_t address);

/* ddb_break.c: no stops while the debugger runs; all when it is left. */
extern void ddb_break_off(void);
extern void ddb_break_on(struct trap_frame *frame);

/* ddb_task.c: what a thread is doing, without a line's end. */
extern void ddb_print_thread(struct thread *thread);

/* ddb_user.c: where a thread is in user mode, and by which calls. */
extern void ddb_trace_user(const struct thread *thread);

/* The commands. */
typedef void ddb_function(const struct ddb_args *args);
extern ddb_function ddb_x, ddb_trace, ddb_show_registers;
extern ddb_function ddb_ps, ddb_show_tasks, ddb_show_task, ddb_show_thread;
extern ddb_function ddb_show_runq, ddb_show_timeouts;
extern ddb_function ddb_show_ports, ddb_show_port, ddb_show_pset, ddb_show_kmsg;
extern ddb_function ddb_show_map, ddb_show_object, ddb_show_pages;
extern ddb_function ddb_show_zones, ddb_waits, ddb_show_ktrace;
extern ddb_function ddb_break, ddb_watch, ddb_delete, ddb_step;

#endif
