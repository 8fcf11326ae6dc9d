/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The interface as one file of Rust that needs nothing but core: a module with
 * what all such files have alike, unless it is another file's, and those made
 * from the interface.
 */
#include "emit_rust.h"

static const char allowed[] =
    "#[allow(\n    clippy::all,\n    dead_code,\n    non_camel_case_types,\n    non_snake_case,\n    unused_imports,\n    unused_mut,\n    unused_unsafe\n)]\n";

static void
print_lines(FILE *f, const char *const *lines)
{
	for (; *lines != NULL; lines++)
		fprintf(f, "%s%s\n", **lines != '\0' ? "    " : "", *lines);
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
