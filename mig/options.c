/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The command line. Options may come before or after the file. Those of the
 * tools that other systems build with are read as those tools read them: what
 * has no meaning here is accepted, what would change what is generated and
 * cannot be had is refused, and the preprocessor's own go to it.
 */
#include "options.h"

#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: mig [options] file.defs\n"
    "  -user F -server F      stubs (default SUBSYSTEMUser.c, SUBSYSTEMServer.c)\n"
    "  -i P                   one file of user stubs a routine: P ROUTINE.c\n"
    "  -header F              header for users (default SUBSYSTEM.h)\n"
    "  -sheader F -iheader F  header for the server, for those beside it\n"
    "  -dheader F             header with the numbers of messages\n"
    "  -list F                routines and message ids\n"
    "  --json F               the whole interface, for tools\n"
    "  --doc F                a page about it, for people (-v: to the screen)\n"
    "  --rust F               callers' functions and the server in Rust\n"
    "  --rust-use P           what all Rust files have alike is module P\n"
    "  -n                     only the outputs that are named\n"
    "  -prefix P              prefix of every function\n"
    "  -subrprefix P          prefix of the library's functions (typed messages)\n"
    "  -uprefix P, -sprefix P instead of userprefix and serverprefix\n"
    "  -maxonstack N          user stubs take memory for larger messages (untyped)\n"
    "  -split                 headers without the files that are imported\n"
    "  -s                     table of routines' names (typed messages)\n"
    "  --compact              small server stubs: tables, as far as they can say it\n"
    "  -MD, -MF F             write dependencies for make\n"
    "  -MT T, -MQ T           of target T; every file has a rule, as with -MP\n"
    "  --abi-diff OLD NEW     two outputs of --json: what is different (-q: of what\n"
    "                         is incompatible only); 1 if something is\n"
    "  --check-ids            of all files named: no id is there twice; no output\n"
    "  --check-ids=requests   the same of requests, not of replies\n"
    "  -q, -Q, -Werror        no warnings, warnings, warnings are errors\n"
    "  --diagnostics=json     errors and warnings as JSON, one a line\n"
    "  --abi A                message format: untyped-lp64 (default), untyped-ilp32,\n"
    "                         typed-x86_64, typed-i386, typed-x86_64-2022\n"
    "  --apple, --gnu         stubs for the headers of those systems; also when\n"
    "                         -novouchers or -mach_msg2 is given: Apple\n"
    "  -mach_msg2             servers get messages in two parts\n"
    "  -arch A, -target A     the format of a machine: i386, x86_64, arm64, ...\n"
    "  -cc C                  C compiler that preprocesses (default cc); with typed\n"
    "                         messages the whole command that preprocesses\n"
    "  -I -D -U -include ...  go to the preprocessor\n"
    "  --help, --version\n"
    "An output named /dev/null is not written. A file named - is standard input.\n"
    "Called as migcom, it reads standard input, already preprocessed.\n";

/* The word behind the option at argv[*i], which it must have. */
const char *
option_value(char **argv, int argc, int *i)
{
	if (*i + 1 >= argc)
		fatal("option %s needs a value", argv[*i]);
	return argv[++*i];
}

/* Options with a value of their own; false if it is another. */
static bool
read_value(struct options *o, char **argv, int argc, int *i)
{
	static const char *ignored;
	const struct {
		const char *option;
		const char **value;
	} known[] = {
	    {"-header", &o->outputs[OUT_HEADER].path},
	    {"-sheader", &o->outputs[OUT_SHEADER].path},
	    {"-iheader", &o->outputs[OUT_IHEADER].path},
	    {"-dheader", &o->outputs[OUT_DHEADER].path},
	    {"-user", &o->outputs[OUT_USER].path},
	    {"-server", &o->outputs[OUT_SERVER].path},
	    {"-list", &o->outputs[OUT_LIST].path},
	    {"--json", &o->outputs[OUT_JSON].path},
	    {"--doc", &o->outputs[OUT_DOC].path},
	    {"--rust", &o->outputs[OUT_RUST].path},
	    {"--rust-use", &o->rust_use},
	    {"-i", &o->each},
	    {"-prefix", &o->prefix},
	    {"-subrprefix", &o->subr_prefix},
	    {"--abi", &o->abi},
	    {"-arch", &o->machine},
	    {"-target", &o->machine},
	    {"-uprefix", &o->user_prefix},
	    {"-sprefix", &o->server_prefix},
	    {"-cc", &o->command},
	    {"-maxonstack", &o->on_stack},
	    /* Descriptors are as many as there are, the back end is here. */
	    {"-max_descrs", &ignored},
	    {"-max_reply_descrs", &ignored},
	    {"-migcom", &ignored},
	    {"-cpp", &ignored},
	};
	size_t k;

	for (k = 0; k < sizeof(known) / sizeof(known[0]); k++) {
		if (strcmp(argv[*i], known[k].option) != 0)
			continue;
		*known[k].value = option_value(argv, argc, i);
		return true;
	}
	return false;
}

/* Options without value. */
static bool
read_switch(struct options *o, const char *word)
{
	/* What is so anyway, or was of compilers and kernels now gone. */
	static const char *const without_effect[] = {"-Q", "-N", "-r", "-R",
	    "-S", "-L", "-k", "-T", "-X", "-V", "-b", "-B", "-pipe"};
	static const char *const refused[] = {"-l", "-K", "-t", "-x"};
	size_t k;

	for (k = 0; k < sizeof(without_effect) / sizeof(char *); k++)
		if (strcmp(word, without_effect[k]) == 0)
			return true;
	for (k = 0; k < sizeof(refused) / sizeof(char *); k++)
		if (strcmp(word, refused[k]) == 0)
			fatal(
			    "option %s of other tools is not supported", word);
	if (strcmp(word, "-mach_msg2") == 0)
		o->apple = o->parts = true;
	else if (strcmp(word, "--apple") == 0 ||
		 strcmp(word, "-novouchers") == 0)
		o->apple = true;
	else if (strcmp(word, "--gnu") == 0)
		(void)abi_choose("typed-x86_64");
	else if (strcmp(word, "-split") == 0)
		o->split = true;
	else if (strcmp(word, "-n") == 0)
		o->no_defaults = true;
	else if (strcmp(word, "-s") == 0)
		o->symbol_table = true;
	else if (strcmp(word, "--compact") == 0)
		o->compact = true;
	else if (strcmp(word, "--check-ids") == 0)
		o->check_ids = true;
	else if (strcmp(word, "--check-ids=requests") == 0)
		o->check_ids = o->requests_only = true;
	else if (strcmp(word, "-v") == 0)
		o->verbose = true;
	else if (strcmp(word, "-q") == 0)
		diag_quiet();
	else if (strcmp(word, "--diagnostics=json") == 0)
		diag_json();
	else if (strcmp(word, "-Werror") == 0)
		o->strict = true;
	else if (strncmp(word, "--target=", 9) == 0)
		o->machine = word + 9;
	else
		return false;
	return true;
}

/* One input; with typed messages - and /dev/null may come together. */
static void
read_file(struct options *o, char *word)
{
	bool piece = strcmp(word, "-") == 0 || strcmp(word, "/dev/null") == 0;

	if (o->file != NULL && !(piece && o->pieces))
		o->second = word;
	o->pieces = piece && (o->file == NULL || o->pieces);
	if (o->file == NULL || strcmp(word, "-") == 0)
		o->file = word;
	o->cpp.sources[o->cpp.source_count++] = word;
}

/* A number of bytes. */
static uint32_t
read_size(const char *option, const char *word)
{
	char *end;
	unsigned long size = strtoul(word, &end, 10);

	if (*word < '0' || *word > '9' || *end != '\0' || size > UINT32_MAX)
		fatal("option %s needs a number, not '%s'", option, word);
	return (uint32_t)size;
}

static void
choose_abi(const struct options *o)
{
	const char *const *macros;

	if (o->abi != NULL && !abi_choose(o->abi))
		fatal("no message format '%s': there are %s", o->abi,
		    abi_names());
	if (o->machine == NULL)
		return;
	abi_choose_machine(o->machine);
	macros = mig_macros;
	if (o->abi != NULL)
		(void)abi_choose(o->abi);
	mig_macros = macros;
}

static void
read_word(struct options *o, int argc, char **argv, int *i)
{
	char *word = argv[*i];

	if (strcmp(word, "--help") == 0) {
		fputs(usage, stdout);
		exit(0);
	}
	if (strcmp(word, "--version") == 0 || strcmp(word, "-version") == 0) {
		choose_abi(o);
		printf("mig (Mach_R), format %s\n", mig_abi->name);
		exit(0);
	}
	if (strcmp(word, "--abi-diff") == 0) {
		o->diff_old = option_value(argv, argc, i);
		o->diff_new = option_value(argv, argc, i);
		return;
	}
	if (read_value(o, argv, argc, i) || read_switch(o, word) ||
	    options_dependencies(o, argv, argc, i) ||
	    options_compiler(o, argv, argc, i))
		return;
	if (word[0] == '-' && word[1] != '\0')
		fatal("unknown option %s; try --help", word);
	read_file(o, word);
}

/* Is this the name of the half behind the preprocessor? */
static bool
is_back_end(const char *program)
{
	size_t length = strlen(program);

	return length >= 6 && strcmp(program + length - 6, "migcom") == 0;
}

/* Read all; does not return if something is wrong with it. */
void
options_read(struct options *o, int argc, char **argv)
{
	int i;

	argv = options_split(&argc, argv);
	o->apple = abi_choose_by_program(argv[0]);
	o->prefix = "";
	o->subr_prefix = "";
	o->cpp.flags = mem_alloc((size_t)argc * sizeof(char *));
	o->cpp.sources = mem_alloc((size_t)argc * sizeof(char *));
	for (i = 1; i < argc; i++)
		read_word(o, argc, argv, &i);
	o->cpp.done = o->file == NULL && is_back_end(argv[0]) &&
		      o->diff_old == NULL && !o->check_ids;
	if (o->cpp.done)
		o->file = "<stdin>";
	if (o->file == NULL && o->diff_old == NULL)
		fatal("no file; try --help");
	choose_abi(o);
	if (o->cpp.source_count > 1 && !mig_abi->typed)
		o->second = o->cpp.sources[1];
	if (o->second != NULL && !o->check_ids)
		fatal(
		    "more than one file: %s, %s", o->cpp.sources[0], o->second);
	/* Builds of other systems mean the compiler. */
	if (o->strict && !o->apple && !mig_abi->typed)
		diag_warnings_are_errors();
	/* To those systems it is about the order of bytes. */
	if (o->apple)
		o->no_defaults = false;
	if (o->symbol_table && !mig_abi->typed)
		fatal("option -s is for typed messages");
	if (o->compact &&
	    (o->apple || strcmp(mig_abi->name, "untyped-lp64") != 0))
		fatal("option --compact is for the format untyped-lp64");
	o->cpp.command = o->command;
	o->cpp.standard_folders = o->apple;
	o->on_stack_limit = UINT32_MAX;
	if (o->on_stack != NULL)
		o->on_stack_limit = read_size("-maxonstack", o->on_stack);
}
