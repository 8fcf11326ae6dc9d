/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Asynchronous input and output: what was asked for before close() is done, in
 * order; lists, their errors and limits; what is no request.
 */
#include <aio.h>
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SIZE 20000 /* more than a message carries */

static const char name[] = "/tmp/aio";
static char data[SIZE];
static char back[SIZE];

static int
open_new(int flags)
{
	return open(name, O_RDWR | O_CREAT | O_TRUNC | flags, 0600);
}

static struct aiocb
request_of(int fd, int operation, void *buffer, size_t size)
{
	struct aiocb request;

	memset(&request, 0, sizeof(request));
	request.aio_fildes = fd;
	request.aio_lio_opcode = operation;
	request.aio_buf = buffer;
	request.aio_nbytes = size;
	request.aio_sigevent.sigev_notify = SIGEV_NONE;
	return request;
}

static int
wait_for(const struct aiocb *request)
{
	while (aio_error(request) == EINPROGRESS)
		(void)aio_suspend(&request, 1, NULL);
	return aio_error(request);
}

static void
test_close(void)
{
	int fd = open_new(0);
	struct aiocb write = request_of(fd, LIO_WRITE, data, SIZE);
	struct aiocb read;

	memset(data, 'a', SIZE);
	ok(aio_write(&write) == 0, "a write is queued");
	close(fd);
	is_int(wait_for(&write), 0, "and done, though it was closed");
	is_int(aio_return(&write), SIZE, "whole");
	ok(aio_return(&write) == -1 && errno == EINVAL, "that is told once");
	ok(aio_error(&write) == -1 && errno == EINVAL, "and then unknown");
	fd = open(name, O_RDONLY);
	read = request_of(fd, LIO_READ, back, SIZE);
	ok(aio_read(&read) == 0 && wait_for(&read) == 0, "read back");
	is_int(aio_return(&read), SIZE, "as much");
	ok(memcmp(data, back, SIZE) == 0, "the same");
	ok(aio_write(&read) == -1 && errno == EBADF, "not open for writing");
	close(fd);
}

static void
test_invalid(void)
{
	struct aiocb request;

	memset(&request, 0, sizeof(request));
	ok(aio_error(&request) == -1 && errno == EINVAL, "never asked for");
	request = request_of(0, LIO_READ, NULL, 0);
	ok(aio_read(&request) == -1 && errno == EINVAL, "no buffer");
	request = request_of(-1, LIO_READ, data, 1);
	ok(aio_read(&request) == -1 && errno == EBADF, "no descriptor");
	request = request_of(0, LIO_READ, data, 1);
	request.aio_offset = -1;
	ok(aio_read(&request) == -1 && errno == EINVAL, "no offset");
}

static void
test_append(void)
{
	int fd = open_new(O_APPEND);
	struct aiocb requests[3];
	char parts[3][3] = {"aa", "bb", "cc"};
	char text[7] = "";

	for (int i = 0; i < 3; i++) {
		requests[i] = request_of(fd, LIO_WRITE, parts[i], 2);
		ok(aio_write(&requests[i]) == 0, "append");
	}
	for (int i = 0; i < 3; i++)
		is_int(wait_for(&requests[i]), 0, "appended");
	is_int(pread(fd, text, 6, 0), 6, "all of it");
	ok(strcmp(text, "aabbcc") == 0, "in order");
	close(fd);
}

static volatile sig_atomic_t told;
static volatile sig_atomic_t list_told;

static void
tell(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	if (info->si_code == SI_ASYNCIO)
		told++;
}

static void
tell_list(int signal)
{
	(void)signal;
	list_told = 1;
}

static void
test_lists(void)
{
	struct sigaction action = {
	    .sa_sigaction = tell, .sa_flags = SA_SIGINFO | SA_RESTART};
	struct sigevent event = {
	    .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN + 1};
	int fd = open_new(0);
	struct aiocb requests[4];
	struct aiocb *list[4];

	sigaction(SIGRTMIN, &action, NULL);
	signal(SIGRTMIN + 1, tell_list);
	for (int i = 0; i < 4; i++) {
		requests[i] = request_of(fd, LIO_WRITE, data, 100);
		requests[i].aio_sigevent.sigev_notify = SIGEV_SIGNAL;
		requests[i].aio_sigevent.sigev_signo = SIGRTMIN;
		list[i] = &requests[i];
	}
	is_int(lio_listio(LIO_WAIT, list, 4, &event), 0, "wait for all");
	is_int(told, 4, "each has told, and was no interruption");
	is_int(list_told, 0, "the list has not");
	requests[2].aio_fildes = -1;
	is_int(lio_listio(LIO_NOWAIT, list, 4, &event), 0, "with a bad one");
	while (!list_told)
		(void)usleep(1000);
	is_int(told, 7, "the others have told");
	is_int(aio_error(list[2]), EBADF, "it has an error");
	ok(lio_listio(LIO_WAIT, list, 4, NULL) == -1 && errno == EIO,
	    "which the whole has, when waited for");
	requests[2].aio_lio_opcode = 77;
	ok(lio_listio(LIO_NOWAIT, list, 4, NULL) == -1 && errno == EIO,
	    "nothing that can be done");
	is_int(aio_error(list[2]), EINVAL, "that one");
	ok(lio_listio(77, list, 4, NULL) == -1 && errno == EINVAL, "no mode");
	for (int i = 0; i < 4; i++)
		(void)wait_for(list[i]);
	close(fd);
}

/* Nobody writes, so nothing is done; then it is cancelled. */
static void
test_limit(void)
{
	static struct aiocb requests[AIO_MAX + 1];
	int ends[2];
	int count = 0;

	ok(pipe(ends) == 0, "a pipe");
	for (; count <= AIO_MAX; count++) {
		requests[count] = request_of(ends[0], LIO_READ, back, 1);
		if (aio_read(&requests[count]) != 0)
			break;
	}
	is_int(count, AIO_MAX, "so many");
	is_int(errno, EAGAIN, "not more");
	is_int(aio_cancel(ends[0], NULL), AIO_NOTCANCELED, "one is under way");
	is_int(wait_for(&requests[AIO_MAX - 1]), ECANCELED, "the last is not");
	ok(write(ends[1], "x", 1) == 1, "let it end");
	is_int(wait_for(&requests[0]), 0, "it has");
	is_int(aio_cancel(ends[0], NULL), AIO_ALLDONE, "all done");
	close(ends[0]);
	close(ends[1]);
}

int
main(void)
{
	test_close();
	test_invalid();
	test_append();
	test_lists();
	test_limit();
	unlink(name);
	return test_done();
}
