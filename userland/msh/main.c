/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Start, arguments, and the loop of an interactive shell, to which errors
 * unwind: everything that is on a stack (inputs, redirections, saved
 * variables, calls) is taken down to its bottom.
 *
 * usage: msh [-aCefhimnsuvx] [-o NAME] [-c COMMAND | FILE] [ARG...]
 * help: the shell
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "builtin.h"

UTILITY(
    "msh [-aCefhimnsuvx] [-o NAME] [-c COMMAND | FILE] [ARG...]", "the shell");

struct shell sh;

static char output_buffer[8192];

static void
warn_start(void)
{
	int line = sh.line;
	const char *name = input_name();

	fflush(stdout);
	if (lexer.arena != NULL && lexer.have_token)
		line = lexer.token.line;
	if (line == 0 || (sh.at_terminal && input_at_terminal()))
		fprintf(stderr, "msh: ");
	else
		fprintf(
		    stderr, "msh: %s:%d: ", name != NULL ? name : "msh", line);
}

void
shell_warn(const char *format, ...)
{
	va_list args;

	warn_start();
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	putc('\n', stderr);
}

void
shell_error(int status, const char *format, ...)
{
	va_list args;

	warn_start();
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	putc('\n', stderr);
	shell_unwind(status);
}

void
shell_unwind(int status)
{
	sh.status = status;
	if (!sh.interactive || sh.subshell || sh.top == NULL)
		shell_exit(status);
	longjmp(*sh.top, 1);
}

static void
take_down(struct input *bottom)
{
	function_unwind();
	var_restore(NULL);
	redir_restore(0);
	input_unwind(bottom);
	input_discard_line();
	lexer = (struct lexer){.arena = NULL};
	sh.arena = NULL;
	sh.skip = SKIP_NONE;
	sh.loop_depth = 0;
	fflush(stdout);
}

/* One complete command of the terminal; false at its end. */
static bool
interactive_step(void)
{
	struct node *node;

	input_prompt = 1;
	if (!parse_next(&node))
		return false;
	input_prompt = 2;
	sh.arena = lexer.arena;
	if (node != NULL)
		exec_node(node, 0);
	return true;
}

static _Noreturn void
interactive_loop(void)
{
	static jmp_buf top;
	struct input *bottom = input_mark();
	struct arena_mark mark = arena_mark(sh.tmp);

	sh.top = &top;
	for (;;) {
		if (setjmp(top) != 0)
			take_down(bottom);
		arena_rewind(sh.tmp, mark);
		if (interactive_step())
			continue;
		if (!job_any_stopped())
			break;
		shell_warn("there are stopped jobs");
		input_revive();
	}
	fputs("exit\n", stderr);
	shell_exit(sh.status);
}

void
shell_run_script(int fd, char **argv)
{
	int argc = 0;

	while (argv[argc] != NULL)
		argc++;
	redir_keep(0);
	input_forget();
	lexer = (struct lexer){.arena = NULL};
	function_unwind();
	function_forget_all();
	alias_clear();
	path_forget();
	trap_reset_child();
	job_forget_all();
	memset(sh.opt, 0, sizeof(sh.opt));
	sh.name = argv[0];
	params_set(argc - 1, argv + 1);
	var_forget_private();
	var_set("IFS", " \t\n", 0);
	var_set("OPTIND", "1", 0);
	sh.interactive = false;
	sh.exiting = false;
	sh.skip = SKIP_NONE;
	sh.loop_depth = 0;
	sh.pid = getpid();
	input_push_file(fd, sh.name);
	shell_exit(exec_input(0));
}

struct start {
	bool command;     /* -c */
	bool standard;    /* -s */
	bool interactive; /* -i */
	bool login;
	int operand; /* index of the first operand */
};

/* -c, -s, -i and -l are the shell's own; the rest is `set`'s. */
static void
own_letters(struct start *start, char *word)
{
	char *to = word + 1;
	const char *from;

	for (from = word + 1; *from != '\0'; from++) {
		if (*from == 'c')
			start->command = true;
		else if (*from == 's')
			start->standard = true;
		else if (*from == 'i')
			start->interactive = true;
		else if (*from == 'l')
			start->login = true;
		else
			*to++ = *from;
	}
	*to = '\0';
}

static void
parse_arguments(struct start *start, int argc, char **argv)
{
	int i = 1;

	while (argv[i] != NULL && (argv[i][0] == '-' || argv[i][0] == '+') &&
	       argv[i][1] != '\0') {
		char *pair[] = {argv[0], argv[i], NULL, NULL};
		int used;

		if (strcmp(argv[i], "--") == 0) {
			i++;
			break;
		}
		if (argv[i][0] == '-')
			own_letters(start, argv[i]);
		if (argv[i][1] == '\0') {
			i++;
			continue;
		}
		pair[2] = i + 1 < argc ? argv[i + 1] : NULL;
		used = strchr(argv[i], 'o') != NULL && pair[2] != NULL ? 2 : 1;
		if (options_parse(used + 1, pair) < 0)
			exit(2);
		i += used;
	}
	if (argv[i] != NULL && strcmp(argv[i], "-") == 0)
		i++;
	start->operand = i;
}

static void
set_defaults(void)
{
	char text[24];

	var_set("IFS", " \t\n", 0);
	var_set("OPTIND", "1", 0);
	if (var_get("PS1") == NULL)
		var_set("PS1", geteuid() == 0 ? "msh# " : "msh$ ", 0);
	if (var_get("PS2") == NULL)
		var_set("PS2", "> ", 0);
	if (var_get("PS4") == NULL)
		var_set("PS4", "+ ", 0);
	if (var_get("PATH") == NULL)
		var_set("PATH", "/bin:/sbin", 0);
	snprintf(text, sizeof(text), "%ld", (long)getppid());
	var_set("PPID", text, 0);
	pwd_init();
}

static _Noreturn void
run_command(int argc, char **argv, int i)
{
	if (i >= argc)
		shell_error(2, "-c: command missing");
	if (i + 1 < argc)
		sh.name = argv[i + 1];
	if (i + 2 < argc)
		params_set(argc - i - 2, argv + i + 2);
	if (sh.interactive)
		job_init();
	input_push_string(argv[i], 1, true);
	shell_exit(exec_input(EXEC_LAST));
}

static _Noreturn void
run_file(int argc, char **argv, int i)
{
	int fd = open(argv[i], O_RDONLY);

	if (fd < 0) {
		int error = errno;

		shell_warn("%s: %s", argv[i], strerror(error));
		shell_exit(error == ENOENT ? 127 : 126);
	}
	sh.name = argv[i];
	params_set(argc - i - 1, argv + i + 1);
	input_push_file(fd_move_high(fd), sh.name);
	shell_exit(exec_input(0));
}

/* Run a start file if it is there; an error in it is not the end. */
static void
run_profile(const char *path)
{
	static jmp_buf top;
	int fd = path != NULL ? open(path, O_RDONLY) : -1;

	if (fd < 0)
		return;
	sh.top = &top;
	if (setjmp(top) == 0) {
		input_push_file(fd_move_high(fd), path);
		exec_input(0);
		input_pop();
	} else {
		take_down(NULL);
	}
	sh.top = NULL;
}

/* ENV is expanded before it is a path. */
static const char *
env_path(void)
{
	const char *env = var_get("ENV");

	if (env == NULL || *env == '\0')
		return NULL;
	return expand_single(lex_quoted_text(env, sh.tmp));
}

int
main(int argc, char **argv)
{
	struct start start = {.command = false};

	setvbuf(stdout, output_buffer, _IOFBF, sizeof(output_buffer));
	util_init(argc, argv);
	util_name = "msh";
	sh.tmp = arena_new();
	sh.pid = getpid();
	sh.name = argc > 0 ? argv[0] : "msh";
	params_set(0, NULL);
	var_init(environ);
	set_defaults();
	start.login = sh.name[0] == '-';
	parse_arguments(&start, argc, argv);
	sh.interactive =
	    start.interactive ||
	    (!start.command && (start.standard || start.operand >= argc) &&
		isatty(STDIN_FILENO) && isatty(STDERR_FILENO));
	if (start.login)
		run_profile("/etc/profile");
	if (start.command)
		run_command(argc, argv, start.operand);
	if (start.operand < argc && !start.standard)
		run_file(argc, argv, start.operand);
	OPT('s') = true;
	if (start.operand < argc)
		params_set(argc - start.operand, argv + start.operand);
	if (!sh.interactive) {
		input_push_file(STDIN_FILENO, NULL);
		shell_exit(exec_input(0));
	}
	job_init();
	run_profile(env_path());
	input_push_terminal();
	sh.at_terminal = true;
	interactive_loop();
}
