/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a program can do to the process server on purpose: wrong arguments,
 * files that are none, garbage as messages and in the signal page, as many
 * children as it gets. The server must refuse, and go on.
 */
#include <mach/mach_port_user.h>
#include <mach/traps.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <libtest/test.h>
#include <process.h>
#include <servers/fs_user.h>
#include <servers/process_user.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define REQUESTS 200
#define COPY     "/var/set_id" /* such bits count on the root alone */

static struct startup_fd fds[PROC_FD_MAX + 1];
static mach_port_t ports[PROC_PORT_FD + PROC_FD_MAX + 1];
static char strings[] = "word";
static char given[sizeof(fds) + sizeof(strings)];

struct spawn_call {
	mach_port_t file;
	size_t args_size;
	size_t fds_size;
	size_t port_count; /* all beside the message, or */
	size_t few;        /* in it */
	size_t lie;        /* about the size of the arguments */
};

/* The errno of a spawn, 0 if there is a child, which is waited for. */
static int
spawn(const struct spawn_call *call)
{
	int pid = 0;
	kern_return_t kr;

	memcpy(given, fds, call->fds_size);
	memcpy(given + call->fds_size, strings, call->args_size);
	kr = proc_spawn(__process.proc, call->file, "/none", NULL, 0,
	    (vm_offset_t)given,
	    (mach_msg_type_number_t)(call->fds_size + call->args_size),
	    (uint32_t)(call->args_size + call->lie), 0, ports,
	    (mach_msg_type_number_t)call->few, ports,
	    (mach_msg_type_number_t)call->port_count, 022, 0, 0, 0, 0, &pid);
	if (kr == KERN_SUCCESS)
		waitpid(pid, NULL, 0);
	return SERVER_IS_ERROR(kr) ? SERVER_ERRNO(kr) : kr;
}

static mach_port_t
open_program(void)
{
	int retry = 0;
	char rest[IO_PATH_MAX];
	mach_port_t file = MACH_PORT_NULL;

	(void)dir_lookup(
	    __process.root, "bin/true", O_EXEC, 0, &retry, rest, &file);
	return file;
}

static void
test_spawn(void)
{
	mach_port_t file = open_program();
	struct spawn_call call = {file, sizeof(strings), 0, 2, 0, 0};

	ports[PROC_PORT_ROOT] = ports[PROC_PORT_CWD] = __process.root;
	is_int(spawn(&call), 0, "a spawn as it should be");
	call.port_count = 0;
	call.few = 2;
	is_int(spawn(&call), 0, "with its ports in the message");
	call.few = 1;
	is_int(spawn(&call), EINVAL, "too few in it");
	call.few = 0;
	is_int(spawn(&call), EINVAL, "none at all");
	call.few = PROC_PORTS_FEW + 1;
	is_int(spawn(&call), MIG_ARRAY_TOO_LARGE, "too many in it");
	call.few = 0;
	call.port_count = 2;
	call.args_size = 3;
	is_int(spawn(&call), EINVAL, "arguments without the last NUL");
	call.args_size = sizeof(strings);
	call.lie = 1;
	is_int(spawn(&call), EINVAL, "more arguments than there are");
	call.lie = 0;
	call.port_count = 1;
	is_int(spawn(&call), EINVAL, "too few ports");
	call.port_count = sizeof(ports) / sizeof(ports[0]);
	is_int(spawn(&call), EINVAL, "too many ports");
	call.port_count = 2;
	call.fds_size = 7;
	is_int(spawn(&call), EINVAL, "half a descriptor");
	call.fds_size = sizeof(fds);
	is_int(spawn(&call), EINVAL, "too many descriptors");
	call.fds_size = sizeof(fds[0]);
	fds[0] = (struct startup_fd){.fd = 1, .port = 2};
	is_int(spawn(&call), EINVAL, "a descriptor without its port");
	fds[0] = (struct startup_fd){.fd = -1, .port = 1};
	is_int(spawn(&call), EINVAL, "a descriptor of -1");
	call.fds_size = 0;
	call.file = mach_task_self();
	ok(spawn(&call) != 0, "a program file that is a task");
	call.file = __process.proc;
	ok(spawn(&call) != 0, "one that is this process");
	call.file = MACH_PORT_NULL;
	ok(spawn(&call) != 0, "no program file");
	call.file = mach_reply_port();
	(void)mach_port_insert_right(
	    mach_task_self(), call.file, call.file, MACH_MSG_TYPE_MAKE_SEND);
	is_int(spawn(&call), EIO, "a program file that does not answer");
}

static void
test_fork(void)
{
	int pid = 0, status = 0;

	ok(proc_fork(__process.proc, 0x12345601, 0, 0, 0, 0, &pid) !=
		KERN_SUCCESS,
	    "fork with a wrong name for the process port");
	is_int(proc_fork(__process.proc, __process.proc, 0, 0, 0, 0, &pid),
	    KERN_SUCCESS, "fork to address 0");
	is_int(waitpid(pid, &status, 0), pid, "which does not run");
	is_int(WTERMSIG(status), SIGSEGV, "but ends");
}

static void
test_numbers(void)
{
	uint64_t old, interval;
	int number;

	ok(proc_kill(__process.proc, INT32_MIN, 9) != KERN_SUCCESS, "kill");
	ok(proc_kill(__process.proc, getpid(), 65) != KERN_SUCCESS, "signal");
	ok(proc_kill(__process.proc, getpid(), -1) != KERN_SUCCESS, "signal");
	ok(proc_setpgid(__process.proc, INT32_MAX, INT32_MIN) != KERN_SUCCESS,
	    "setpgid");
	ok(proc_setid(__process.proc, 7, 0, 0) != KERN_SUCCESS, "setid");
	ok(proc_set_terminal(__process.proc, MACH_PORT_DEAD) != KERN_SUCCESS,
	    "terminal of another's session");
	ok(proc_getpgid(__process.proc, -5, &number, &number) != KERN_SUCCESS,
	    "getpgid");
	is_int(proc_set_timer(
		   __process.proc, UINT64_MAX, UINT64_MAX, &old, &interval),
	    KERN_SUCCESS, "an alarm at the end of time");
	is_int(proc_set_timer(__process.proc, 0, 0, &old, &interval),
	    KERN_SUCCESS, "is stopped");
	ok(proc_start_init(__process.proc, __process.root, "/bin/true") !=
		KERN_SUCCESS,
	    "a second init");
}

/* How a child ends that does what. */
static int
ends_by(void (*what)(void))
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		what();
		_exit(0);
	}
	waitpid(pid, &status, 0);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void
spoil_page(void)
{
	struct signal_page *page = __process.signals;
	unsigned char *bytes = (unsigned char *)page;
	pid_t pid = getpid();

	for (size_t i = 0; i < sizeof(*page); i++)
		bytes[i] = (unsigned char)(i * 31 + 7);
	page->thread[0].blocked = 0;
	for (int i = 1; i < SIGNAL_COUNT; i++)
		(void)proc_kill(__process.proc, pid, i);
}

static void
handle(int signal)
{
	_exit(signal);
}

static void
stack_nowhere(void)
{
	struct sigaction action = {.sa_handler = handle};

	action.sa_flags = SA_ONSTACK;
	sigaction(SIGUSR1, &action, NULL);
	__process.signals->thread[0].stack_base = 0x123456000;
	__process.signals->thread[0].stack_size = 65536;
	(void)proc_kill(__process.proc, getpid(), SIGUSR1);
}

static void
send_garbage(void)
{
	struct {
		mach_msg_header_t head;
		unsigned char body[512];
	} message;
	unsigned seed = 1;

	for (int i = 0; i < REQUESTS; i++) {
		for (size_t k = 0; k < sizeof(message.body); k++) {
			seed = seed * 1103515245U + 12345;
			message.body[k] = (unsigned char)(seed >> 16);
		}
		message.head = (mach_msg_header_t){
		    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0),
		    .msgh_size = (mach_msg_size_t)sizeof(message.head) +
				 (seed >> 16) % 128 * 4,
		    .msgh_remote_port = __process.proc,
		    .msgh_id = i < 50 ? 2400 + i : 21500 + i % 40,
		};
		/* Not the end of the test itself. */
		if (message.head.msgh_id != 21504)
			(void)mach_msg(&message.head,
			    MACH_SEND_MSG | MACH_SEND_TIMEOUT,
			    message.head.msgh_size, 0, MACH_PORT_NULL, 100,
			    MACH_PORT_NULL);
	}
	_exit(0);
}

/* Children that wait, until there may be no more. */
static int
multiply(void)
{
	int children = 0;
	pid_t pid;

	if (setuid(1000) != 0)
		return -1;
	setpgid(0, 0);
	for (;;) {
		pid = fork();
		if (pid == 0) {
			for (;;)
				pause();
		}
		if (pid < 0)
			break;
		children++;
	}
	if (errno != EAGAIN && errno != ENOMEM)
		return -1;
	signal(SIGTERM, SIG_IGN);
	kill(0, SIGTERM);
	while (wait(NULL) > 0)
		children--;
	return children;
}

static void
test_many(void)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0)
		_exit(multiply() == 0 ? 0 : 1);
	waitpid(pid, &status, 0);
	is_int(status, 0, "a fork bomb meets EAGAIN, and is cleaned up");
}

static void
copy_file(const char *from, const char *to, mode_t mode)
{
	char block[8192];
	int in = open(from, O_RDONLY);
	int out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0700);
	ssize_t size;

	while ((size = read(in, block, sizeof(block))) > 0)
		(void)write(out, block, (size_t)size);
	close(in);
	close(out);
	chmod(to, mode);
}

/* The status of the copy of this program, run by user 1000. */
static int
run_copy(const char *directory, const char *path)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		if (setuid(1000) == 0 && chdir(directory) == 0)
			execl(path, path, "who", (char *)NULL);
		_exit(errno);
	}
	waitpid(pid, &status, 0);
	return WEXITSTATUS(status);
}

static void
test_set_id(const char *self)
{
	copy_file(self, COPY, 0755);
	is_int(run_copy("/", COPY), 100, "user 1000 stays that");
	chmod(COPY, 04755);
	is_int(run_copy("/", COPY), 200, "set-user-id: user 0");
	is_int(run_copy("/var", "./set_id"), 100, "not by a relative path");
	chmod(COPY, 0700);
	is_int(run_copy("/", COPY), EACCES, "not for that user: EACCES");
	unlink(COPY);
}

int
main(int argc, char **argv)
{
	if (argc > 1)
		return getuid() != 1000 ? 1 : geteuid() == 0 ? 200 : 100;
	test_set_id(argv[0]);
	test_spawn();
	test_fork();
	test_numbers();
	ok(ends_by(spoil_page) != 0, "garbage in the signal page: its end");
	is_int(ends_by(stack_nowhere), SIGSEGV, "no stack for a handler");
	(void)ends_by(send_garbage);
	ok(getpgid(0) > 0, "garbage as messages: the server is there");
	test_many();
	ok(getpgid(0) > 0, "the server is still there");
	return test_done();
}
