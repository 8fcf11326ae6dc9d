/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads: how they are scheduled, and attributes that are none. */
#include <errno.h>
#include <libtest/test.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

static int policy;
static struct sched_param parameters;

static void *
look(void *cookie)
{
	(void)cookie;
	pthread_getschedparam(pthread_self(), &policy, &parameters);
	return NULL;
}

/* What a thread made so says that it is scheduled as. */
static int
made_as(const pthread_attr_t *attributes, int *priority)
{
	pthread_t thread;

	policy = -1;
	if (pthread_create(&thread, attributes, look, NULL) != 0 ||
	    pthread_join(thread, NULL) != 0)
		return -1;
	*priority = parameters.sched_priority;
	return policy;
}

static void
test_schedule(void)
{
	struct sched_param param = {.sched_priority = 7};
	pthread_attr_t attributes;
	int priority = 0;

	pthread_attr_init(&attributes);
	pthread_attr_setschedpolicy(&attributes, SCHED_FIFO);
	pthread_attr_setschedparam(&attributes, &param);
	pthread_attr_setinheritsched(&attributes, PTHREAD_INHERIT_SCHED);
	is_int(made_as(&attributes, &priority), SCHED_OTHER, "as its creator");
	pthread_attr_setinheritsched(&attributes, PTHREAD_EXPLICIT_SCHED);
	is_int(made_as(&attributes, &priority), SCHED_FIFO, "as it was said");
	is_int(priority, 7, "with the priority");
	param.sched_priority = 0;
	pthread_attr_setschedparam(&attributes, &param);
	is_int(made_as(&attributes, &priority), -1, "no priority");
	param.sched_priority = 20;
	is_int(pthread_setschedparam(pthread_self(), SCHED_RR, &param), 0,
	    "round robin");
	is_int(made_as(NULL, &priority), SCHED_RR, "the creator's");
	is_int(priority, 20, "with its priority");
	param.sched_priority = 0;
	is_int(pthread_setschedparam(pthread_self(), SCHED_OTHER, &param), 0,
	    "as before");
}

static void
test_permission(void)
{
	struct sched_param param = {.sched_priority = 7};
	pthread_attr_t attributes;
	pthread_t thread;
	int status = -1;
	pid_t child = fork();

	if (child == 0) {
		pthread_attr_init(&attributes);
		pthread_attr_setschedpolicy(&attributes, SCHED_FIFO);
		pthread_attr_setschedparam(&attributes, &param);
		pthread_attr_setinheritsched(
		    &attributes, PTHREAD_EXPLICIT_SCHED);
		if (setuid(1) != 0)
			_exit(2);
		_exit(pthread_create(&thread, &attributes, look, NULL) == EPERM
			  ? 0
			  : 1);
	}
	ok(waitpid(child, &status, 0) == child && status == 0,
	    "only user 0 may keep others from running");
}

static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;

static void *
write_once(void *cookie)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += 300000000;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	*(int *)cookie = pthread_rwlock_timedwrlock(&rwlock, &until);
	return NULL;
}

/* A writer waits in vain; who may read meanwhile? */
static void
test_readers(void)
{
	struct sched_param param = {.sched_priority = 7};
	pthread_t writer;
	int error = 0;

	pthread_setschedparam(pthread_self(), SCHED_FIFO, &param);
	ok(pthread_rwlock_rdlock(&rwlock) == 0, "a reader has the lock");
	ok(pthread_create(&writer, NULL, write_once, &error) == 0, "a writer");
	usleep(50000);
	is_int(pthread_rwlock_tryrdlock(&rwlock), EBUSY,
	    "of the same priority goes before");
	param.sched_priority = 8;
	pthread_setschedparam(pthread_self(), SCHED_FIFO, &param);
	is_int(pthread_rwlock_tryrdlock(&rwlock), 0, "not of a lower one");
	pthread_rwlock_unlock(&rwlock);
	param.sched_priority = 7;
	pthread_setschedparam(pthread_self(), SCHED_FIFO, &param);
	is_int(pthread_rwlock_rdlock(&rwlock), 0, "who waits is let in");
	pthread_join(writer, NULL);
	is_int(error, ETIMEDOUT, "when the writer has given up");
	pthread_rwlock_unlock(&rwlock);
	param.sched_priority = 0;
	pthread_setschedparam(pthread_self(), SCHED_OTHER, &param);
	pthread_rwlock_unlock(&rwlock);
	is_int(pthread_rwlock_trywrlock(&rwlock), 0, "free at the end");
	pthread_rwlock_unlock(&rwlock);
}

static void
test_invalid(void)
{
	pthread_attr_t attributes;
	pthread_t thread;

	memset(&attributes, 0x55, sizeof(attributes));
	is_int(pthread_create(&thread, &attributes, look, NULL), EINVAL,
	    "no attributes");
	pthread_attr_init(&attributes);
	pthread_attr_destroy(&attributes);
	is_int(pthread_create(&thread, &attributes, look, NULL), EINVAL,
	    "not any more");
	ok(raise(10000) == -1 && errno == EINVAL, "no signal");
	ok(raise(-1) == -1 && errno == EINVAL, "nor this");
	ok(sched_getparam(0, NULL) == -1 && errno == EINVAL, "nowhere to");
}

static sem_t posted;
static pthread_mutex_t held = PTHREAD_MUTEX_INITIALIZER;
static char order[8];
static unsigned ordered;

static void *
wait_post(void *name)
{
	while (sem_wait(&posted) != 0)
		continue;
	order[ordered++] = *(const char *)name;
	return NULL;
}

static void *
wait_mutex(void *name)
{
	pthread_mutex_lock(&held);
	order[ordered++] = *(const char *)name;
	pthread_mutex_unlock(&held);
	return NULL;
}

static void
pause_ms(long ms)
{
	struct timespec time = {0, ms * 1000000};

	nanosleep(&time, NULL);
}

/* Threads of those priorities, one after the other, each with a name. */
static void
start_waiting(pthread_t *threads, const int *priorities, unsigned count,
    void *(*function)(void *))
{
	static char names[] = "abcd";
	pthread_attr_t attributes;

	memset(order, 0, sizeof(order));
	ordered = 0;
	pthread_attr_init(&attributes);
	pthread_attr_setschedpolicy(&attributes, SCHED_FIFO);
	pthread_attr_setinheritsched(&attributes, PTHREAD_EXPLICIT_SCHED);
	for (unsigned i = 0; i < count; i++) {
		struct sched_param param = {.sched_priority = priorities[i]};

		pthread_attr_setschedparam(&attributes, &param);
		pthread_create(&threads[i], &attributes, function, &names[i]);
		pause_ms(20); /* until it waits */
	}
}

/* POSIX, sem_post(): of those who wait the best, of equals the longest. */
static void
test_order(void)
{
	static const int priorities[4] = {5, 30, 16, 30};
	pthread_t threads[4];

	sem_init(&posted, 0, 0);
	start_waiting(threads, priorities, 4, wait_post);
	for (int i = 0; i < 4; i++) {
		sem_post(&posted);
		pause_ms(20);
	}
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	is_str(order, "bdca", "the best is woken first");
	pthread_mutex_lock(&held);
	start_waiting(threads, priorities, 4, wait_mutex);
	pthread_mutex_unlock(&held);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	is_str(order, "bdca", "and has the mutex first");
}

static mtx_t lock;
static cnd_t changed;
static tss_t own;
static int turns;
static int kept;

static void
keep(void *value)
{
	kept += *(int *)value;
}

static int
take_turns(void *cookie)
{
	tss_set(own, cookie);
	mtx_lock(&lock);
	turns++;
	cnd_signal(&changed);
	mtx_unlock(&lock);
	return *(int *)cookie;
}

static void
count_once(void)
{
	turns += 100;
}

/* The threads of the C language. */
static void
test_c_threads(void)
{
	static once_flag once = ONCE_FLAG_INIT;
	struct timespec until;
	thrd_t thread;
	int value = 7;
	int end = 0;

	is_int(mtx_init(&lock, mtx_timed | mtx_recursive), thrd_success,
	    "mtx_init");
	is_int(cnd_init(&changed), thrd_success, "cnd_init");
	is_int(tss_create(&own, keep), thrd_success, "tss_create");
	mtx_lock(&lock);
	is_int(mtx_trylock(&lock), thrd_success, "twice, as it is recursive");
	mtx_unlock(&lock);
	is_int(thrd_create(&thread, take_turns, &value), thrd_success,
	    "thrd_create");
	while (turns == 0)
		cnd_wait(&changed, &lock);
	timespec_get(&until, TIME_UTC);
	is_int(cnd_timedwait(&changed, &lock, &until), thrd_timedout,
	    "cnd_timedwait");
	mtx_unlock(&lock);
	is_int(thrd_join(thread, &end), thrd_success, "thrd_join");
	is_int(end, 7, "what the thread returned");
	is_int(kept, 7, "the destructor of its own value");
	call_once(&once, count_once);
	call_once(&once, count_once);
	is_int(turns, 101, "call_once");
	is_int(thrd_sleep(&(struct timespec){0, 1000}, NULL), 0, "thrd_sleep");
	ok(thrd_equal(thrd_current(), thrd_current()), "thrd_equal");
	tss_delete(own);
	cnd_destroy(&changed);
	mtx_destroy(&lock);
}

int
main(void)
{
	test_schedule();
	test_permission();
	test_readers();
	test_invalid();
	test_order();
	test_c_threads();
	return test_done();
}
