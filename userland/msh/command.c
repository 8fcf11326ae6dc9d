/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Simple commands: expand, find out what the name is, and run it: a special
 * builtin, a function, another builtin, or a file in a process of its own.
 * The way from fork to exec has no calls but those the command asks for.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "msh.h"

struct call {
	const struct node *node;
	const struct builtin *builtin;
	const char *search; /* command -p: this PATH */
	int argc;
	char **argv;
	int flags;
	bool by_command; /* `command` was put before it */
};

#define STANDARD_PATH "/bin:/sbin:/usr/bin:/usr/sbin"

static void
trace_word(const char *text)
{
	static const char safe[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "0123456789_-+=.,/:@%^";
	const char *p;

	putc(' ', stderr);
	if (*text != '\0' && text[strspn(text, safe)] == '\0') {
		fputs(text, stderr);
		return;
	}
	putc('\'', stderr);
	for (p = text; *p != '\0'; p++) {
		if (*p == '\'')
			fputs("'\\'", stderr);
		putc(*p, stderr);
	}
	putc('\'', stderr);
}

static void
trace_start(void)
{
	const char *ps4 = var_get("PS4");

	fputs(ps4 != NULL ? ps4 : "+ ", stderr);
}

static void
trace_call(const struct call *call)
{
	int i;

	trace_start();
	for (i = 0; i < call->argc; i++)
		trace_word(call->argv[i]);
	putc('\n', stderr);
}

/* Do the assignments of a command; `flags` for var_assign. */
static void
assign_all(const struct word *word, int flags)
{
	for (; word != NULL; word = word->next) {
		const char *text = expand_assignment(word);

		if (OPT('x')) {
			trace_start();
			trace_word(text);
			putc('\n', stderr);
		}
		var_assign(text, flags);
	}
}

static void
save_all(const struct word *word)
{
	for (; word != NULL; word = word->next)
		var_save(word->parts->text, name_length(word->parts->text));
}

/* No command name: assignments stay, redirections are tried and undone. */
static int
run_assignments(const struct node *node)
{
	int undo = redir_mark();
	int status = redir_apply(node->redirs, true) == 0 ? 0 : 2;

	redir_restore(undo);
	if (status != 0)
		return status;
	assign_all(node->assigns, 0);
	return sh.substitution_status > 0 ? sh.substitution_status : 0;
}

/* Write out what a builtin printed; what cannot be written is dropped. */
static int
flush_output(const char *name, int status)
{
	int sink;
	int copy;

	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	shell_warn("%s: write error: %s", name, strerror(errno));
	copy = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
	sink = open("/dev/null", O_WRONLY);
	if (sink >= 0) {
		dup2(sink, STDOUT_FILENO);
		fflush(stdout);
		if (sink != STDOUT_FILENO)
			close(sink);
	}
	if (copy >= 0) {
		dup2(copy, STDOUT_FILENO);
		close(copy);
	} else {
		close(STDOUT_FILENO);
	}
	clearerr(stdout);
	return status != 0 ? status : 1;
}

static int
run_special(const struct call *call)
{
	int undo = redir_mark();
	int status;

	if (redir_apply(call->node->redirs, true) != 0) {
		redir_restore(undo);
		shell_unwind(2);
	}
	assign_all(call->node->assigns, 0);
	status = call->builtin->run(call->argc, call->argv);
	status = flush_output(call->argv[0], status);
	if (call->builtin->flags & BUILTIN_KEEPS_REDIRECTIONS)
		redir_keep(undo);
	else
		redir_restore(undo);
	return status;
}

static int
run_builtin(const struct call *call)
{
	struct saved_var *saved = var_save_mark();
	int undo = redir_mark();
	int status = 2;

	if ((call->builtin->flags & BUILTIN_SPECIAL) && !call->by_command)
		return run_special(call);
	if (redir_apply(call->node->redirs, true) == 0) {
		save_all(call->node->assigns);
		assign_all(call->node->assigns, VAR_EXPORT);
		status = call->builtin->run(call->argc, call->argv);
		status = flush_output(call->argv[0], status);
		var_restore(saved);
	}
	if (call->builtin->flags & BUILTIN_KEEPS_REDIRECTIONS)
		redir_keep(undo);
	redir_restore(undo);
	return status;
}

static int
run_function(const struct call *call, struct function *function)
{
	struct saved_var *saved = var_save_mark();
	int undo = redir_mark();
	int status = 2;

	if (redir_apply(call->node->redirs, true) == 0) {
		save_all(call->node->assigns);
		assign_all(call->node->assigns, VAR_EXPORT);
		status = function_call(
		    function, call->argc - 1, call->argv + 1, call->flags);
		var_restore(saved);
	}
	redir_restore(undo);
	return status;
}

/* In the process that is to become the command. */
static _Noreturn void
become(const struct call *call, const char *path)
{
	if (redir_apply(call->node->redirs, false) != 0)
		shell_exit(2);
	if (call->node->assigns != NULL) {
		assign_all(call->node->assigns, VAR_EXPORT);
		path = NULL;
	}
	if (path == NULL && call->search != NULL)
		path = path_find(call->argv[0], call->search);
	command_exec(call->argv, path);
}

static int
run_file(const struct call *call)
{
	const char *path = NULL;
	struct job *job;

	if (call->search == NULL && call->node->assigns == NULL)
		path = path_find(call->argv[0], NULL);
	if ((call->flags & EXEC_LAST) && !trap_any() && !sh.job_control)
		become(call, path);
	job = job_new(call->node, 1);
	if (job_fork(job, false) == 0)
		become(call, path);
	return job_wait(job);
}

/*
 * `command` before a name: functions are not looked at, and a special
 * builtin is an ordinary one. -v and -V stay the builtin's business.
 */
static void
strip_command(struct call *call)
{
	int i;

	while (strcmp(call->argv[0], "command") == 0) {
		const char *search = NULL;

		for (i = 1; i < call->argc && call->argv[i][0] == '-'; i++) {
			if (strcmp(call->argv[i], "-p") == 0)
				search = STANDARD_PATH;
			else if (strcmp(call->argv[i], "--") == 0)
				continue;
			else
				return;
		}
		if (i >= call->argc)
			return;
		call->by_command = true;
		if (search != NULL)
			call->search = search;
		call->argc -= i;
		call->argv += i;
	}
}

static int
dispatch(struct call *call)
{
	struct function *function;

	if (OPT('x'))
		trace_call(call);
	strip_command(call);
	sh.forgiving = call->by_command;
	sh.tested = (call->flags & EXEC_TESTED) != 0;
	call->builtin = builtin_find(call->argv[0]);
	if (call->by_command)
		return call->builtin != NULL ? run_builtin(call)
					     : run_file(call);
	if (call->builtin != NULL && (call->builtin->flags & BUILTIN_SPECIAL))
		return run_builtin(call);
	function = function_find(call->argv[0]);
	if (function != NULL)
		return run_function(call, function);
	if (call->builtin != NULL)
		return run_builtin(call);
	return run_file(call);
}

/* Arguments of export and the like that look like assignments stay whole. */
static void
expand_call(const struct word *words, struct field_list *list)
{
	const char *name = word_literal(words);
	const struct builtin *builtin =
	    name != NULL ? builtin_find(name) : NULL;

	if (builtin == NULL || !(builtin->flags & BUILTIN_ASSIGN)) {
		expand_words(words, list);
		return;
	}
	for (; words != NULL; words = words->next) {
		struct word one = {.parts = words->parts};

		if (word_is_assignment(words))
			fields_add(list, expand_assignment(words));
		else
			expand_words(&one, list);
	}
}

int
command_run(const struct node *node, int flags)
{
	struct arena_mark mark = arena_mark(sh.tmp);
	struct call call = {.node = node, .flags = flags};
	struct field_list list;
	int status;

	sh.line = node->line;
	sh.substitution_status = -1;
	fields_init(&list, sh.tmp);
	if (node->words != NULL)
		expand_call(node->words, &list);
	call.argv = fields_close(&list);
	call.argc = (int)list.count;
	status = call.argc > 0 ? dispatch(&call) : run_assignments(node);
	arena_rewind(sh.tmp, mark);
	return status;
}

/*
 * The interpreter line of a script, as argv's new head. The system does not
 * know "#!"; the shell does. False when msh itself is to run the file.
 */
static bool
interpreter(char *text, char **program, char **argument)
{
	char *p = text + 2;
	const char *name;

	if (text[0] != '#' || text[1] != '!')
		return false;
	text[strcspn(text, "\n")] = '\0';
	p += strspn(p, " \t");
	*program = p;
	p += strcspn(p, " \t");
	if (*p != '\0')
		*p++ = '\0';
	p += strspn(p, " \t");
	*argument = *p != '\0' ? p : NULL;
	name = path_base(*program);
	return **program != '\0' &&
	       (*argument != NULL ||
		   (strcmp(name, "sh") != 0 && strcmp(name, "msh") != 0));
}

static void
exec_interpreter(char *program, char *argument, char **argv, const char *path)
{
	struct field_list list;
	char **arg;

	fields_init(&list, sh.tmp);
	fields_add(&list, program);
	if (argument != NULL)
		fields_add(&list, argument);
	fields_add(&list, arena_copy(sh.tmp, path, strlen(path)));
	for (arg = argv + 1; *arg != NULL; arg++)
		fields_add(&list, *arg);
	execve(program, fields_close(&list), var_environment());
}

/* A file that is not a program: a script, or an error. */
static void
exec_script(char **argv, const char *path)
{
	int fd = open(path, O_RDONLY);
	char text[256];
	char *program;
	char *argument;
	ssize_t n;

	if (fd < 0)
		return;
	n = read(fd, text, sizeof(text) - 1);
	if (n < 0 || memchr(text, '\0', (size_t)n) != NULL) {
		close(fd);
		errno = ENOEXEC;
		return;
	}
	text[n] = '\0';
	if (interpreter(text, &program, &argument)) {
		close(fd);
		exec_interpreter(program, argument, argv, path);
		return;
	}
	lseek(fd, 0, SEEK_SET);
	argv[0] = arena_copy(sh.tmp, path, strlen(path));
	shell_run_script(fd_move_high(fd), argv);
}

void
command_exec(char **argv, const char *path)
{
	bool named = strchr(argv[0], '/') != NULL;
	int error = ENOENT;

	if (path != NULL) {
		execve(path, argv, var_environment());
		error = errno;
	}
	if (path == NULL || (!named && error == ENOENT)) {
		path_forget();
		path = path_find(argv[0], NULL);
		error = errno;
		if (path != NULL) {
			execve(path, argv, var_environment());
			error = errno;
		}
	}
	if (error == ENOEXEC) {
		exec_script(argv, path);
		error = errno;
	}
	if (error == ENOENT && !named)
		shell_warn("%s: not found", argv[0]);
	else
		shell_warn("%s: %s", argv[0], strerror(error));
	sh.exiting = true;
	shell_exit(error == ENOENT || error == ENOTDIR ? 127 : 126);
}
