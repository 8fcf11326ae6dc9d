/* SPDX-License-Identifier: BSD-2-Clause */
/* From the start of a program to main(). */
#include <libmach/mach.h>
#include <stdlib.h>
#include <unistd.h>

#include "exit.h"
#include "process.h"

int main(int argc, char **argv, char **envp);

typedef void init_function_t(int, char **, char **);
typedef void fini_function_t(void);

/* The linker's tables of constructors and destructors. */
extern init_function_t *const __preinit_array_start[] __attribute__((weak));
extern init_function_t *const __preinit_array_end[] __attribute__((weak));
extern init_function_t *const __init_array_start[] __attribute__((weak));
extern init_function_t *const __init_array_end[] __attribute__((weak));
extern fini_function_t *const __fini_array_start[] __attribute__((weak));
extern fini_function_t *const __fini_array_end[] __attribute__((weak));

static void
run_constructors(int argc, char **argv)
{
	init_function_t *const *at;

	for (at = __preinit_array_start; at < __preinit_array_end; at++)
		(*at)(argc, argv, environ);
	for (at = __init_array_start; at < __init_array_end; at++)
		(*at)(argc, argv, environ);
}

void
__run_destructors(void)
{
	fini_function_t *const *at = __fini_array_end;

	while (at > __fini_array_start)
		(*--at)();
}

void
__libc_start(uintptr_t *stack)
{
	int argc = (int)stack[0];
	char **argv = (char **)(stack + 1);
	char **end;

	if (argc > 0)
		__program_name(argv[0]);
	environ = argv + argc + 1;
	for (end = environ; *end != NULL; end++)
		;
	mach_init();
	__process_init((const struct auxiliary *)(end + 1));
	run_constructors(argc, argv);
	exit(main(argc, argv, environ));
}
