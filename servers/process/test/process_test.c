/* SPDX-License-Identifier: BSD-2-Clause */
/* Processes without a kernel: families, waiting, groups, signals, alarms. */
#include <errno.h>
#include <libtest/test.h>
#include <servers/process_server.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "fake_kernel.h"

#define BIT(signal) (1UL << ((signal)-1))
#define HANDLER     0x402000

static struct process *init;

static int
error_of(kern_return_t code)
{
	return SERVER_IS_ERROR(code) ? SERVER_ERRNO(code) : code;
}

/* wait's answer at once, or fake.reply_* later; the pid. */
static int
wait_for(struct process *parent, int pid, int options, int *status)
{
	proc_usage_t usage;
	int waited = -1;
	kern_return_t kr;

	fake.replies = 0;
	kr = S_proc_wait(
	    parent->port, pid, options | WEXITED, &waited, status, &usage);
	if (kr == MIG_NO_REPLY && fake.replies == 0)
		return -2;
	if (kr == MIG_NO_REPLY) {
		kr = fake.reply_code;
		waited = fake.reply_pid;
		*status = fake.reply_status;
	}
	return kr == KERN_SUCCESS ? waited : -error_of(kr) - 1000;
}

/* End it, and let its parent know and forget. */
static void
reap(struct process *process)
{
	struct process *parent = process->parent;
	int status, pid = process->pid;

	if (process->state != PROCESS_ZOMBIE)
		process_end(process, 0);
	(void)wait_for(parent, pid, WNOHANG, &status);
}

static void
test_table(void)
{
	struct process *first = fake_child(init), *second = fake_child(init);
	struct process *many[PROCESS_MAX] = {NULL};
	pid_t pid = second->pid;
	int count;

	is_int(init->pid, 1, "the first is pid 1");
	is_int(second->pid, first->pid + 1, "pids go up");
	ok(table_find(pid) == second && table_after(pid - 1) == second,
	    "found by pid and by the one before");
	reap(second);
	ok(table_find(pid) == NULL, "and not when it is gone");
	second = fake_child(init);
	ok(second->pid > pid, "a pid is not used again at once");
	second->uid = second->euid = 1000;
	for (count = 0; count < PROCESS_MAX; count++) {
		many[count] = fake_child(second);
		if (many[count] == NULL)
			break;
	}
	is_int(count, PROCESS_PER_USER - 1, "a user has a limit");
	for (int i = 0; i < count; i++)
		reap(many[i]);
	for (count = 0; count < PROCESS_MAX; count++) {
		many[count] = fake_child(first);
		if (many[count] == NULL)
			break;
	}
	is_int(table_count(), PROCESS_MAX, "user 0 may have all");
	for (int i = 0; i < count; i++)
		reap(many[i]);
	reap(first);
	reap(second);
	is_int(table_count(), 1, "all gone");
}

static void
test_owner(void)
{
	struct process *first = fake_child(init), *second = fake_child(init);
	mach_port_t one, again, other;

	is_int(S_proc_lock_owner(first->port, &one), 0, "an owner");
	is_int(S_proc_lock_owner(first->port, &again), 0, "asked again");
	is_int(again, one, "is the same");
	is_int(S_proc_lock_owner(second->port, &other), 0, "another process");
	ok(other != one, "is another");
	process_end(first, 0);
	is_int(first->owner, MACH_PORT_NULL, "it ends before the zombie");
	reap(first);
	reap(second);
}

static void
test_wait(void)
{
	struct process *parent = fake_child(init);
	struct process *child = fake_child(parent), *other = fake_child(parent);
	int pid = child->pid, status = 0;

	is_int(wait_for(parent, -1, WNOHANG, &status), 0, "nothing to tell");
	is_int(wait_for(parent, 1, WNOHANG, &status), -ECHILD - 1000, "ECHILD");
	fake.reply = 77;
	is_int(wait_for(parent, pid, 0, &status), -2, "a wait waits");
	process_end(other, 0x200);
	is_int(fake.replies, 0, "not for another child");
	process_end(child, 0x300);
	is_int(fake.reply_pid, pid, "but for this");
	is_int(fake.reply_status, 0x300, "with its status");
	ok(table_find(pid) == NULL, "which then is gone");
	is_int(wait_for(parent, -1, WNOWAIT, &status), other->pid, "WNOWAIT");
	is_int(wait_for(parent, 0, 0, &status), other->pid, "leaves it");
	is_int(status, 0x200, "with its status");

	child = fake_child(parent);
	pid = child->pid;
	fake.reply = fake.dead_reply = 78;
	is_int(wait_for(parent, -1, 0, &status), -2, "a wait, given up");
	process_end(child, 0x100);
	is_int(
	    wait_for(parent, -1, 0, &status), -2, "nor one answered at once");
	fake.dead_reply = 0;
	is_int(wait_for(parent, -1, 0, &status), pid, "has lost anything");

	child = fake_child(parent);
	fake.reply = 79;
	is_int(wait_for(parent, child->pid, 0, &status), -2, "a wait");
	parent->page->action[SIGCHLD].handler = 1;
	process_end(child, 0);
	is_int(error_of(fake.reply_code), ECHILD, "SIGCHLD ignored: ECHILD");
	reap(parent);
}

/* Init waits for a process that ends and leaves a zombie and a child. */
static void
test_orphans(void)
{
	struct process *middle = fake_child(init);
	struct process *living = fake_child(middle);
	struct process *dead = fake_child(middle);
	int middle_pid = middle->pid, dead_pid = dead->pid, status;

	process_end(dead, 0x500);
	fake.reply = 80;
	is_int(wait_for(init, -1, 0, &status), -2, "init waits");
	process_end(middle, 0x600);
	is_int(fake.replies, 1, "and is told of one");
	ok(living->parent == init, "the living child is init's");
	is_int(wait_for(init, -1, WNOHANG, &status),
	    fake.reply_pid == middle_pid ? dead_pid : middle_pid,
	    "and of the other");
	reap(living);
	is_int(table_count(), 1, "nothing is left");
}

static void
test_stops(void)
{
	struct process *parent = fake_child(init), *child;
	struct signal_info info = {.code = SI_USER};
	int status;

	group_new_session(parent);
	child = fake_child(parent);
	signal_send(child, SIGTSTP, &info);
	fake_poll();
	is_int(child->state, PROCESS_RUNS, "no stop in an orphaned group");
	is_int(group_set(child, 0), 0, "a group of its own");
	fake.suspended = fake.resumed = 0;
	signal_send(child, SIGTSTP, &info);
	fake_poll();
	is_int(fake.suspended, 1, "SIGTSTP suspends");
	is_int(wait_for(parent, -1, WNOHANG, &status), 0, "not asked for");
	is_int(wait_for(parent, -1, WNOHANG | WUNTRACED, &status), child->pid,
	    "WUNTRACED");
	ok(WIFSTOPPED(status) && WSTOPSIG(status) == SIGTSTP, "its status");
	signal_send(child, SIGTERM, &info);
	fake_poll();
	is_int(child->state, PROCESS_STOPPED, "SIGTERM waits");
	child->page->action[SIGTERM].handler = HANDLER;
	signal_send(child, SIGCONT, &info);
	is_int(fake.resumed, 0, "SIGCONT: first its handler");
	fake_poll();
	is_int(fake.resumed, 1, "then it runs");
	is_int(fake.frame.signal, SIGTERM, "with the handler");
	is_int(wait_for(parent, -1, WNOHANG | WCONTINUED, &status), child->pid,
	    "WCONTINUED");
	ok(WIFCONTINUED(status), "its status");

	child->page->action[SIGHUP].handler = HANDLER;
	signal_send(child, SIGSTOP, &info);
	fake_poll();
	process_end(parent, 0);
	fake_poll();
	is_int(fake.frame.signal, SIGHUP, "orphaned and stopped: SIGHUP");
	is_int(child->state, PROCESS_RUNS, "and SIGCONT");
	reap(parent);
	reap(child);
}

static void
test_handlers(void)
{
	struct process *process = fake_child(init);
	struct signal_page *page = process->page;
	struct signal_info info = {.code = SI_USER, .pid = 42};

	page->action[SIGUSR1].handler = HANDLER;
	page->action[SIGUSR1].mask = BIT(SIGUSR2) | BIT(SIGKILL);
	THREAD_STATE_SP(&fake.state) = 0x7000123;
	THREAD_STATE_PC(&fake.state) = 0x5555;
	page->thread[0].blocked = BIT(SIGUSR1);
	signal_send(process, SIGUSR1, &info);
	fake_poll();
	is_int(page->pending, BIT(SIGUSR1), "blocked: pending");
	page->thread[0].blocked = 0;
	is_int(S_proc_signal_check(process->port), KERN_SUCCESS, "unblocked");
	fake_poll();
	is_int(page->pending, 0, "delivered");
	is_int(fake.frame.pid, 42, "from whom");
	is_int(THREAD_STATE_PC(&fake.frame.state), 0x5555, "where it was");
	is_int(THREAD_STATE_PC(&fake.state), 0x401000, "the trampoline");
	is_int(THREAD_STATE_SP(&fake.state), fake.frame_at, "its stack");
	ok(fake.frame_at % 16 == 0 &&
		fake.frame_at + sizeof(struct signal_frame) <= 0x7000123 - 128,
	    "aligned, below the red zone");
	is_int(
	    page->thread[0].blocked, BIT(SIGUSR1) | BIT(SIGUSR2), "the mask");
	page->thread[0].blocked = 0;
	page->thread[0].stack_base = 0x9000000;
	page->thread[0].stack_size = 0x4000;
	page->action[SIGUSR1].flags = SA_ONSTACK;
	fake.busy = true;
	signal_send(process, SIGUSR1, &info);
	ok(fake_poll() > 0, "a thread that cannot be stopped: again soon");
	is_int(page->pending, BIT(SIGUSR1), "pending until then");
	fake.busy = false;
	is_int(fake_poll(), 0, "then it can");
	ok(fake.frame_at > 0x9000000 && fake.frame_at < 0x9004000,
	    "on the alternate stack");
	page->thread[0].blocked = 0;
	fake.no_stack = true;
	signal_send(process, SIGUSR1, &info);
	fake_poll();
	fake.no_stack = false;
	is_int(process->status, SIGSEGV, "no room for the frame: SIGSEGV");
	reap(process);
	signal_send(init, SIGTERM, &info);
	signal_send(init, SIGKILL, &info);
	fake_poll();
	ok(init->state == PROCESS_RUNS && !fake.init_ended, "init stays");
}

/* Signals that count one by one, and those who wait for them. */
static void
test_queue(void)
{
	struct process *process = fake_child(init);
	struct signal_page *page = process->page;
	struct signal_info info = {.code = SI_QUEUE, .value = 1};
	proc_siginfo_t told;
	int i;

	page->thread[0].blocked = BIT(SIGRTMIN) | BIT(SIGUSR1);
	is_int(signal_queue(process, SIGRTMIN, &info, NULL), 0, "queued");
	info.value = 2;
	is_int(signal_queue(process, SIGRTMIN, &info, NULL), 0, "once more");
	is_int(page->pending, BIT(SIGRTMIN), "shown");
	is_int(S_proc_signal_wait(process->port, 0, BIT(SIGRTMIN), 0, &told),
	    MIG_NO_REPLY, "taken");
	is_int(fake.taken.value, 1, "the first first");
	is_int(page->pending, BIT(SIGRTMIN), "one is left");
	(void)S_proc_signal_wait(process->port, 0, BIT(SIGRTMIN), 0, &told);
	is_int(fake.taken.value, 2, "then the second");
	is_int(page->pending, 0, "none is left");
	(void)S_proc_signal_wait(process->port, 0, BIT(SIGRTMIN), 0, &told);
	is_int(fake.reply_code, SERVER_ERROR(EAGAIN), "EAGAIN");
	(void)S_proc_signal_wait(
	    process->port, 0, BIT(SIGUSR1), PROC_FOREVER, &told);
	signal_send(process, SIGUSR1, &info);
	fake_poll();
	is_int(fake.taken.signal, SIGUSR1, "who waits is told");
	is_int(page->pending, 0, "it was taken");
	for (i = 0; i < QUEUED_MAX; i++)
		(void)signal_queue(process, SIGRTMIN, &info, NULL);
	is_int(signal_queue(process, SIGRTMIN, &info, NULL), EAGAIN,
	    "too many are queued");
	is_int(error_of(S_proc_kill_thread(process->port, 500, SIGUSR1)),
	    EINVAL, "no such place");
	process_end(process, 0);
	is_int(process->queued, 0, "nothing is left");
	reap(process);
}

static void
test_kill(void)
{
	struct process *one = fake_child(init), *two = fake_child(init);
	struct process *user = fake_child(init);

	(void)group_set(one, 0);
	(void)group_set(two, one->pid);
	user->uid = user->euid = user->suid = 1000;
	is_int(error_of(S_proc_kill(user->port, one->pid, SIGTERM)), EPERM,
	    "another user's: EPERM");
	is_int(error_of(S_proc_kill(user->port, 9999, 0)), ESRCH, "ESRCH");
	is_int(error_of(S_proc_kill(user->port, one->pid, SIGCONT)), 0,
	    "SIGCONT in the session");
	is_int(
	    error_of(S_proc_kill(one->port, -one->pid, SIGTERM)), 0, "a group");
	fake_poll();
	ok(one->state == PROCESS_ZOMBIE && two->state == PROCESS_ZOMBIE,
	    "ends, the sender with it");
	ok(user->state == PROCESS_RUNS, "and no other");
	is_int(error_of(S_proc_kill(init->port, -1, SIGKILL)), 0, "all");
	ok(user->state == PROCESS_ZOMBIE && init->state == PROCESS_RUNS,
	    "but init");
	reap(one);
	reap(two);
	reap(user);
}

static void
test_groups_and_users(void)
{
	struct process *leader = fake_child(init), *child = fake_child(leader);
	int sid = 0;

	is_int(error_of(S_proc_setsid(leader->port, &sid)), 0, "setsid");
	is_int(sid, leader->pid, "its number");
	is_int(error_of(S_proc_setsid(leader->port, &sid)), EPERM, "once");
	is_int(error_of(S_proc_setpgid(leader->port, child->pid, 0)), EPERM,
	    "setpgid in another session");
	is_int(error_of(S_proc_setpgid(child->port, leader->pid, 0)), ESRCH,
	    "setpgid of a parent");
	is_int(error_of(S_proc_setpgid(init->port, 0, 5)), EPERM,
	    "setpgid of a session's leader");
	child->has_execed = true;
	child->session->references--;
	child->session = leader->session;
	child->session->references++;
	is_int(error_of(S_proc_setpgid(leader->port, child->pid, 0)), EACCES,
	    "setpgid after exec");
	is_int(error_of(S_proc_setid(child->port, PROC_ID_UID, 7, 7)), 0,
	    "setuid");
	is_int(fake.token.val[0], 7, "the kernel knows");
	is_int(fake.best_priority, 16, "the kernel holds it to that");
	is_int(error_of(S_proc_set_nice(child->port, PRIO_PROCESS, 0, 19)), 0,
	    "nice");
	is_int(fake.best_priority, 30, "now to that");
	is_int(error_of(S_proc_set_nice(child->port, PRIO_PROCESS, 0, 18)),
	    EACCES, "for good");
	is_int(error_of(S_proc_set_nice(init->port, PRIO_USER, 7, -20)), 0,
	    "init may");
	is_int(fake.priority, 13, "it is the best");
	is_int(error_of(S_proc_setid(child->port, PROC_ID_UID, 0, 0)), EPERM,
	    "and there is no way back");
	reap(child);
	reap(leader);
}

/* Its server has died. */
static void
test_terminal(void)
{
	struct process *leader = fake_child(init), *child, *other;
	int sid;

	is_int(error_of(S_proc_setsid(leader->port, &sid)), 0, "setsid");
	child = fake_child(leader);
	other = fake_child(init);
	is_int(error_of(S_proc_set_terminal(child->port, 7)), EPERM,
	    "only the leader sets the terminal");
	is_int(error_of(S_proc_set_terminal(leader->port, 7)), 0, "he does");
	is_int((int)fake.watched, 7, "it is watched");
	group_lose_terminal(8);
	(void)fake_poll();
	ok(leader->state == PROCESS_RUNS, "another one's end is nothing");
	child->page->action[SIGHUP].handler = 1;
	group_lose_terminal(7);
	(void)fake_poll();
	is_int(leader->status, SIGHUP, "its end is the leader's");
	ok(child->state == PROCESS_RUNS && other->state == PROCESS_RUNS,
	    "not of who ignores SIGHUP, or has another");
	is_int((int)child->session->terminal, MACH_PORT_NULL,
	    "the session has none");
	reap(child);
	reap(other);
	reap(leader);
}

static void
test_groups(void)
{
	struct process *child = fake_child(init);
	struct process *other = fake_child(init);
	uint32_t list[33] = {5, 6, 7};
	uint32_t got[32];
	mach_msg_type_number_t count = 32;
	uint32_t name, old;

	is_int(error_of(S_proc_set_groups(child->port, list, 3)), 0, "three");
	name = child->groups;
	is_int(fake.groups, name, "the kernel knows");
	ok(groups_have(name, 7) && !groups_have(name, 8), "those and no more");
	is_int(error_of(S_proc_set_groups(other->port, list, 3)), 0, "again");
	is_int(other->groups, name, "is the same set");
	is_int(error_of(S_proc_get_groups(other->port, got, &count)), 0, "got");
	ok(count == 3 && got[0] == 5 && got[2] == 7, "as they were");
	is_int(error_of(S_proc_set_groups(child->port, list, 33)), EINVAL,
	    "too many");
	is_int(error_of(S_proc_set_groups(child->port, list, 0)), 0, "none");
	is_int(child->groups, 0, "is no set");
	ok(groups_have(name, 7), "the other has it still");
	reap(other);
	old = name;
	for (uint32_t i = 0; i < 2000; i++) {
		list[0] = i;
		(void)S_proc_set_groups(child->port, list, 1);
		ok(child->groups != old && child->groups != 0 &&
			groups_have(child->groups, i),
		    "a new set has a new name");
		old = child->groups;
	}
	ok(!groups_have(name, 7), "an old name is nobody's");
	child->euid = 1000;
	is_int(error_of(S_proc_set_groups(child->port, list, 3)), EPERM,
	    "a user may not");
	reap(child);
}

static void
test_alarm(void)
{
	struct process *process = fake_child(init);
	uint64_t old = 0, interval = 0;

	process->page->action[SIGALRM].handler = HANDLER;
	fake.now = 1000000000;
	(void)S_proc_set_timer(
	    process->port, 5000000, 3000000, &old, &interval);
	is_int(fake_poll(), 5, "ms until the alarm");
	fake.now += 5000000;
	fake.frame.signal = 0;
	is_int(fake_poll(), 3, "then until the next");
	is_int(fake.frame.signal, SIGALRM, "SIGALRM");
	(void)S_proc_set_timer(process->port, 0, 0, &old, &interval);
	is_int(old, 3000000, "what was left");
	fake.now += 5000000;
	is_int(fake_poll(), 0, "stopped");
	reap(process);
}

int
main(void)
{
	init = fake_child(NULL);
	test_table();
	test_owner();
	test_wait();
	test_orphans();
	test_stops();
	test_handlers();
	test_queue();
	test_kill();
	test_groups_and_users();
	test_terminal();
	ok(groups_start(MACH_PORT_NULL), "a table of groups");
	test_groups();
	test_alarm();
	return test_done();
}
