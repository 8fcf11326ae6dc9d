/* SPDX-License-Identifier: BSD-2-Clause */
/* The names of the system and of this host. */
#include <mach/host_user.h>

#include <bits/machine.h>
#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#define NAME_FILE    "/etc/hostname"
#define DEFAULT_NAME "machr"

/* The kernel's version text: "<system> <release> <the rest>". */
static void
take_version(struct utsname *name)
{
	kernel_version_t text;
	char *release;
	char *rest;

	if (host_kernel_version(mach_host_self(), text) != KERN_SUCCESS)
		return;
	text[sizeof(text) - 1] = '\0';
	text[strcspn(text, "\n")] = '\0';
	release = text + strcspn(text, " ");
	release += strspn(release, " ");
	rest = release + strcspn(release, " :,");
	strlcpy(name->version, text, sizeof(name->version));
	if (rest > release && release[0] >= '0' && release[0] <= '9') {
		*rest = '\0';
		strlcpy(name->release, release, sizeof(name->release));
	}
}

int
gethostname(char *to, size_t size)
{
	char name[256];
	ssize_t length = -1;
	int saved = errno;
	int fd = open(NAME_FILE, O_RDONLY | O_CLOEXEC);

	if (fd >= 0) {
		length = read(fd, name, sizeof(name) - 1);
		close(fd);
	}
	errno = saved;
	if (length < 0)
		length = 0;
	name[length] = '\0';
	name[strcspn(name, " \t\n")] = '\0';
	if (strlcpy(to, name[0] != '\0' ? name : DEFAULT_NAME, size) < size)
		return 0;
	errno = ENAMETOOLONG;
	return -1;
}

/* The name is the file's. */
int
sethostname(const char *name, size_t size)
{
	int fd =
	    open(NAME_FILE, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	ssize_t done;

	if (fd < 0)
		return -1;
	done = write(fd, name, size);
	close(fd);
	return done == (ssize_t)size ? 0 : -1;
}

long
gethostid(void)
{
	return 0;
}

int
uname(struct utsname *name)
{
	memset(name, 0, sizeof(*name));
	strlcpy(name->sysname, "Mach_R", sizeof(name->sysname));
	strlcpy(name->release, "0", sizeof(name->release));
	strlcpy(name->machine, __MACHINE, sizeof(name->machine));
	take_version(name);
	if (gethostname(name->nodename, sizeof(name->nodename)) != 0)
		strlcpy(name->nodename, DEFAULT_NAME, sizeof(name->nodename));
	return 0;
}
