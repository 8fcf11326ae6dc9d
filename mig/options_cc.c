/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Options of C compilers, as builds give mig all they have. What concerns the
 * preprocessor goes to it, what is about dependencies is read here, and how
 * code is made does not matter to what is never compiled.
 */
#include <string.h>

#include "options.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* Words of the preprocessor whose value is a word of its own. */
static const char *const passed_pairs[] = {"-I", "-D", "-U", "-F", "-include",
    "-imacros", "-isystem", "-iquote", "-idirafter", "-iprefix", "-iwithprefix",
    "-iwithprefixbefore", "-isysroot", "-iframework", "-ivfsoverlay",
    "-Xpreprocessor"};

/* The preprocessor's beginnings of words; the whole word, if it ends in `!`. */
static const char *const passed[] = {"-I", "-D", "-U", "-F", "-i", "-Wp,",
    "-ansi!", "-traditional", "-trigraphs!", "-undef!", "-nostdinc!",
    "--sysroot="};

static const char *const dropped_pairs[] = {"-mllvm", "-Xclang", "-Xlinker",
    "-Xassembler", "-Xarch_", "-framework", "-index-store-path",
    "-serialize-diagnostics", "--serialize-diagnostics"};

static const char *const dropped[] = {"-W", "-f", "-m", "-O", "-g", "-s", "-n",
    "-p", "-w!", "-c!", "-E!", "-C!", "-CC!", "-H!", "-MG!", "-ObjC",
    "-rdynamic!", "-B", "-EL!", "-EB!", "-coverage!", "--coverage!",
    "-Qunused-arguments!"};

static bool
begins(const char *word, const char *beginning)
{
	size_t length = strlen(beginning);

	if (length > 0 && beginning[length - 1] == '!')
		return strlen(word) == length - 1 &&
		       strncmp(word, beginning, length - 1) == 0;
	return strncmp(word, beginning, length) == 0 &&
	       (length > 2 || word[length] != '\0' ||
		   strchr("Og", beginning[1]) != NULL);
}

static bool
is_one(const char *word, const char *const *list, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (begins(word, list[i]))
			return true;
	return false;
}

/* A compiler's option, at argv[*i]; false if it is none. */
bool
options_compiler(struct options *o, char **argv, int argc, int *i)
{
	struct cpp_options *cpp = &o->cpp;
	char *word = argv[*i];
	size_t k;

	if (word[0] != '-' || word[1] == '\0')
		return false;
	for (k = 0; k < LENGTH(passed_pairs); k++) {
		if (strcmp(word, passed_pairs[k]) != 0)
			continue;
		(void)option_value(argv, argc, i);
		cpp->flags[cpp->flag_count++] = word;
		cpp->flags[cpp->flag_count++] = argv[*i];
		return true;
	}
	for (k = 0; k < LENGTH(dropped_pairs); k++) {
		const char *pair = dropped_pairs[k];

		if (strcmp(word, pair) != 0 &&
		    (strcmp(pair, "-Xarch_") != 0 || !begins(word, pair)))
			continue;
		(void)option_value(argv, argc, i);
		return true;
	}
	if (is_one(word, passed, LENGTH(passed))) {
		cpp->flags[cpp->flag_count++] = word;
		return true;
	}
	return is_one(word, dropped, LENGTH(dropped));
}

/* `-MF x` or `-MFx`, and the like: the value, or NULL if it is not that. */
static const char *
joined_value(const char *option, char **argv, int argc, int *i)
{
	if (strcmp(argv[*i], option) == 0)
		return option_value(argv, argc, i);
	return begins(argv[*i], option) ? argv[*i] + strlen(option) : NULL;
}

/* Options about dependencies, at argv[*i]; false if it is none. */
bool
options_dependencies(struct options *o, char **argv, int argc, int *i)
{
	const char *value;

	/* Every file has a rule in any case, as -MP asks. */
	if (strcmp(argv[*i], "-MP") == 0)
		return true;
	if (strcmp(argv[*i], "-MD") == 0 || strcmp(argv[*i], "-MMD") == 0) {
		o->dependencies = true;
		return true;
	}
	value = joined_value("-MF", argv, argc, i);
	if (value != NULL) {
		o->outputs[OUT_DEPENDENCIES].path = value;
		return true;
	}
	value = joined_value("-MT", argv, argc, i);
	if (value != NULL) {
		depend_target(&o->targets, value, false);
		return true;
	}
	value = joined_value("-MQ", argv, argc, i);
	if (value == NULL)
		return false;
	depend_target(&o->targets, value, true);
	return true;
}

/*
 * Several options that a build gives as one word, in quotes: each by itself.
 * A space in a word means that only if an option is behind it.
 */
char **
options_split(int *argc, char **argv)
{
	size_t room = (size_t)*argc;
	char **words;
	int count = 0;
	int i;

	for (i = 0; i < *argc; i++)
		room += strlen(argv[i]) / 2;
	words = mem_alloc(room * sizeof(*words));
	for (i = 0; i < *argc; i++) {
		char *word = argv[i];

		if (i == 0 || *word != '-' || strstr(word, " -") == NULL) {
			words[count++] = word;
			continue;
		}
		word = strtok(mem_format("%s", word), " ");
		for (; word != NULL; word = strtok(NULL, " "))
			words[count++] = word;
	}
	*argc = count;
	return words;
}
