/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mutexes with which priorities are lent: PTHREAD_PRIO_INHERIT, where who holds
 * one comes before others as long as a better thread waits, and
 * PTHREAD_PRIO_PROTECT, where it does all the time. On one processor, so that
 * who comes first shows in the order in which threads write down their letters.
 */
#include <errno.h>
#include <libtest/test.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define WORST  2
#define MIDDLE 12
#define BEST   22
#define MAIN   30 /* nobody runs but when main waits */

static char order[64];
static unsigned letters;
static volatile int go;

static void
note(char letter)
{
	unsigned at = __atomic_fetch_add(&letters, 1, __ATOMIC_SEQ_CST);

	if (at < sizeof(order) - 1)
		order[at] = letter;
}

static void
forget_notes(void)
{
	memset(order, 0, sizeof(order));
	letters = 0;
	go = 0;
}

static void
nap(long ms)
{
	const struct timespec rest = {0, ms * 1000000};

	(void)nanosleep(&rest, NULL);
}

/* All others get as far as they can, on a busy host, too. */
static void
let_run(void)
{
	for (int i = 0; i < 20; i++)
		nap(4);
}

static bool
set_self(int policy, int priority)
{
	const struct sched_param wanted = {priority};

	return pthread_setschedparam(pthread_self(), policy, &wanted) == 0;
}

static pthread_t
start(int priority, void *(*function)(void *), void *argument)
{
	const struct sched_param wanted = {priority};
	pthread_attr_t attributes;
	pthread_t thread;

	pthread_attr_init(&attributes);
	pthread_attr_setinheritsched(&attributes, PTHREAD_EXPLICIT_SCHED);
	pthread_attr_setschedpolicy(&attributes, SCHED_FIFO);
	pthread_attr_setschedparam(&attributes, &wanted);
	if (pthread_create(&thread, &attributes, function, argument) != 0)
		abort();
	return thread;
}

static void
make(pthread_mutex_t *mutex, int protocol, int ceiling)
{
	pthread_mutexattr_t attributes;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setprotocol(&attributes, protocol);
	if (ceiling != 0)
		pthread_mutexattr_setprioceiling(&attributes, ceiling);
	if (pthread_mutex_init(mutex, &attributes) != 0)
		abort();
	pthread_mutexattr_destroy(&attributes);
}

/* Holds it until the middle one is there, and is done before that is. */
static void *
holder(void *mutex)
{
	pthread_mutex_lock(mutex);
	note('l');
	while (go == 0)
		nap(1);
	for (volatile int i = 0; i < 100000; i++)
		;
	note('u');
	pthread_mutex_unlock(mutex);
	note('e');
	return NULL;
}

/* Takes the processor when it has started, for long. */
static void *
hog(void *argument)
{
	go = 1;
	for (volatile int i = 0; i < 3000000; i++)
		;
	note('m');
	return argument;
}

static void *
waiter(void *mutex)
{
	pthread_mutex_lock(mutex);
	note('h');
	pthread_mutex_unlock(mutex);
	return NULL;
}

/* Through another thread, which holds what the best waits for. */
static void *
link_between(void *argument)
{
	pthread_mutex_t *const *both = argument;

	pthread_mutex_lock(both[1]);
	pthread_mutex_lock(both[0]);
	note('c');
	pthread_mutex_unlock(both[0]);
	pthread_mutex_unlock(both[1]);
	return NULL;
}

/* One holds it, the best waits in its way, then the middle one comes. */
static void
hold_wait_hog(int protocol, void *(*best)(void *))
{
	pthread_mutex_t mutex;
	pthread_t low, middle, high;

	forget_notes();
	make(&mutex, protocol, 0);
	low = start(WORST, holder, &mutex);
	let_run();
	high = start(BEST, best, &mutex);
	let_run();
	middle = start(MIDDLE, hog, NULL);
	pthread_join(low, NULL);
	pthread_join(middle, NULL);
	pthread_join(high, NULL);
	is_int(pthread_mutex_destroy(&mutex), 0, "it can be destroyed");
}

static void
test_chain(void)
{
	pthread_mutex_t first, second;
	pthread_mutex_t *both[2] = {&first, &second};
	pthread_t low, link, middle, high;

	forget_notes();
	make(&first, PTHREAD_PRIO_INHERIT, 0);
	make(&second, PTHREAD_PRIO_INHERIT, 0);
	low = start(WORST, holder, &first);
	let_run();
	link = start(WORST + 1, link_between, both);
	let_run();
	high = start(BEST, waiter, &second);
	let_run();
	middle = start(MIDDLE, hog, NULL);
	pthread_join(low, NULL);
	pthread_join(link, NULL);
	pthread_join(middle, NULL);
	pthread_join(high, NULL);
	is_str(order, "luchme", "by way of a third");
}

/* Gives up, and lends no more. */
static void *
impatient(void *mutex)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += 10000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_nsec -= 1000000000;
		until.tv_sec++;
	}
	if (pthread_mutex_timedlock(mutex, &until) == ETIMEDOUT)
		note('t');
	return NULL;
}

static void
test_protect(void)
{
	pthread_mutex_t mutex;
	pthread_t low, middle;
	int ceiling = 0, old = 0;

	forget_notes();
	make(&mutex, PTHREAD_PRIO_PROTECT, BEST);
	ok(pthread_mutex_getprioceiling(&mutex, &ceiling) == 0 &&
		ceiling == BEST,
	    "a ceiling");
	is_int(pthread_mutex_lock(&mutex), EINVAL, "main comes before it");
	low = start(WORST, holder, &mutex);
	let_run();
	middle = start(MIDDLE, hog, NULL);
	pthread_join(low, NULL);
	pthread_join(middle, NULL);
	is_str(order, "lume", "who holds it comes before the middle one");
	ok(pthread_mutex_setprioceiling(&mutex, MAIN, &old) == 0 && old == BEST,
	    "another ceiling");
	ok(pthread_mutex_lock(&mutex) == 0 && pthread_mutex_unlock(&mutex) == 0,
	    "which main does not come before");
	is_int(
	    pthread_mutex_setprioceiling(&mutex, 0, &old), EINVAL, "0 is none");
	is_int(pthread_mutex_destroy(&mutex), 0, "it can be destroyed");
}

static void
test_attributes(void)
{
	pthread_mutexattr_t attributes;
	pthread_mutex_t mutex;
	int protocol = -1;
	int ceiling;

	pthread_mutexattr_init(&attributes);
	ok(pthread_mutexattr_getprotocol(&attributes, &protocol) == 0 &&
		protocol == PTHREAD_PRIO_NONE,
	    "none at first");
	ok(pthread_mutexattr_setprotocol(&attributes, PTHREAD_PRIO_PROTECT) ==
		    0 &&
		pthread_mutexattr_getprotocol(&attributes, &protocol) == 0 &&
		protocol == PTHREAD_PRIO_PROTECT,
	    "PTHREAD_PRIO_PROTECT");
	is_int(pthread_mutexattr_setprotocol(&attributes, 9), EINVAL,
	    "no such protocol");
	is_int(pthread_mutexattr_setprioceiling(&attributes, 33), EINVAL,
	    "no such ceiling");
	ok(pthread_mutexattr_setprotocol(&attributes, PTHREAD_PRIO_INHERIT) ==
		    0 &&
		pthread_mutexattr_setpshared(
		    &attributes, PTHREAD_PROCESS_SHARED) == 0,
	    "PTHREAD_PRIO_INHERIT, shared");
	is_int(
	    pthread_mutex_init(&mutex, &attributes), ENOTSUP, "is not there");
	ok(pthread_mutex_init(&mutex, NULL) == 0 &&
		pthread_mutex_getprioceiling(&mutex, &ceiling) == EINVAL &&
		pthread_mutex_setprioceiling(&mutex, 3, NULL) == EINVAL,
	    "a mutex has no ceiling");
	ok(sysconf(_SC_THREAD_PRIO_INHERIT) > 0 &&
		sysconf(_SC_THREAD_PRIO_PROTECT) > 0,
	    "sysconf() says so");
}

/* Many threads of all priorities; nobody is left behind with what was lent. */
static pthread_mutex_t many[3];
static unsigned long sum;

static void *
worker(void *argument)
{
	unsigned seed = (unsigned)(uintptr_t)argument;

	for (int i = 0; i < 300; i++) {
		unsigned first = (seed = seed * 1103515245 + 12345) >> 8 & 1;

		pthread_mutex_lock(&many[first]);
		pthread_mutex_lock(&many[2]);
		sum++;
		if ((i & 15) == 0)
			nap(1);
		pthread_mutex_unlock(&many[2]);
		pthread_mutex_unlock(&many[first]);
	}
	return NULL;
}

static void
test_many(void)
{
	pthread_t threads[12];

	for (int i = 0; i < 3; i++)
		make(&many[i], PTHREAD_PRIO_INHERIT, 0);
	for (uintptr_t i = 0; i < 12; i++)
		threads[i] = start((int)(1 + 2 * i), worker, (void *)(i + 1));
	for (int i = 0; i < 12; i++)
		pthread_join(threads[i], NULL);
	is_int((long)sum, 12 * 300, "twelve threads and three mutexes");
}

int
main(void)
{
	test_attributes();
	ok(set_self(SCHED_FIFO, MAIN), "main comes first");
	hold_wait_hog(PTHREAD_PRIO_NONE, waiter);
	is_str(order, "lmuhe", "without: the middle one comes first");
	hold_wait_hog(PTHREAD_PRIO_INHERIT, waiter);
	is_str(order, "luhme", "with: the best one");
	hold_wait_hog(PTHREAD_PRIO_INHERIT, impatient);
	is_str(order, "ltmue", "who gives up lends no more");
	test_chain();
	test_protect();
	test_many();
	return test_done();
}
