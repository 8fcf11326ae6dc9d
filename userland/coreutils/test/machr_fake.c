/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * machr/system.h for the host: a system with three processes and two mounts,
 * that says what it would do when it is told to end.
 */
#include <errno.h>
#include <machr/system.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct machr_process processes[] = {
    {1, 0, 1, 0, 'S', "init", 1230000, 1 << 20, 40 << 10},
    {7, 1, 7, 0, 'S', "msh", 65430000, 2 << 20, 80 << 10},
    {9, 7, 9, 4242, 'R', "ps", 0, 1 << 20, 36 << 10},
};

int
machr_process_list(struct machr_process *list, int max)
{
	int i;

	for (i = 0; i < 3 && i < max; i++)
		list[i] = processes[i];
	return 3;
}

int
machr_reboot(int how)
{
	printf("machr_reboot(%d)\n", how);
	exit(0); /* as the end of the system would */
}

/* A file system that has a bad sector, when MACHR_FAKE_SYNC says so. */
int
machr_sync(void)
{
	if (getenv("MACHR_FAKE_SYNC") == NULL)
		return 0;
	errno = EIO;
	return -1;
}

static ssize_t
give(const char *text, char *buf, size_t size)
{
	size_t length = strlen(text);

	memcpy(buf, text, length < size ? length : size);
	return (ssize_t)length;
}

ssize_t
machr_mounts(char *buf, size_t size)
{
	return give("/dev/disk0s2 / ext2 rw\nnone /dev devfs rw\n", buf, size);
}

/* Longer than what dmesg asks for first. */
ssize_t
machr_klog(char *buf, size_t size)
{
	static char text[6001];

	memset(text, 'x', 6000);
	memcpy(text, "first\n", 6);
	return give(text, buf, size);
}
