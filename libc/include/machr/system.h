/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a few utilities ask of Mach_R beyond POSIX: the list of processes,
 * the mounts, the kernel's log, and the end of the system's run. libc turns
 * each into an RPC to the server that knows. All return -1 and set errno on
 * failure; none keeps a pointer it was given.
 */
#ifndef MACHR_SYSTEM_H
#define MACHR_SYSTEM_H

#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MACHR_PROCESS_NAME 32

/* One process as the process server and its task's information show it. */
struct machr_process {
	pid_t pid;
	pid_t ppid;
	pid_t pgid;
	uid_t uid;
	char state; /* R runs, S sleeps, T stopped, Z ended, not waited for */
	char name[MACHR_PROCESS_NAME]; /* last component, NUL-terminated */
	unsigned long long time_us;    /* user and system time */
	unsigned long long vsize;      /* bytes of address space */
	unsigned long long rss;        /* bytes resident */
};

/*
 * Fill at most `max` entries, in order of pid. Returns how many processes
 * there are, which may be more than `max`. A zero `max` only counts.
 */
int machr_process_list(struct machr_process *list, int max);

/* What /proc tells of one process, which is there. ESRCH. */
struct proc_details;
int machr_process_details(pid_t pid, struct proc_details *details);

enum machr_reboot {
	MACHR_REBOOT,
	MACHR_POWEROFF,
	MACHR_HALT,
};

/*
 * Ask for a clean end: services stopped, file systems synced and unmounted,
 * then `how` (an enum machr_reboot). Returns 0 once the request is accepted;
 * the caller goes on until it is stopped itself. EPERM, EINVAL.
 */
int machr_reboot(int how);

/*
 * The end itself, for init: the root file system is written back and marked
 * clean, then the machine does `how`. Returns only on failure. EPERM, EINVAL.
 */
int machr_system_end(int how);

/*
 * Ports, as names of send rights the caller has to deallocate: the control port
 * of a process's task, for user 0 or the process's own; the host's privileged
 * port, for user 0. ESRCH, EPERM.
 */
int machr_task(pid_t pid, unsigned *task);
int machr_host(unsigned *host_priv);

/*
 * The file of its program, as the names of ports above; and its limits, by
 * RLIMIT_*. ESRCH, EPERM.
 */
struct proc_limits;
int machr_process_program(pid_t pid, unsigned *file);
int machr_process_limits(pid_t pid, struct proc_limits *limits);

/*
 * Text, one line a mount: "source target type options\n". Copies at most
 * `size` bytes, without a NUL, and returns the whole text's length.
 */
ssize_t machr_mounts(char *buf, size_t size);

/* As sync(), and tells: EIO where something could not be written. */
int machr_sync(void);

/* The kernel's message ring, oldest first; as machr_mounts. */
ssize_t machr_klog(char *buf, size_t size);

#ifdef __cplusplus
}
#endif

#endif
