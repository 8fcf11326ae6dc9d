/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A user's process sends nonsense to every port it has a right to: its root and
 * current directory, open files, a memory object, a pipe, its process, the name
 * service. Afterwards the servers serve others as before.
 */
#include <mach/mach_port_user.h>
#include <mach/notify.h>

#include <dirent.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <libtest/test.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHILDREN 12
#define MESSAGES 1500
#define USER     1000

static const char home[] = "/tmp/hostile";
static const char kept[] = "/tmp/hostile_kept";

static unsigned seed;

static unsigned
roll(unsigned sides)
{
	seed = seed * 1103515245U + 12345U;
	return (seed >> 8) % sides;
}

/* Interfaces of servers and pagers, and notifications. */
static int
some_id(void)
{
	static const int first[] = {MACH_NOTIFY_FIRST, 2200, 20999, 21000,
	    21100, 21200, 21300, 21400, 21500};

	return first[roll(sizeof(first) / sizeof(first[0]))] + (int)roll(24);
}

union message {
	mach_msg_header_t header;
	mach_msg_base_t base;
	char bytes[2048];
	uint32_t words[512];
};

/* Something that could be a string, a number, or a name. */
static void
fill(union message *message, unsigned from, unsigned size)
{
	for (unsigned i = from / 4; i < size / 4; i++)
		message->words[i] = roll(3) == 0 ? roll(300) : roll(~0U);
	if (roll(2) == 0)
		memset(message->bytes + from, 'a' + (int)roll(3), size - from);
	if (size > from)
		message->bytes[size - 1] = '\0';
}

static void
send_one(mach_port_t to, mach_port_t reply)
{
	union message message;
	/* Most requests are short, and must have the right length. */
	unsigned size =
	    (unsigned)sizeof(message.header) + 4 * roll(roll(3) ? 12 : 200);
	unsigned head = sizeof(message.header);

	memset(&message.header, 0, sizeof(message.header));
	message.header.msgh_bits = MACH_MSGH_BITS(
	    MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE);
	message.header.msgh_remote_port = to;
	message.header.msgh_local_port = reply;
	message.header.msgh_id = some_id();
	if (roll(4) == 0 && size >= 40) {
		mach_msg_port_descriptor_t right = {
		    .name = to,
		    .disposition = MACH_MSG_TYPE_COPY_SEND,
		    .type = MACH_MSG_PORT_DESCRIPTOR,
		};

		message.header.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
		message.base.body.msgh_descriptor_count = 1;
		memcpy(&message.base + 1, &right, sizeof(right));
		head = sizeof(message.base) + sizeof(right);
	}
	fill(&message, head, size);
	message.header.msgh_size = size;
	(void)mach_msg(&message.header, MACH_SEND_MSG | MACH_SEND_TIMEOUT, size,
	    0, MACH_PORT_NULL, 100, MACH_PORT_NULL);
}

/* Answers, with the rights they bring, are thrown away. */
static void
drain(mach_port_t reply)
{
	static union {
		mach_msg_header_t header;
		char bytes[16384];
	} answer;

	while (
	    mach_msg(&answer.header, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
		sizeof(answer), reply, 1, MACH_PORT_NULL) == MACH_MSG_SUCCESS)
		mach_msg_destroy(&answer.header);
}

/* Every send right but those to the kernel's own objects. */
static void
torment(void)
{
	mach_port_t self = mach_task_self();
	mach_port_name_array_t names;
	mach_port_type_array_t types;
	mach_msg_type_number_t count;
	mach_msg_type_number_t type_count;
	mach_port_t reply;

	if (mach_port_names(self, &names, &count, &types, &type_count) !=
		KERN_SUCCESS ||
	    mach_port_allocate(self, MACH_PORT_RIGHT_RECEIVE, &reply) !=
		KERN_SUCCESS)
		_exit(1);
	for (int i = 0; i < MESSAGES; i++) {
		unsigned at = roll(count);

		if ((types[at] & MACH_PORT_TYPE_SEND) == 0 ||
		    (types[at] & MACH_PORT_TYPE_RECEIVE) != 0 ||
		    names[at] == self)
			continue;
		send_one(names[at], reply);
		if (i % 16 == 0)
			drain(reply);
	}
	drain(reply);
}

static void
child(unsigned number)
{
	int ends[2];
	int fd;

	seed = number * 7919 + 1;
	if (setgid(USER) != 0 || setuid(USER) != 0 || chdir(home) != 0)
		_exit(2);
	for (fd = 0; fd < 16; fd++)
		close(fd);
	fd = open("mine", O_RDWR | O_CREAT, 0600);
	(void)ftruncate(fd, 20000);
	(void)mmap(NULL, 20000, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	(void)open(kept, O_RDONLY);
	(void)open("/etc", O_RDONLY);
	(void)open("/dev/random", O_RDONLY);
	(void)pipe(ends);
	torment();
	_exit(0);
}

static bool
is_kept(void)
{
	char text[8] = "";
	struct stat status;
	int fd = open(kept, O_RDONLY);
	ssize_t got = read(fd, text, sizeof(text));

	close(fd);
	return got == 4 && memcmp(text, "kept", 4) == 0 &&
	       stat(kept, &status) == 0 && status.st_uid == 0 &&
	       (status.st_mode & 07777) == 0644;
}

static void
clean_up(void)
{
	DIR *dir = opendir(home);
	const struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		if (unlinkat(dirfd(dir), entry->d_name, 0) != 0)
			(void)unlinkat(dirfd(dir), entry->d_name, AT_REMOVEDIR);
	if (dir != NULL)
		closedir(dir);
	rmdir(home);
	unlink(kept);
}

int
main(void)
{
	int fd = open(kept, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	int ends[2];
	char byte = 0;

	is_int(write(fd, "kept", 4), 4, "a file of root's");
	close(fd);
	mkdir(home, 0700);
	for (unsigned i = 0; i < CHILDREN; i++) {
		int status = -1;
		pid_t pid;

		is_int(chown(home, USER, USER) + chmod(home, 0700), 0,
		    "a directory of the user's");
		fflush(stdout);
		pid = fork();
		if (pid == 0)
			child(i);
		is_int(waitpid(pid, &status, 0), pid, "it has ended");
		ok(!WIFEXITED(status) || WEXITSTATUS(status) < 1 ||
			WEXITSTATUS(status) > 2,
		    "not before it had begun");
	}
	ok(is_kept(), "root's file is as it was");
	ok(pipe(ends) == 0 && write(ends[1], "x", 1) == 1 &&
		read(ends[0], &byte, 1) == 1 && byte == 'x',
	    "pipes work");
	fd = open("/dev/zero", O_RDONLY);
	is_int(read(fd, &byte, 1), 1, "devices work");
	clean_up();
	ok(access(home, F_OK) != 0, "nothing is left");
	return test_done();
}
