/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the process server and libc share: the start-up block, the descriptor
 * table that exec passes on, the signal page, process information.
 */
#ifndef SERVERS_PROCESS_TYPES_H
#define SERVERS_PROCESS_TYPES_H

#include <mach/mach_types.h>

/*
 * A new program finds on its stack, at the 16-byte aligned stack pointer:
 * argc, argv[] NULL, envp[] NULL, then pairs {type, value} up to AT_NULL, as
 * System V has it. Types of our own carry names of send rights. A program
 * started by bootstrap has STARTUP_PROC null and no root directory.
 */
#define STARTUP_AT_NULL   0
#define STARTUP_AT_PHDR   3
#define STARTUP_AT_PHENT  4
#define STARTUP_AT_PHNUM  5
#define STARTUP_AT_PAGESZ 6
#define STARTUP_AT_ENTRY  9
#define STARTUP_AT_RANDOM 25     /* address of 16 random bytes */
#define STARTUP_PROC      0x1001 /* the process port */
#define STARTUP_ROOT      0x1002 /* root directory */
#define STARTUP_CWD       0x1003 /* current directory */
#define STARTUP_FD_TABLE  0x1004 /* address of struct startup_fd[] */
#define STARTUP_FD_COUNT  0x1005
#define STARTUP_SIGNALS   0x1006 /* address of the signal page */
#define STARTUP_UMASK     0x1007

/* For the first task only, from the kernel. */
#define STARTUP_HOST_PRIV     0x1101
#define STARTUP_DEVICE_MASTER 0x1102
#define STARTUP_ARCHIVE       0x1103 /* address of the cpio archive, mapped */
#define STARTUP_ARCHIVE_SIZE  0x1104
#define STARTUP_CMDLINE       0x1105 /* address of the kernel's command line */

struct startup_fd {
	int32_t fd;
	mach_port_name_t port; /* on the wire: index into the port array */
	int32_t flags;         /* O_* */
	int32_t reserved;
};

#define PROC_FD_MAX 256

/* What a program is given goes in the message up to this size. */
#define PROC_SMALL_MAX 1024

/* proc_spawn. */
#define PROC_SPAWN_SETPGROUP 0x1
#define PROC_SPAWN_SETSIGDEF 0x4
#define PROC_SPAWN_SETSID    0x8

/* So many rights, at most, go in the message itself. */
#define PROC_PORTS_FEW 6

/*
 * proc_exec's ports: [0] root, [1] cwd, then those of fd_table in its order,
 * whose port field is the index in this array.
 */
#define PROC_PORT_ROOT 0
#define PROC_PORT_CWD  1
#define PROC_PORT_FD   2

struct proc_ids {
	int32_t pid;
	int32_t ppid;
	int32_t pgid;
	int32_t sid;
	uint32_t uid;
	uint32_t euid;
	uint32_t gid;
	uint32_t egid;
};
typedef struct proc_ids proc_ids_t;

/* Limits, by RLIMIT_* of sys/resource.h: what holds, and how far it may go. */
#define PROC_LIMITS    10
#define PROC_UNLIMITED (~0UL)

struct proc_limit {
	uint64_t soft;
	uint64_t hard;
};

/* How the threads were told to be scheduled by others, for the last time. */
struct proc_sched {
	int32_t policy; /* process_sched.h */
	int32_t priority;
	uint32_t changes; /* counts them */
	uint32_t reserved;
};

/*
 * Where a process has what it alone knows, in its own memory; 0: it does not
 * say. The names of its root and its current directory, one after the other;
 * its descriptors, each of so many bytes, and an int that says how many.
 */
struct proc_places {
	uint64_t directories;
	uint64_t descriptors;
	uint64_t descriptors_end;
	uint64_t descriptor_size;
};

/* What a descriptor begins with. */
struct proc_descriptor {
	mach_port_name_t port; /* null: there is none of that number */
	int32_t flags;         /* O_* */
};

/*
 * The signal page: memory shared by a process and the process server. The
 * process writes what it wants; the server believes nothing of it but what
 * hurts only this process. pending is the server's, the process reads it
 * after unblocking and calls proc_signal_check when one is deliverable. ids is
 * the server's, too: what proc_get_ids would tell; and so is limit, whose
 * numbers are complemented: a page of zeros sets none. places is for others
 * to read.
 */
#define SIGNAL_COUNT 65 /* signals 1..64 */

struct signal_action {
	uint64_t handler; /* 0 default, 1 ignore, else address */
	uint64_t mask;
	uint64_t flags; /* SA_* of signal.h */
};

/*
 * A thread's place in it: the first is the first thread's, whose base is of no
 * concern. The server finds the others by their base. pending is the server's:
 * what was sent to this thread alone.
 */
struct signal_thread {
	uint64_t base;    /* the thread base, 0: nobody's */
	uint64_t blocked; /* bit n-1 for signal n */
	uint64_t pending;
	uint64_t stack_base; /* sigaltstack, size 0: none */
	uint64_t stack_size;
	uint64_t serial; /* another one for each thread that has the place */
	uint64_t reserved[2];
};

#define SIGNAL_THREADS 128

struct signal_page {
	uint64_t pending;    /* for whichever thread does not block it */
	uint64_t trampoline; /* where a handler starts: libc's entry */
	struct signal_action action[SIGNAL_COUNT];
	struct proc_ids ids;
	struct proc_limit limit[PROC_LIMITS];
	struct proc_sched sched;
	struct proc_places places;
	struct signal_thread thread[SIGNAL_THREADS];
};

#define SIGNAL_PAGE_SIZE 12288 /* whole pages */
_Static_assert(sizeof(struct signal_page) <= SIGNAL_PAGE_SIZE,
    "what a process and the server share");

/* Never blocked: what libc sends a thread to cancel it. */
#define SIGNAL_INTERNAL 32

/* So many signals that count one by one may wait for a process. */
#define PROC_SIGNALS_QUEUED 320

/* proc_signal_wait, proc_timer_set: no time limit, no change. */
#define PROC_FOREVER (~0UL)

/* proc_timer_create: how it tells. */
#define PROC_TIMER_SIGNAL 0
#define PROC_TIMER_NONE   1
#define PROC_TIMER_CPU    0x10 /* with those: of the process's own time */

/* Of a process, with those of setitimer(); TIMER_MAX. */
#define PROC_TIMERS_MAX 1024

/* What clock the time of proc_timer_set is of; 0: it is from now on. */
#define PROC_TIMER_UPTIME   1
#define PROC_TIMER_CALENDAR 2

struct proc_siginfo {
	int32_t signal;
	int32_t code;
	int32_t pid;
	uint32_t uid;
	uint64_t value;
	uint64_t address;
};
typedef struct proc_siginfo proc_siginfo_t;

/* A timer: ns until it expires (0: disarmed), and between expirations. */
struct proc_timer {
	uint64_t value;
	uint64_t interval;
};
typedef struct proc_timer proc_timer_t;

/*
 * What the server pushes on the stack before it starts the trampoline with
 * the stack pointer at it (16-byte aligned) and its address as argument 0.
 * libc calls the handler, then restores blocked and, by the trap
 * thread_set_self_state, the state.
 */
struct signal_frame {
	uint64_t signal;
	uint64_t code;    /* si_code */
	uint64_t address; /* si_addr, faults */
	int64_t pid;      /* si_pid */
	uint64_t uid;     /* si_uid */
	uint64_t value;   /* si_value or si_status */
	uint64_t blocked; /* to restore */
	uint64_t flags;   /* SIGNAL_FRAME_* */
	struct thread_general_state state;
};
#define SIGNAL_FRAME_INTERRUPTED 1 /* a wait in the kernel was cut short */

struct proc_info {
	int32_t pid;
	int32_t ppid;
	int32_t pgid;
	int32_t sid;
	uint32_t uid;
	uint32_t state; /* 'R' 'S' 'T' 'Z' */
	uint64_t time_us;
	uint64_t vsize;
	uint64_t rss;
	char name[32];
};
typedef struct proc_info *proc_info_array_t;

/*
 * proc_describe. Where the strings are that the program was started with is
 * what this process server has put there; the program may have changed them.
 * Where the rest is the program says.
 */
struct proc_details {
	uint64_t pid, ppid, pgid, sid;
	uint64_t uid, euid, suid;
	uint64_t gid, egid, sgid;
	uint64_t state;   /* as proc_info's */
	uint64_t started; /* ns since boot */
	uint64_t user_ns, system_ns, children_user_ns, children_system_ns;
	uint64_t vsize, rss; /* bytes */
	uint64_t args, args_size, envs, envs_size;
	struct proc_places places;
	char name[32];
};
_Static_assert(sizeof(struct proc_details) == 30 * sizeof(uint64_t),
    "as process.defs says");
typedef struct proc_details proc_details_t;

/* proc_get_limits: by RLIMIT_*. */
struct proc_limits {
	struct proc_limit limit[PROC_LIMITS];
};
typedef struct proc_limits proc_limits_t;

/* proc_setid: which. ~0 leaves a value. */
#define PROC_ID_UID 0
#define PROC_ID_GID 1

/* User and system time of a child, ns, and of all waited for. */
struct proc_usage {
	uint64_t user_ns;
	uint64_t system_ns;
	uint64_t max_rss;
	uint64_t reserved;
};
typedef struct proc_usage proc_usage_t;

typedef struct startup_fd *startup_fd_array_t;

#endif
