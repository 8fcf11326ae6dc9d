/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the library knows of its process: the ports it started with, the table
 * of descriptors, the signal page. A program that bootstrap started has none of
 * them; then proc is null and calls that need the process server give ENOSYS.
 */
#ifndef INTERNAL_PROCESS_H
#define INTERNAL_PROCESS_H

#include <mach/mach_types.h>

#include <servers/io_types.h>
#include <servers/process_types.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct process {
	mach_port_t proc;
	mach_port_t root;
	mach_port_t cwd;
	mode_t umask;
	struct signal_page *signals; /* never null */
	bool
	    console; /* started without descriptors: 1 and 2 are the kernel's */
};

extern struct process __process;

struct auxiliary {
	uint64_t type;
	uint64_t value;
};

/* Called by crt0 with the initial stack pointer. */
_Noreturn void __libc_start(uintptr_t *stack);

/* What the program was called as. */
void __program_name(char *name);

/* Take over what the auxiliary vector brings. */
void __process_init(const struct auxiliary *vector);

/* Point the signal page to the library's trampoline. */
void __signal_init(void);

/* Turn a server's or the kernel's code into errno. */
int __error_number(kern_return_t code);

/* 0 for success, else set errno and return -1. */
int __result(kern_return_t code);

/*
 * Has a call that may wait to be made again? True for one cut short by
 * signals that are all to restart; `interrupts` is __signal_interrupts before
 * the call.
 */
bool __restart(kern_return_t code, unsigned interrupts);

/* Counts handlers without SA_RESTART that cut a wait short. */
extern unsigned __signal_interrupts;
/* So many handlers without SA_RESTART have run, whatever was going on. */
extern unsigned __signal_handlers;

/* Give a right back. */
void __port_release(mach_port_t port);

#endif
