/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The interface as one file of Rust that needs nothing but core: a module with
 * what all such files have alike, unless it is another file's, and those made
 * from the interface.
 */
#include "emit_rust.h"

#include <string.h>

static const char allowed[] =
    "#[allow(\n    clippy::all,\n    dead_code,\n    non_camel_case_types,\n    non_snake_case,\n    unused_imports,\n    unused_mut,\n    unused_unsafe\n)]\n";

/* Lines that begin with @64 or @32 are of formats with such pointers. */
static void
print_lines(FILE *f, const char *const *lines)
{
	const char *mark = mig_abi->pointer_size == 8 ? "@64" : "@32";

	for (; *lines != NULL; lines++) {
		const char *line = *lines;

		if (*line == '@' && strncmp(line, mark, 3) != 0)
			continue;
		if (*line == '@')
			line += 3;
		fprintf(f, "%s%s\n", *line != '\0' ? "    " : "", line);
	}
}

/* A module; its contents come from `print`. */
static void
print_module(FILE *f, const struct interface *interface, const char *name,
    void (*print)(FILE *, const struct interface *))
{
	fprintf(f, "\n%spub mod %s {\n    use super::mig;\n", allowed, name);
	print(f, interface);
	fputs("}\n", f);
}

static void
print_support(FILE *f, const struct interface *interface)
{
	if (interface->rust_use != NULL) {
		fprintf(f, "\n#[allow(unused_imports)]\npub use %s as mig;\n",
		    interface->rust_use);
		return;
	}
	fprintf(f,
	    "\n/// Ports, rights, memory and messages: the same for every subsystem.\n%spub mod mig {\n",
	    allowed);
	print_lines(f, rust_support_rights);
	print_lines(f, rust_support_data);
	print_lines(f, rust_support_message);
	print_lines(f, rust_support_call);
	fputs("}\n", f);
}

/* The whole file of Rust. */
void
emit_rust(FILE *f, const struct interface *interface)
{
	fprintf(f, "// Subsystem %s %u. Made by mig: do not edit.\n",
	    interface->name, interface->base);
	print_support(f, interface);
	print_module(f, interface, "types", rust_types);
	print_module(f, interface, "wire", rust_wire);
	print_module(f, interface, "user", rust_user);
	print_module(f, interface, "server", rust_server);
}
