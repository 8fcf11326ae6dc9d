/* SPDX-License-Identifier: BSD-2-Clause */
/* machr/system.h: what utilities ask of the servers beyond POSIX. */
#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <machr/system.h>
#include <servers/fs_user.h>
#include <servers/process_user.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "process.h"

static void
copy_process(struct machr_process *to, const struct proc_info *from)
{
	*to = (struct machr_process){
	    .pid = from->pid,
	    .ppid = from->ppid,
	    .pgid = from->pgid,
	    .uid = from->uid,
	    .state = (char)from->state,
	    .time_us = from->time_us,
	    .vsize = from->vsize,
	    .rss = from->rss,
	};
	strlcpy(to->name, from->name, sizeof(to->name));
}

int
machr_process_list(struct machr_process *list, int max)
{
	mach_msg_type_number_t size = 0;
	vm_offset_t memory = 0;
	const struct proc_info *from;
	int count;
	int i;

	if (__result(proc_list(__process.proc, &memory, &size)) != 0)
		return -1;
	from = (const struct proc_info *)memory;
	count = (int)(size / sizeof(*from));
	for (i = 0; i < count && i < max; i++)
		copy_process(&list[i], &from[i]);
	mig_deallocate(memory, size);
	return count;
}

int
machr_process_details(pid_t pid, struct proc_details *details)
{
	return __result(proc_describe(__process.proc, pid, details));
}

/* init ends the system, as the signal says. */
int
machr_reboot(int how)
{
	switch (how) {
	case MACHR_REBOOT:
		return kill(1, SIGTERM);
	case MACHR_POWEROFF:
		return kill(1, SIGUSR2);
	case MACHR_HALT:
		return kill(1, SIGUSR1);
	default:
		errno = EINVAL;
		return -1;
	}
}

int
machr_system_end(int how)
{
	static const int ways[] = {
	    [MACHR_REBOOT] = HOST_REBOOT_RESTART,
	    [MACHR_POWEROFF] = HOST_REBOOT_POWEROFF,
	    [MACHR_HALT] = HOST_REBOOT_HALT,
	};

	if (how < MACHR_REBOOT || how > MACHR_HALT) {
		errno = EINVAL;
		return -1;
	}
	if (__result(fs_shutdown(__process.root)) != 0)
		return -1;
	return __result(proc_reboot(__process.proc, ways[how]));
}

int
machr_task(pid_t pid, unsigned *task)
{
	return __result(proc_get_task(__process.proc, pid, task));
}

int
machr_process_program(pid_t pid, unsigned *file)
{
	return __result(proc_get_program(__process.proc, pid, file));
}

int
machr_process_limits(pid_t pid, struct proc_limits *limits)
{
	return __result(proc_get_limits(__process.proc, pid, limits));
}

int
machr_host(unsigned *host_priv)
{
	return __result(proc_get_host(__process.proc, host_priv));
}

ssize_t
machr_mounts(char *to, size_t size)
{
	char text[IO_DATA_MAX];
	mach_msg_type_number_t length = sizeof(text);

	if (__result(fs_get_mounts(__process.root, text, &length)) != 0)
		return -1;
	memcpy(to, text, length < size ? length : size);
	return (ssize_t)length;
}

ssize_t
machr_klog(char *to, size_t size)
{
	char block[512];
	ssize_t total = 0;
	ssize_t done;
	int fd = open("/dev/klog", O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return -1;
	while ((done = read(fd, block, sizeof(block))) > 0) {
		size_t room = size - (size_t)total;

		if ((size_t)total < size)
			memcpy(to + total, block,
			    (size_t)done < room ? (size_t)done : room);
		total += done;
	}
	close(fd);
	return total;
}
