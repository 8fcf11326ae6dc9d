/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the command line says; options.c reads it.
 */
#ifndef MIG_OPTIONS_H
#define MIG_OPTIONS_H

#include "mig.h"

enum output_kind {
	OUT_HEADER,
	OUT_SHEADER,
	OUT_IHEADER,
	OUT_DHEADER,
	OUT_USER,
	OUT_SERVER,
	OUT_LIST,
	OUT_JSON,
	OUT_DOC,
	OUT_RUST,
	OUT_DEPENDENCIES,
	OUT_COUNT,
};

struct options {
	const char *file; /* for messages */
	const char *abi;
	const char *machine; /* -arch, -target */
	const char *each;    /* -i: prefix of files of one routine each */
	const char *prefix;
	const char *subr_prefix;
	const char *user_prefix;
	const char *server_prefix;
	const char *rust_use;
	const char *command;  /* -cc */
	const char *on_stack; /* -maxonstack */
	uint32_t on_stack_limit;
	bool no_defaults;     /* -n */
	bool symbol_table;    /* -s */
	bool split;           /* -split */
	bool compact;         /* --compact */
	bool verbose;         /* -v */
	const char *diff_old; /* --abi-diff, or NULL */
	const char *diff_new;
	bool check_ids;     /* of several files */
	bool requests_only; /* --check-ids=requests */
	bool dependencies;
	bool strict; /* -Werror */
	bool apple;
	bool parts;         /* -mach_msg2 */
	bool pieces;        /* all files so far are - or /dev/null */
	const char *second; /* file that cannot be there with the first */
	struct cpp_options cpp;
	struct targets targets; /* -MT, -MQ */
	struct output outputs[OUT_COUNT];
};

void options_read(struct options *o, int argc, char **argv);
const char *option_value(char **argv, int argc, int *i);

/* options_cc.c */
bool options_compiler(struct options *o, char **argv, int argc, int *i);
bool options_dependencies(struct options *o, char **argv, int argc, int *i);
char **options_split(int *argc, char **argv);

#endif
