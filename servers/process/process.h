/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Processes, and what the files of the process server call of each other.
 *
 * table.c: the table of processes. image.c, program.c, rights.c: a task from a
 * program file. exec.c: exec, spawn, init. fork.c, exit.c, wait.c: as named.
 * signal.c: who gets a signal, and why. pending.c: those that wait to be acted
 * on. deliver.c: handlers, stops, ends. sigwait.c: those who take signals.
 * exception.c: faults become signals. group.c: groups, sessions, terminals.
 * ids.c: users. groups.c: their further groups. nice.c: their share of the
 * processor. scheduler.c: who has more than that. owner.c: who has a lock.
 * timer.c: alarms. posix_timer.c: the others. limit.c: resource limits. info.c:
 * what ps shows. memory.c: whether there is any for one more.
 *
 * A process has one port, which is both its calls' destination (process.defs)
 * and its task's exception port. It lives from table_add() until its parent (or
 * init) has waited for it; between its end and that it is a zombie: no task, no
 * memory, still a pid. One thread runs all of it. Functions return 0 or an
 * errno, unless said otherwise.
 *
 * Who frees: process_end() may free its process (nobody wants to wait for it)
 * and zombies that a waiting parent is told of. So signal_send() only notes all
 * signals but SIGKILL; deliver_poll() acts on them, between messages.
 */
#ifndef PROCESS_H
#define PROCESS_H

#include <mach/mach_types.h>

#include <servers/process_types.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* A session, shared by its processes. */
struct session {
	unsigned references;
	pid_t sid;
	mach_port_t terminal; /* a send right, or null */
};

struct waiter {
	struct waiter *next;
	mach_port_t reply;
	pid_t pid;
	int options;
};

/* Why a signal came, for the frame. */
struct signal_info {
	int64_t code;
	uint64_t address;
	int64_t pid;
	uint64_t uid;
	uint64_t value;
};

/*
 * A signal that is one of several of its number, or for one thread alone. One
 * of a fault holds the thread suspended.
 */
struct pending {
	struct pending *next;
	int signal;
	int slot;                  /* in the signal page, or SLOT_ANY */
	uint64_t serial;           /* of the thread that has it */
	mach_port_t thread;        /* of a fault, else null */
	struct posix_timer *timer; /* whose expiration it tells, or NULL */
	struct signal_info info;
};

#define SLOT_ANY    (-1)
#define QUEUED_MAX  PROC_SIGNALS_QUEUED /* by sigqueue() and the like */
#define PENDING_MAX 512                 /* with those for threads */

enum process_state {
	PROCESS_RUNS,
	PROCESS_STOPPED,
	PROCESS_ZOMBIE,
};

/* Where a program's strings are, in its task. */
struct strings_place {
	uint64_t args, args_size;
	uint64_t envs, envs_size;
};

struct process {
	struct process *hash_next;
	struct process *next; /* all, in order of pid */
	struct process *parent;
	struct process *first_child;
	struct process *sibling;

	pid_t pid;
	pid_t pgid;
	struct session *session;
	uint32_t uid, euid, suid;
	uint32_t gid, egid, sgid;
	int nice;
	int policy, priority; /* process_sched.h */
	uint32_t groups;      /* the name of a set of them (groups.c), or 0 */
	char name[32];
	struct strings_place strings;
	uint64_t started; /* ns since boot */

	mach_port_t port;    /* receive right */
	mach_port_t owner;   /* of locks: the same, or null */
	mach_port_t task;    /* send rights; null in a zombie */
	mach_port_t thread;  /* the first, which signals interrupt */
	mach_port_t program; /* the file it runs, a send right */

	struct signal_page *page; /* as we see it, and */
	vm_address_t page_there;  /* where the process has it */
	uint64_t pending;      /* once each, for whichever thread: see info[] */
	struct pending *queue; /* the others, in order of arrival */
	unsigned queued;
	struct sigwaiter *sigwaiters;
	struct posix_timer *timers;
	struct process *deliver_next;  /* deliver.c: to be looked at */
	struct process **deliver_link; /* NULL: not in a list */
	bool suspended; /* deliver.c: the task, stopped or not yet continued */

	enum process_state state;
	int status; /* as wait's: of the end, or of the last stop */
	bool stop_untold;
	bool continue_untold;
	bool has_execed;
	struct waiter *waiters;

	uint64_t alarm; /* ns since boot, or 0 */
	uint64_t alarm_interval;

	struct proc_limit limit[PROC_LIMITS];

	struct proc_usage usage;          /* of a zombie */
	struct proc_usage children_usage; /* waited for */

	/* Of the signals in `pending`; the others' means nothing. */
	struct signal_info info[SIGNAL_COUNT];
};

#define PROCESS_MAX         512
#define PROCESS_ROOT_EXTRA  32  /* of them for user 0 only */
#define PROCESS_PER_USER    256 /* for each other user */
#define PROCESS_WAITERS_MAX 64

extern struct ports_class process_class;

/* The privileged port of the host, and the system's root directory. */
extern mach_port_t host_priv;
extern mach_port_t root_directory;

/* memory.c. So little that a child or new program of that task would be ended.
 */
extern bool memory_is_short(mach_port_t task);

/*
 * nice.c. Tell the kernel what a task of the process may have, which is to run
 * as that user, and how nice its threads are.
 */
extern void nice_apply(
    const struct process *process, mach_port_t task, uint32_t euid);

/*
 * scheduler.c. What a process has been given: for a thread of a new task, which
 * runs already; for the page of a new task.
 */
extern void scheduler_set_thread(
    const struct process *process, mach_port_t thread);
extern void scheduler_show(
    const struct process *process, struct signal_page *page);

/*
 * groups.c. Sets of groups, for all servers to read; false: no memory. One
 * process more has one, or one less.
 */
extern bool groups_start(mach_port_t bootstrap);
extern void groups_hold(uint32_t name);
extern void groups_drop(uint32_t name);
extern bool groups_have(uint32_t name, uint32_t gid);

/* The living process whose port it is, or NULL. */
extern struct process *process_of(mach_port_t port);

/*
 * table.c. add: a process that is parent's child and like it (parent NULL: pid
 * 1), without a task yet. EAGAIN, ENOMEM. remove: it was waited for, or never
 * came to be.
 */
extern int table_add(struct process *parent, struct process **process);
extern void table_remove(struct process *process);
extern struct process *table_find(pid_t pid);
extern struct process *table_find_task(mach_port_t task);
extern struct process *table_first(void);
/* The next after a pid, which may be gone. */
extern struct process *table_after(pid_t pid);
extern unsigned table_count(void);
extern void session_release(struct session *session);

/* image.c: what a new program is made from. */
struct image_request {
	mach_port_t file;
	const char *path;
	const char *args;
	size_t args_size;
	const char *envs;
	size_t envs_size;
	const struct startup_fd *fds;
	size_t fds_size; /* bytes */
	const mach_port_t *ports;
	size_t port_count;
	uint32_t umask;
};

struct image_result {
	mach_port_t task;
	mach_port_t thread;
	mach_port_t program; /* the request's file, or one found instead */
	bool found;
	struct signal_page *page;
	vm_address_t page_there;
	uint32_t euid, egid; /* of a program with set-id bits: others */
	uint64_t entry, sp;  /* where its thread will begin */
	struct strings_place strings;
	const char *name; /* the last part of the path it was asked for by */
};

/*
 * Make a task, without a thread, for the program. Nothing of process changes.
 */
extern int image_make(const struct process *process,
    const struct image_request *request, struct image_result *result);
/*
 * The task runs, if there is memory for its thread: what it is to find in its
 * signal page is there.
 */
extern int image_start(struct image_result *image);
/* Let go of a result that is not used. */
extern void image_drop(struct image_result *result);
/* A signal page, shared with task at `there`. */
extern struct signal_page *image_signal_page(
    mach_port_t task, vm_address_t there);
extern void image_release_page(struct signal_page *page);

/* exit.c: end the task, and tell who wants to know. May free the process. */
extern void process_end(struct process *process, int status);
/* Forget the task without an end: exec has put another in its place. */
extern void process_release_task(struct process *process, bool terminate);

/* wait.c: child's state has changed: answer its parent's waiters. */
extern void wait_check(struct process *parent);
extern void wait_forget(struct process *process);

/* signal.c. send: to one process, whoever asks. SIGKILL may free it. */
extern void signal_send(
    struct process *process, int signal, const struct signal_info *info);
extern bool signal_is_ignored(const struct process *process, int signal);

/* To one thread, by its place in the signal page. 0 or an errno. */
extern int signal_send_thread(
    struct process *process, int slot, int signal, const struct signal_info *);
/* One of possibly many of its number. EAGAIN: too many. */
extern int signal_queue(struct process *process, int signal,
    const struct signal_info *info, struct posix_timer *timer);

/*
 * pending.c. add: EAGAIN or 0. set: what is pending for a thread. find: the
 * first of a number for it, told in *info; *entry is null if it is one of
 * process->pending. take: it has been acted on. show: tell the process.
 */
extern int pending_add(
    struct process *process, const struct pending *wanted, unsigned limit);
extern uint64_t pending_set(const struct process *process, int slot);
extern const struct signal_info *pending_find(const struct process *process,
    int slot, int signal, struct pending **entry);
extern void pending_take(
    struct process *process, int signal, struct pending *entry);
/* Drop all of a number, for all threads. */
extern void pending_drop(struct process *process, uint64_t signals);
extern void pending_forget(struct process *process);
/* exec: the new page is told before the image runs; then there is one thread.
 */
extern void pending_show_image(
    const struct process *process, struct signal_page *page);
extern void pending_become_first(struct process *process);

/* sigwait.c: answer those whose signals have come; may one be waited for? */
extern void sigwait_check(struct process *process);
extern bool sigwait_wants(const struct process *process, int signal);
extern void sigwait_forget(struct process *process);
extern mach_msg_timeout_t sigwait_poll(void);

/* posix_timer.c */
extern void posix_timer_told(struct posix_timer *timer);
extern void posix_timer_forget(struct process *process);
extern mach_msg_timeout_t posix_timer_poll(void);
extern void posix_timer_calendar_set(void);
/* Milliseconds until then, rounded up; for polls. */
extern mach_msg_timeout_t timer_ms(uint64_t now, uint64_t then);

/* Let a stopped process go on. */
extern void deliver_continue(struct process *process);
/*
 * deliver.c: act on what is pending and not blocked, before the next message is
 * received and the one being served is answered.
 */
extern void deliver_later(struct process *process);
extern void deliver_forget(struct process *process);
/* Before each wait of the server; how long to wait, ms, 0 for ever. */
extern mach_msg_timeout_t deliver_poll(void);

/* group.c */
extern bool group_is_orphaned(pid_t pgid);
extern void group_hang_up_if_orphaned(pid_t pgid);
extern void group_lose_terminal(mach_port_t terminal);
/* As setpgid and setsid, for a child that does not run yet. */
extern int group_set(struct process *process, pid_t pgid);
extern int group_new_session(struct process *process);

/* timer.c: send the alarms that are due; ms until the next may be, 0: none. */
extern mach_msg_timeout_t timer_poll(void);

/* ids.c: tell a process what has changed; and one that is to be. */
extern void ids_show(struct process *process);
extern void ids_show_image(
    const struct process *process, const struct image_result *image);

/*
 * limit.c: of the first process, of a child; told in a page. poll acts on those
 * of processor time, as timer_poll.
 */
extern void limit_init(struct process *process);
extern void limit_inherit(
    struct process *process, const struct process *parent);
extern void limit_show(const struct process *process, struct signal_page *page);
extern mach_msg_timeout_t limit_poll(void);

/* owner.c: it owns nothing any more. */
extern void owner_end(struct process *process);

/*
 * usage.c. What the kernel says of a task, false if it is none; the processor
 * time in that, ns; the same of a task, 0 if it is none; for wait and
 * getrusage.
 */
extern bool usage_basic_info(mach_port_t task, task_basic_info_data_t *info);
extern uint64_t usage_total(const task_basic_info_data_t *info);
extern uint64_t usage_cpu_time(mach_port_t task);
extern void usage_of_task(mach_port_t task, struct proc_usage *usage);
extern void usage_add(struct proc_usage *to, const struct proc_usage *from);

/* Ends the system with a message when init has ended. */
extern void init_has_ended(int status);

#endif
