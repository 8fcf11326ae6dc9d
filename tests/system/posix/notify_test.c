/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SIGEV_THREAD: functions called in threads of their own, for messages that
 * arrive and for asynchronous output.
 */
#include <aio.h>
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <mqueue.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define QUEUE "/notify_test"

static sem_t called;
static sem_t go_on;

static void
count(union sigval value)
{
	(void)value;
	sem_post(&called);
}

static void
count_later(union sigval value)
{
	sem_wait(&go_on);
	count(value);
}

static bool
was_called(void)
{
	struct timespec limit;

	clock_gettime(CLOCK_REALTIME, &limit);
	limit.tv_sec += 5;
	return sem_timedwait(&called, &limit) == 0;
}

static void
take_message(mqd_t queue)
{
	char message[8];

	(void)mq_receive(queue, message, sizeof(message), NULL);
}

static void
test_queue(void)
{
	struct mq_attr attributes = {.mq_maxmsg = 1, .mq_msgsize = 8};
	struct sigevent event = {
	    .sigev_notify = SIGEV_THREAD, .sigev_notify_function = count};
	struct timespec moment = {0, 100000000};
	mqd_t queue = mq_open(QUEUE, O_CREAT | O_RDWR, 0600, &attributes);
	int calls = -1;

	ok(mq_notify(queue, &event) == 0 && mq_send(queue, "a", 1, 0) == 0 &&
		was_called(),
	    "a message's function is called");
	take_message(queue);
	ok(mq_notify(queue, &event) == 0 && mq_notify(queue, NULL) == 0 &&
		mq_notify(queue, &event) == 0 &&
		mq_send(queue, "b", 1, 0) == 0 && was_called(),
	    "who has asked anew is called");
	nanosleep(&moment, NULL);
	sem_getvalue(&called, &calls);
	is_int(calls, 0, "and once only");
	take_message(queue);
	ok(mq_notify(queue, &event) == 0 && mq_close(queue) == 0,
	    "a queue is closed while its message is waited for");
	nanosleep(&moment, NULL);
	(void)mq_unlink(QUEUE);
	sem_getvalue(&called, &calls);
	is_int(calls, 0, "closing calls nobody");
}

/* The function waits for who waits for the output. */
static void
test_output(void)
{
	char path[] = "/tmp/notify_test.XXXXXX", text[] = "text";
	struct aiocb request = {.aio_fildes = mkstemp(path),
	    .aio_buf = text,
	    .aio_nbytes = 4,
	    .aio_lio_opcode = LIO_WRITE};
	struct aiocb *list[] = {&request};

	request.aio_sigevent.sigev_notify = SIGEV_THREAD;
	request.aio_sigevent.sigev_notify_function = count_later;
	ok(lio_listio(LIO_WAIT, list, 1, NULL) == 0,
	    "output is done before its function is");
	sem_post(&go_on);
	ok(was_called() && aio_return(&request) == 4, "which is called");
	(void)close(request.aio_fildes);
	(void)unlink(path);
}

int
main(void)
{
	sem_init(&called, 0, 0);
	sem_init(&go_on, 0, 0);
	test_queue();
	test_output();
	return test_done();
}
