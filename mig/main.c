/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mig: reads an interface definition, writes C headers and message stubs.
 * Options may come before or after the file; docs/mig.md lists them.
 */
#include <stdlib.h>
#include <string.h>

#include "mig.h"

enum output_kind {
	OUT_HEADER,
	OUT_SHEADER,
	OUT_USER,
	OUT_SERVER,
	OUT_LIST,
	OUT_JSON,
	OUT_DOC,
	OUT_DEPENDENCIES,
	OUT_COUNT,
};

struct options {
	const char *file;
	const char *abi;
	const char *prefix;
	const char *user_prefix;
	const char *server_prefix;
	const char *subr_prefix;
	bool no_defaults; /* -n */
	bool dependencies;
	struct cpp_options cpp;
	struct output outputs[OUT_COUNT];
};

static const char usage[] =
    "usage: mig [options] file.defs\n"
    "  -user F -server F      stubs (default SUBSYSTEMUser.c, SUBSYSTEMServer.c)\n"
    "  -header F              header for users (default SUBSYSTEM.h)\n"
    "  -sheader F             header for the server\n"
    "  -list F                routines and message ids\n"
    "  --json F               the whole interface, for tools\n"
    "  --doc F                a page about it, for people\n"
    "  -n                     only the outputs that are named\n"
    "  -prefix P              prefix of every function\n"
    "  -subrprefix P          prefix of the library's functions (typed messages)\n"
    "  -uprefix P, -sprefix P instead of userprefix and serverprefix\n"
    "  -MD, -MF F             write dependencies for make\n"
    "  -q, -Q, -Werror        no warnings, warnings, warnings are errors\n"
    "  --abi A                message format: untyped-lp64 (default), untyped-ilp32,\n"
    "                         typed-x86_64, typed-i386, typed-x86_64-2022\n"
    "  -cc C                  C compiler that preprocesses (default cc)\n"
    "  -I -D -U -include ...  go to the preprocessor\n"
    "  --help, --version\n"
    "An output named /dev/null is not written.\n";

static const char *
next_word(char **argv, int argc, int *i)
{
	if (*i + 1 >= argc)
		fatal("option %s needs a value", argv[*i]);
	return argv[++*i];
}

/* Options with a value of their own; false if it is another. */
static bool
read_value(struct options *o, char **argv, int argc, int *i)
{
	const struct {
		const char *option;
		const char **value;
	} known[] = {
	    {"-header", &o->outputs[OUT_HEADER].path},
	    {"-sheader", &o->outputs[OUT_SHEADER].path},
	    {"-user", &o->outputs[OUT_USER].path},
	    {"-server", &o->outputs[OUT_SERVER].path},
	    {"-list", &o->outputs[OUT_LIST].path},
	    {"--json", &o->outputs[OUT_JSON].path},
	    {"--doc", &o->outputs[OUT_DOC].path},
	    {"-MF", &o->outputs[OUT_DEPENDENCIES].path},
	    {"-prefix", &o->prefix},
	    {"-subrprefix", &o->subr_prefix},
	    {"--abi", &o->abi},
	    {"-uprefix", &o->user_prefix},
	    {"-sprefix", &o->server_prefix},
	    {"-cc", &o->cpp.command},
	};
	size_t k;

	for (k = 0; k < sizeof(known) / sizeof(known[0]); k++) {
		if (strcmp(argv[*i], known[k].option) != 0)
			continue;
		*known[k].value = next_word(argv, argc, i);
		return true;
	}
	return false;
}

/* Options without value. */
static bool
read_switch(struct options *o, const char *word)
{
	if (strcmp(word, "-n") == 0)
		o->no_defaults = true;
	else if (strcmp(word, "-MD") == 0)
		o->dependencies = true;
	else if (strcmp(word, "-q") == 0)
		diag_quiet();
	else if (strcmp(word, "-Werror") == 0)
		diag_warnings_are_errors();
	else if (strcmp(word, "-Q") != 0)
		return false;
	return true;
}

/* What the preprocessor takes, some of it in two words. */
static bool
read_cpp(struct options *o, char **argv, int argc, int *i)
{
	static const char *const two[] = {
	    "-I", "-D", "-U", "-include", "-imacros", "-isystem", "-iquote"};
	char *word = argv[*i];
	size_t k;

	if (word[0] != '-' || word[1] == '\0')
		return false;
	if (strchr("IDU", word[1]) == NULL && word[1] != 'i')
		return false;
	o->cpp.flags[o->cpp.flag_count++] = word;
	for (k = 0; k < sizeof(two) / sizeof(two[0]); k++) {
		if (strcmp(word, two[k]) != 0)
			continue;
		next_word(argv, argc, i);
		o->cpp.flags[o->cpp.flag_count++] = argv[*i];
	}
	return true;
}

static void
read_options(struct options *o, int argc, char **argv)
{
	const char *compiler = getenv("MIGCC");
	int i;

	abi_choose_by_program(argv[0]);
	o->prefix = "";
	o->subr_prefix = "";
	o->cpp.command = compiler != NULL ? compiler : "cc";
	o->cpp.flags = mem_alloc((size_t)argc * sizeof(char *));
	for (i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--help") == 0) {
			fputs(usage, stdout);
			exit(0);
		}
		if (strcmp(argv[i], "--version") == 0 ||
		    strcmp(argv[i], "-version") == 0) {
			printf("mig (Mach_R), format %s\n", mig_abi->name);
			exit(0);
		}
		if (read_value(o, argv, argc, &i) || read_switch(o, argv[i]) ||
		    read_cpp(o, argv, argc, &i))
			continue;
		if (argv[i][0] == '-' && argv[i][1] != '\0')
			fatal("unknown option %s; try --help", argv[i]);
		if (o->file != NULL)
			fatal("more than one file: %s, %s", o->file, argv[i]);
		o->file = argv[i];
	}
	if (o->file == NULL)
		fatal("no file; try --help");
	if (o->abi != NULL && !abi_choose(o->abi))
		fatal("no message format '%s': there are %s", o->abi,
		    abi_names());
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

static void
write_outputs(struct options *o, const struct interface *interface)
{
	void (*const emitters[OUT_DEPENDENCIES])(
	    FILE *, const struct interface *) = {
	    [OUT_HEADER] =
		mig_abi->typed ? typed_user_header : emit_user_header,
	    [OUT_SHEADER] =
		mig_abi->typed ? typed_server_header : emit_server_header,
	    [OUT_USER] = mig_abi->typed ? typed_user : emit_user,
	    [OUT_SERVER] = mig_abi->typed ? typed_server : emit_server,
	    [OUT_LIST] = emit_list,
	    [OUT_JSON] = emit_json,
	    [OUT_DOC] = emit_doc,
	};
	int i;

	for (i = 0; i < OUT_DEPENDENCIES; i++)
		if (output_wanted(&o->outputs[i]))
			emitters[i](output_open(&o->outputs[i]), interface);
	if (output_wanted(&o->outputs[OUT_DEPENDENCIES]))
		output_dependencies(&o->outputs[OUT_DEPENDENCIES], o->outputs,
		    OUT_DEPENDENCIES);
	output_commit(o->outputs, OUT_COUNT);
}

int
main(int argc, char **argv)
{
	static struct options options;
	static struct interface interface;
	static struct parser parser;
	size_t length;
	char *text;

	read_options(&options, argc, argv);
	interface.prefix = options.prefix;
	interface.subr_prefix = options.subr_prefix;
	parser.interface = &interface;
	parser.force_user_prefix = options.user_prefix;
	parser.force_server_prefix = options.server_prefix;
	text = cpp_run(&options.cpp, options.file, &length);
	diag_source(text, length, options.file);
	type_init();
	if (parse_interface(&parser, text, length)) {
		if (interface.name == NULL)
			error_at(text + length,
			    "no subsystem statement: nothing to generate");
		else
			check_interface(&interface);
	}
	if (diag_errors() == 0)
		layout_interface(&interface);
	if (diag_errors() != 0) {
		fprintf(stderr, "mig: %d error%s, no output written\n",
		    diag_errors(), diag_errors() == 1 ? "" : "s");
		return 1;
	}
	default_outputs(&options, &interface);
	write_outputs(&options, &interface);
	return 0;
}
