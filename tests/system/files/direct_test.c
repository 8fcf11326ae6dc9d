/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files read without asking the server (libc's direct.h): the same as with it.
 * Who shares an open file shares its offset; what is written, by whom and
 * however, is read; nobody reads beyond the end.
 */
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE  4096UL
#define LARGE (300 * 1024UL)
#define MODEL (64 * 1024UL)

static const char name[] = "/tmp/direct";
static unsigned char content[LARGE];
static unsigned char data[LARGE];

static unsigned
roll(unsigned limit)
{
	static uint64_t state = 88172645463325252ULL;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state >> 20) % limit;
}

static int
make_file(size_t size)
{
	int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);

	for (size_t i = 0; i < size; i++)
		content[i] = (unsigned char)roll(256);
	for (size_t done = 0; done < size;) {
		ssize_t part = write(fd, content + done, size - done);

		if (part <= 0)
			return -1;
		done += (size_t)part;
	}
	return fd;
}

/* A reader that reads directly from now on: it has read three times. */
static int
open_reader(void)
{
	int fd = open(name, O_RDONLY);

	for (int i = 0; i < 4; i++)
		if (read(fd, data, 1) != 1)
			return -1;
	return lseek(fd, 0, SEEK_SET) == 0 ? fd : -1;
}

static void
test_whole(void)
{
	int fd = make_file(LARGE);
	int reader = open(name, O_RDONLY);
	size_t at = 0;
	ssize_t part;

	ok(fd >= 0 && reader >= 0, "a file");
	while ((part = read(reader, data + at, 65536)) > 0)
		at += (size_t)part;
	is_int(part, 0, "ends");
	is_int(at, LARGE, "after all of it");
	ok(memcmp(data, content, LARGE) == 0, "with what is in it");
	is_int(lseek(reader, 0, SEEK_CUR), LARGE, "where the offset is");
	is_int(lseek(reader, -7, SEEK_END), LARGE - 7, "from the end");
	is_int(read(reader, data, 100), 7, "a few bytes");
	is_int(lseek(reader, -10, SEEK_CUR), LARGE - 10, "back");
	is_int(lseek(reader, -1, SEEK_SET), -1, "not before the file");
	is_int(errno, EINVAL, "EINVAL");
	is_int(lseek(reader, INT64_MAX, SEEK_CUR), -1, "nor beyond all");
	is_int(errno, EOVERFLOW, "EOVERFLOW");
	is_int(lseek(reader, LARGE + 5, SEEK_SET), LARGE + 5, "behind it");
	is_int(read(reader, data, 1), 0, "is nothing");
	is_int(pread(reader, data, 10, 4090), 10, "pread over a page's end");
	ok(memcmp(data, content + 4090, 10) == 0, "gives that");
	close(reader);
	close(fd);
}

static void
test_shared_offset(void)
{
	int fd = make_file(LARGE);
	int reader = open_reader();
	int copy = dup(reader);
	int status = -1;
	pid_t child;

	is_int(read(reader, data, 100), 100, "read");
	is_int(read(copy, data, 100), 100, "and by a copy");
	ok(memcmp(data, content + 100, 100) == 0, "goes on there");
	close(reader);
	is_int(read(copy, data, 100), 100, "without the first");
	ok(memcmp(data, content + 200, 100) == 0, "too");
	child = fork();
	if (child == 0) {
		bool good = true;

		for (int i = 0; i < 10; i++)
			good = good && read(copy, data, 100) == 100 &&
			       memcmp(data, content + 300 + (size_t)i * 100,
				   100) == 0;
		_exit(good ? 0 : 1);
	}
	(void)waitpid(child, &status, 0);
	is_int(status, 0, "a child reads on");
	is_int(lseek(copy, 0, SEEK_CUR), 1300, "and its parent behind it");
	is_int(read(copy, data, 100), 100, "reads on");
	ok(memcmp(data, content + 1300, 100) == 0, "there");
	close(copy);
	close(fd);
}

/* Programs started get the offset where we left it. */
static void
test_program(void)
{
	int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
	int status = -1;
	int reader;
	char byte;

	(void)!write(fd, "0123456789\nabc\nok\n", 18);
	reader = open(name, O_RDONLY);
	for (int i = 0; i < 11; i++)
		(void)!read(reader, &byte, 1);
	(void)dup2(reader, 9);
	status = system("read a <&9; test \"$a\" = abc");
	is_int(status, 0, "the shell reads the next line");
	is_int(lseek(reader, 0, SEEK_CUR), 15, "and leaves it to us");
	is_int(read(reader, data, 100), 3, "the rest");
	ok(memcmp(data, "ok\n", 3) == 0, "is ours");
	close(9);
	close(reader);
	close(fd);
}

static void
test_changes(void)
{
	int fd = make_file(3 * PAGE);
	int reader = open_reader();
	struct stat status;

	is_int(pread(reader, data, 3 * PAGE, 0), 3 * PAGE, "all of a file");
	is_int(pwrite(fd, "hello", 5, PAGE - 2), 5, "written over");
	is_int(pread(reader, data, 5, PAGE - 2), 5, "is read");
	ok(memcmp(data, "hello", 5) == 0, "as it is now");
	is_int(ftruncate(fd, PAGE + 10), 0, "cut");
	is_int(pread(reader, data, PAGE, PAGE), 10, "it is short");
	is_int(pread(reader, data, PAGE, 2 * PAGE), 0, "and ends there");
	is_int(pwrite(fd, "x", 1, 2 * PAGE + 1), 1, "longer again");
	is_int(pread(reader, data, 3 * PAGE, PAGE), PAGE + 2, "as long");
	ok(data[9] == content[PAGE + 9] && data[10] == 0 && data[PAGE] == 0 &&
		data[PAGE + 1] == 'x',
	    "with zeros between");
	is_int(ftruncate(fd, 0), 0, "empty");
	is_int(pread(reader, data, 10, 0), 0, "there is nothing");
	is_int(write(fd, "new", 3), 3, "written");
	is_int(unlink(name), 0, "without a name");
	is_int(fstat(reader, &status), 0, "it is still there");
	is_int(pwrite(fd, "NEW", 3, status.st_size - 3), 3, "to be written");
	is_int(pread(reader, data, 3, status.st_size - 3), 3, "and read");
	ok(memcmp(data, "NEW", 3) == 0, "as ever");
	close(reader);
	close(fd);
}

static void
test_mapped(void)
{
	int fd = make_file(4 * PAGE);
	int reader = open_reader();
	volatile char *memory =
	    mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	bool good = true;

	ok(memory != MAP_FAILED, "mapped to be written");
	is_int(pread(reader, data, 4 * PAGE, 0), 4 * PAGE, "and read");
	for (unsigned i = 0; i < 200; i++) {
		unsigned at = roll(4 * PAGE);
		char byte;

		memory[at] = (char)i;
		good =
		    good && pread(reader, &byte, 1, at) == 1 && byte == (char)i;
	}
	ok(good, "each store is seen at once");
	is_int(munmap((void *)(uintptr_t)memory, 4 * PAGE), 0, "unmapped");
	is_int(pwrite(fd, "end", 3, 0), 3, "written");
	is_int(pread(reader, data, 3, 0), 3, "read");
	ok(memcmp(data, "end", 3) == 0, "and seen");
	close(reader);
	close(fd);
}

/* One step of the model: what the file is, and where the reader stands. */
static bool
step(int fd, int reader, size_t *size, size_t *place)
{
	size_t at = roll(MODEL), part = roll(3 * PAGE) + 1;
	size_t left = 0;

	if (part > MODEL - at)
		part = MODEL - at;
	switch (roll(8)) {
	case 0:
		*size = at;
		memset(content + at, 0, MODEL - at);
		return ftruncate(fd, (off_t)at) == 0;
	case 1:
	case 2:
		for (size_t i = 0; i < part; i++)
			content[at + i] = (unsigned char)roll(256);
		if (at + part > *size)
			*size = at + part;
		return pwrite(fd, content + at, part, (off_t)at) ==
		       (ssize_t)part;
	case 3:
		*place = at;
		return lseek(reader, (off_t)at, SEEK_SET) == (off_t)at;
	case 4:
		if (at < *size)
			left = *size - at < part ? *size - at : part;
		return pread(reader, data, part, (off_t)at) == (ssize_t)left &&
		       memcmp(data, content + at, left) == 0;
	default:
		if (*place < *size)
			left = *size - *place < part ? *size - *place : part;
		at = *place;
		*place += left;
		return read(reader, data, part) == (ssize_t)left &&
		       memcmp(data, content + at, left) == 0;
	}
}

static void
test_model(void)
{
	int fd = make_file(0);
	int reader = open(name, O_RDONLY);
	size_t size = 0, place = 0;
	bool good = true;
	int steps = 0;

	memset(content, 0, sizeof(content));
	while (good && steps++ < 2000)
		good = step(fd, reader, &size, &place);
	ok(good, "two thousand steps, as a model has it");
	if (!good)
		printf("# step %d\n", steps);
	close(reader);
	close(fd);
}

static int shared_fd;
static unsigned char taken[LARGE / 100];

static void *
read_parts(void *argument)
{
	unsigned char part[100];
	uint32_t number;

	while (read(shared_fd, part, sizeof(part)) == (ssize_t)sizeof(part)) {
		memcpy(&number, part, sizeof(number));
		if (number < LARGE / 100)
			__atomic_fetch_add(&taken[number], 1, __ATOMIC_RELAXED);
	}
	return argument;
}

static void
test_threads(void)
{
	int fd = make_file(0);
	pthread_t threads[4];
	bool good = true;

	for (uint32_t i = 0; i < LARGE / 100; i++) {
		memcpy(content + i * 100UL, &i, sizeof(i));
	}
	is_int(write(fd, content, LARGE / 100 * 100), LARGE / 100 * 100,
	    "numbered parts");
	shared_fd = open_reader();
	for (int i = 0; i < 4; i++)
		(void)pthread_create(&threads[i], NULL, read_parts, NULL);
	for (int i = 0; i < 4; i++)
		(void)pthread_join(threads[i], NULL);
	for (size_t i = 0; i < LARGE / 100; i++)
		good = good && taken[i] == 1;
	ok(good, "each is read by one of four threads");
	close(shared_fd);
	close(fd);
}

int
main(void)
{
	test_whole();
	test_shared_offset();
	test_program();
	test_changes();
	test_mapped();
	test_model();
	test_threads();
	(void)unlink(name);
	return test_done();
}
