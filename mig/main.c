/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mig: reads an interface definition, writes C headers and message stubs.
 */
#include <string.h>

#include "options.h"

/* Where builds of systems with typed messages look: BASE-mig.d, here. */
static const char *
gnu_dependencies(const char *file)
{
	const char *slash = strrchr(file, '/');
	const char *base = slash != NULL ? slash + 1 : file;
	const char *dot = strrchr(base, '.');

	if (dot == NULL)
		dot = base + strlen(base);
	return mem_format("%.*s-mig.d", (int)(dot - base), base);
}

/* Names of outputs that were not given. */
static void
default_outputs(struct options *o, const struct interface *interface)
{
	struct output *outputs = o->outputs;
	int i;

	if (!o->no_defaults) {
		if (outputs[OUT_HEADER].path == NULL)
			outputs[OUT_HEADER].path =
			    mem_format("%s.h", interface->name);
		if (outputs[OUT_USER].path == NULL)
			outputs[OUT_USER].path =
			    mem_format("%sUser.c", interface->name);
		if (outputs[OUT_SERVER].path == NULL)
			outputs[OUT_SERVER].path =
			    mem_format("%sServer.c", interface->name);
	}
	if (!o->dependencies || outputs[OUT_DEPENDENCIES].path != NULL)
		return;
	if (mig_abi->typed) {
		outputs[OUT_DEPENDENCIES].path = gnu_dependencies(o->file);
		return;
	}
	for (i = 0; i < OUT_DEPENDENCIES; i++) {
		const char *path = outputs[i].path;
		const char *dot;

		if (path == NULL || !output_wanted(&outputs[i]))
			continue;
		dot = strrchr(path, '.');
		if (dot == NULL || strchr(dot, '/') != NULL)
			dot = path + strlen(path);
		outputs[OUT_DEPENDENCIES].path =
		    mem_format("%.*s.d", (int)(dot - path), path);
		return;
	}
}

/* Every routine's user stub in a file of its own. */
static int
emit_each(const char *prefix, const struct interface *interface,
    struct output *outputs)
{
	const struct routine *r;
	int count = 0;

	for (r = interface->routines; r != NULL; r = r->next) {
		struct interface alone = *interface;
		struct routine routine = *r;
		FILE *f;

		routine.next = NULL;
		alone.routines = &routine;
		outputs[count].path = mem_format("%s%s.c", prefix, r->name);
		f = output_open(&outputs[count++]);
		if (mig_abi->typed)
			typed_user(f, &alone);
		else
			emit_user(f, &alone);
	}
	return count;
}

static void
write_outputs(struct options *o, const struct interface *interface)
{
	void (*const emitters[OUT_DEPENDENCIES])(
	    FILE *, const struct interface *) = {
	    [OUT_HEADER] =
		mig_abi->typed ? typed_user_header : emit_user_header,
	    [OUT_SHEADER] =
		mig_abi->typed ? typed_server_header : emit_server_header,
	    [OUT_IHEADER] =
		mig_abi->typed ? typed_server_header : emit_server_header,
	    [OUT_DHEADER] = emit_numbers,
	    [OUT_USER] = mig_abi->typed ? typed_user : emit_user,
	    [OUT_SERVER] = mig_abi->typed ? typed_server : emit_server,
	    [OUT_LIST] = emit_list,
	    [OUT_JSON] = emit_json,
	    [OUT_DOC] = emit_doc,
	    [OUT_RUST] = emit_rust,
	};
	struct output *all =
	    mem_alloc((OUT_COUNT + interface->end) * sizeof(*all));
	int count = OUT_COUNT;
	int i;

	memcpy(all, o->outputs, sizeof(o->outputs));
	for (i = 0; i < OUT_DEPENDENCIES; i++)
		if (output_wanted(&all[i]))
			emitters[i](output_open(&all[i]), interface);
	if (o->each != NULL)
		count += emit_each(o->each, interface, all + OUT_COUNT);
	if (output_wanted(&all[OUT_DEPENDENCIES]))
		depend_write(&all[OUT_DEPENDENCIES], &o->targets, all, count);
	if (o->verbose)
		emit_doc(stdout, interface);
	output_commit(all, count);
}

/* Read one file; what is wrong with it is said, and counted. */
static void
read_interface(const struct options *o, struct source *source)
{
	struct interface *interface = &source->interface;
	struct parser parser = {.interface = interface};

	interface->prefix = o->prefix;
	interface->rust_use = o->rust_use;
	interface->subr_prefix = o->subr_prefix;
	interface->split = o->split;
	interface->symbol_table = o->symbol_table;
	parser.force_user_prefix = o->user_prefix;
	parser.force_server_prefix = o->server_prefix;
	parser.first_on_stack_limit = o->on_stack_limit;
	diag_again(source);
	type_init();
	if (parse_interface(&parser, source->text, source->length)) {
		if (interface->name == NULL)
			error_at(source->text + source->length,
			    "no subsystem statement: nothing to generate");
		else
			check_interface(interface);
	}
	interface->server_prefix =
	    o->server_prefix != NULL ? o->server_prefix : parser.server_prefix;
}

/* --check-ids: read every file by itself, then compare them. */
static int
check_ids(const struct options *o)
{
	int count = o->cpp.source_count;
	struct source *sources;
	int i;

	if (count == 0)
		fatal("no file; try --help");
	sources = mem_alloc((size_t)count * sizeof(*sources));
	for (i = 0; i < count; i++) {
		struct cpp_options one = o->cpp;

		one.sources += i;
		one.source_count = 1;
		sources[i].file = one.sources[0];
		sources[i].text =
		    cpp_run(&one, sources[i].file, &sources[i].length);
		read_interface(o, &sources[i]);
	}
	if (diag_errors() == 0)
		ids_check(sources, count, !o->requests_only);
	if (diag_errors() != 0)
		diag_summary();
	return diag_errors() != 0;
}

int
main(int argc, char **argv)
{
	static struct options options;
	static struct source source;

	options_read(&options, argc, argv);
	mig_apple = options.apple && !mig_abi->typed;
	mig_parts = options.parts && mig_apple;
	mig_compact = options.compact;
	if (options.diff_old != NULL)
		return !abi_diff(options.diff_old, options.diff_new);
	if (options.check_ids)
		return check_ids(&options);
	source.file = options.file;
	source.text = cpp_run(&options.cpp, options.file, &source.length);
	read_interface(&options, &source);
	if (diag_errors() == 0)
		layout_interface(&source.interface);
	if (diag_errors() == 0 && output_wanted(&options.outputs[OUT_RUST]))
		check_rust(&source.interface);
	if (diag_errors() != 0) {
		diag_summary();
		return 1;
	}
	default_outputs(&options, &source.interface);
	write_outputs(&options, &source.interface);
	return 0;
}
