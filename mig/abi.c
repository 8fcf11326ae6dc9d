/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The message formats stubs are made for. Two families: untyped messages have
 * descriptors for ports and memory only, before the data; typed ones have a
 * descriptor before every item. What differs between members of a family is in
 * this table and nowhere else.
 */
#include <string.h>

#include "mig.h"

static const struct abi abis[] = {
    {.name = "untyped-lp64",
	.machine = "x86_64",
	.pointer_size = 8,
	.header_size = 24,
	.align = 4,
	.scalar_align = 8,
	.port_size = 4,
	.ool_size = 16},
    {.name = "untyped-ilp32",
	.machine = "i386",
	.pointer_size = 4,
	.header_size = 24,
	.align = 4,
	.scalar_align = 8,
	.port_size = 4,
	.ool_size = 12},
    {.name = "typed-x86_64",
	.typed = true,
	.wide_type = true,
	.machine = "x86_64",
	.pointer_size = 8,
	.header_size = 32,
	.align = 8,
	.scalar_align = 8,
	.port_size = 8,
	.type_size = 8,
	.long_type_size = 8},
    {.name = "typed-i386",
	.typed = true,
	.machine = "i386",
	.pointer_size = 4,
	.header_size = 24,
	.align = 4,
	.scalar_align = 4,
	.port_size = 4,
	.type_size = 4,
	.long_type_size = 12},
    /* What Debian 12 ships; the format of no released system. */
    {.name = "typed-x86_64-2022",
	.typed = true,
	.machine = "x86_64",
	.pointer_size = 8,
	.header_size = 32,
	.align = 4,
	.scalar_align = 4,
	.port_size = 4,
	.type_size = 4,
	.long_type_size = 12},
};

/* Machines by the beginning of their names, the longer ones first. */
static const struct machine {
	const char *name;
	bool narrow;
	const char *macros[4];
} machines[] = {
    {"x86_64", false, {"__x86_64__", "__LP64__"}},
    {"amd64", false, {"__x86_64__", "__LP64__"}},
    {"i386", true, {"__i386__"}},
    {"i486", true, {"__i386__"}},
    {"i586", true, {"__i386__"}},
    {"i686", true, {"__i386__"}},
    {"arm64_32", true, {"__arm64__"}},
    {"arm64", false, {"__arm64__", "__aarch64__", "__LP64__"}},
    {"aarch64", false, {"__arm64__", "__aarch64__", "__LP64__"}},
    {"arm", true, {"__arm__"}},
    {"riscv64", false, {"__riscv", "__LP64__"}},
    {"riscv", true, {"__riscv"}},
    {"ppc64", false, {"__ppc64__", "__POWERPC__", "__LP64__"}},
    {"ppc", true, {"__ppc__", "__POWERPC__"}},
    {"", false, {"__LP64__"}},
};

const struct abi *mig_abi = &abis[0];
const char *const *mig_macros = machines[0].macros;

static const struct machine *
find_machine(const char *name)
{
	const struct machine *machine = machines;

	while (strncmp(machine->name, name, strlen(machine->name)) != 0)
		machine++;
	return machine;
}

/* Make the format of this name the current one; false if there is none. */
bool
abi_choose(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(abis) / sizeof(abis[0]); i++) {
		if (strcmp(abis[i].name, name) != 0)
			continue;
		mig_abi = &abis[i];
		mig_macros = find_machine(mig_abi->machine)->macros;
		return true;
	}
	return false;
}

/* The format of a machine's messages, of the family already chosen. */
void
abi_choose_machine(const char *name)
{
	const struct machine *machine = find_machine(name);

	if (mig_abi->typed)
		(void)abi_choose(
		    machine->narrow ? "typed-i386" : "typed-x86_64");
	else
		(void)abi_choose(
		    machine->narrow ? "untyped-ilp32" : "untyped-lp64");
	mig_macros = machine->macros;
}

/* Does a name have MACHINE-gnu-mig's form, of the Hurd and not of Linux? */
static bool
is_gnu(const char *name)
{
	const char *system = strstr(name, "-gnu");

	if (system == NULL || strstr(name, "linux") != NULL)
		return false;
	system += strlen("-gnu");
	system += strspn(system, "0123456789.");
	return strncmp(system, "-mig", 4) == 0;
}

/*
 * Choose by the name the program was called by, or leave the native one. True
 * if it is one of Apple's systems', MACHINE-apple-SYSTEM-mig.
 */
bool
abi_choose_by_program(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash != NULL ? slash + 1 : path;

	if (is_gnu(name)) {
		(void)abi_choose("typed-x86_64");
		abi_choose_machine(name);
		return false;
	}
	if (strstr(name, "-apple-") == NULL)
		return false;
	abi_choose_machine(name);
	return true;
}

/* All names, for messages: `a, b, c`. */
const char *
abi_names(void)
{
	const char *text = abis[0].name;
	size_t i;

	for (i = 1; i < sizeof(abis) / sizeof(abis[0]); i++)
		text = mem_format("%s, %s", text, abis[i].name);
	return text;
}

/* The bytes of a right in a message: in a kernel it is a pointer. */
uint32_t
abi_port_size(const struct interface *interface)
{
	if (mig_abi->typed &&
	    (interface->kernel_user || interface->kernel_server))
		return mig_abi->pointer_size;
	return mig_abi->port_size;
}
