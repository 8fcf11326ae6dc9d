/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads. */
#ifndef PTHREAD_H
#define PTHREAD_H

#include <bits/pthread_types.h>
#include <bits/timespec.h>
#include <bits/types.h>
#define __need_NULL
#include <sched.h>
#include <stddef.h>
#include <time.h>

typedef __size_type size_t;
typedef __clockid_t clockid_t;

#define PTHREAD_CREATE_JOINABLE       0
#define PTHREAD_CREATE_DETACHED       1
#define PTHREAD_INHERIT_SCHED         0
#define PTHREAD_EXPLICIT_SCHED        1
#define PTHREAD_SCOPE_SYSTEM          0
#define PTHREAD_SCOPE_PROCESS         1
#define PTHREAD_PROCESS_PRIVATE       0
#define PTHREAD_PROCESS_SHARED        1
#define PTHREAD_CANCEL_ENABLE         0
#define PTHREAD_CANCEL_DISABLE        1
#define PTHREAD_CANCEL_DEFERRED       0
#define PTHREAD_CANCEL_ASYNCHRONOUS   1
#define PTHREAD_CANCELED              ((void *)-1)
#define PTHREAD_MUTEX_NORMAL          0
#define PTHREAD_MUTEX_RECURSIVE       1
#define PTHREAD_MUTEX_ERRORCHECK      2
#define PTHREAD_MUTEX_DEFAULT         PTHREAD_MUTEX_NORMAL
#define PTHREAD_MUTEX_STALLED         0
#define PTHREAD_MUTEX_ROBUST          1
#define PTHREAD_PRIO_NONE             0
#define PTHREAD_PRIO_INHERIT          1
#define PTHREAD_PRIO_PROTECT          2
#define PTHREAD_BARRIER_SERIAL_THREAD (-1)

#define PTHREAD_ONCE_INIT             0
/* clang-format off */
#define PTHREAD_MUTEX_INITIALIZER    {0, 0, 0, 0, 0, 0, 0, 0, 0}
#define PTHREAD_COND_INITIALIZER     {0, 0, 0, 0, {0, 0}}
#define PTHREAD_RWLOCK_INITIALIZER   {0, 0, 0, 0, 0, 0, 0, 0, 0}
#if __MACHR_VISIBLE
#define PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP \
	{0, 0, 0, PTHREAD_MUTEX_RECURSIVE, 0, 0, 0, 0, 0}
#define PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP \
	{0, 0, 0, PTHREAD_MUTEX_ERRORCHECK, 0, 0, 0, 0, 0}
#endif
/* clang-format on */

/* A handler of pthread_cleanup_push(), on the stack of who pushed it. */
struct __cleanup {
	void (*__function)(void *);
	void *__argument;
	struct __cleanup *__next;
};
#define pthread_cleanup_push(function, argument) \
	do {                                     \
		struct __cleanup __handler;      \
		__cleanup_push(&__handler, (function), (argument));
#define pthread_cleanup_pop(run)          \
	__cleanup_pop(&__handler, (run)); \
	}                                 \
	while (0)

__BEGIN_DECLS
void __cleanup_push(struct __cleanup *, void (*)(void *), void *);
void __cleanup_pop(struct __cleanup *, int);

int pthread_atfork(void (*)(void), void (*)(void), void (*)(void));
int pthread_attr_destroy(pthread_attr_t *);
int pthread_attr_getdetachstate(const pthread_attr_t *, int *);
int pthread_attr_getguardsize(
    const pthread_attr_t *__restrict_arg, size_t *__restrict_arg);
int pthread_attr_getinheritsched(
    const pthread_attr_t *__restrict_arg, int *__restrict_arg);
int pthread_attr_getschedparam(
    const pthread_attr_t *__restrict_arg, struct sched_param *__restrict_arg);
int pthread_attr_getschedpolicy(
    const pthread_attr_t *__restrict_arg, int *__restrict_arg);
int pthread_attr_getscope(
    const pthread_attr_t *__restrict_arg, int *__restrict_arg);
int pthread_attr_getstack(const pthread_attr_t *__restrict_arg,
    void **__restrict_arg, size_t *__restrict_arg);
int pthread_attr_getstacksize(
    const pthread_attr_t *__restrict_arg, size_t *__restrict_arg);
int pthread_attr_init(pthread_attr_t *);
int pthread_attr_setdetachstate(pthread_attr_t *, int);
int pthread_attr_setguardsize(pthread_attr_t *, size_t);
int pthread_attr_setinheritsched(pthread_attr_t *, int);
int pthread_attr_setschedparam(
    pthread_attr_t *__restrict_arg, const struct sched_param *__restrict_arg);
int pthread_attr_setschedpolicy(pthread_attr_t *, int);
int pthread_attr_setscope(pthread_attr_t *, int);
int pthread_attr_setstack(pthread_attr_t *, void *, size_t);
int pthread_attr_setstacksize(pthread_attr_t *, size_t);
int pthread_barrier_destroy(pthread_barrier_t *);
int pthread_barrier_init(pthread_barrier_t *__restrict_arg,
    const pthread_barrierattr_t *__restrict_arg, unsigned);
int pthread_barrier_wait(pthread_barrier_t *);
int pthread_barrierattr_destroy(pthread_barrierattr_t *);
int pthread_barrierattr_getpshared(
    const pthread_barrierattr_t *__restrict_arg, int *__restrict_arg);
int pthread_barrierattr_init(pthread_barrierattr_t *);
int pthread_barrierattr_setpshared(pthread_barrierattr_t *, int);
int pthread_cancel(pthread_t);
int pthread_cond_broadcast(pthread_cond_t *);
int pthread_cond_destroy(pthread_cond_t *);
int pthread_cond_init(
    pthread_cond_t *__restrict_arg, const pthread_condattr_t *__restrict_arg);
int pthread_cond_signal(pthread_cond_t *);
int pthread_cond_timedwait(pthread_cond_t *__restrict_arg,
    pthread_mutex_t *__restrict_arg, const struct timespec *__restrict_arg);
int pthread_cond_wait(
    pthread_cond_t *__restrict_arg, pthread_mutex_t *__restrict_arg);
int pthread_condattr_destroy(pthread_condattr_t *);
int pthread_condattr_getclock(
    const pthread_condattr_t *__restrict_arg, clockid_t *__restrict_arg);
int pthread_condattr_getpshared(
    const pthread_condattr_t *__restrict_arg, int *__restrict_arg);
int pthread_condattr_init(pthread_condattr_t *);
int pthread_condattr_setclock(pthread_condattr_t *, clockid_t);
int pthread_condattr_setpshared(pthread_condattr_t *, int);
int pthread_create(pthread_t *__restrict_arg,
    const pthread_attr_t *__restrict_arg, void *(*)(void *),
    void *__restrict_arg);
int pthread_detach(pthread_t);
int pthread_equal(pthread_t, pthread_t);
__noreturn void pthread_exit(void *);
int pthread_getcpuclockid(pthread_t, clockid_t *);
int pthread_getschedparam(
    pthread_t, int *__restrict_arg, struct sched_param *__restrict_arg);
void *pthread_getspecific(pthread_key_t);
int pthread_join(pthread_t, void **);
int pthread_key_create(pthread_key_t *, void (*)(void *));
int pthread_key_delete(pthread_key_t);
int pthread_mutex_consistent(pthread_mutex_t *);
int pthread_mutex_destroy(pthread_mutex_t *);
int pthread_mutex_getprioceiling(
    const pthread_mutex_t *__restrict_arg, int *__restrict_arg);
int pthread_mutex_init(
    pthread_mutex_t *__restrict_arg, const pthread_mutexattr_t *__restrict_arg);
int pthread_mutex_lock(pthread_mutex_t *);
int pthread_mutex_setprioceiling(
    pthread_mutex_t *__restrict_arg, int, int *__restrict_arg);
int pthread_mutex_timedlock(
    pthread_mutex_t *__restrict_arg, const struct timespec *__restrict_arg);
int pthread_mutex_trylock(pthread_mutex_t *);
int pthread_mutex_unlock(pthread_mutex_t *);
int pthread_mutexattr_destroy(pthread_mutexattr_t *);
int pthread_mutexattr_getprioceiling(
    const pthread_mutexattr_t *__restrict_arg, int *__restrict_arg);
int pthread_mutexattr_getprotocol(
    const pthread_mutexattr_t *__restrict_arg, int *__restrict_arg);
int pthread_mutexattr_getpshared(
    const pthread_mutexattr_t *__restrict_arg, int *__restrict_arg);
int pthread_mutexattr_getrobust(
    const pthread_mutexattr_t *__restrict_arg, int *__restrict_arg);
int pthread_mutexattr_gettype(
    const pthread_mutexattr_t *__restrict_arg, int *__restrict_arg);
int pthread_mutexattr_init(pthread_mutexattr_t *);
int pthread_mutexattr_setprioceiling(pthread_mutexattr_t *, int);
int pthread_mutexattr_setprotocol(pthread_mutexattr_t *, int);
int pthread_mutexattr_setpshared(pthread_mutexattr_t *, int);
int pthread_mutexattr_setrobust(pthread_mutexattr_t *, int);
int pthread_mutexattr_settype(pthread_mutexattr_t *, int);
int pthread_once(pthread_once_t *, void (*)(void));
int pthread_rwlock_destroy(pthread_rwlock_t *);
int pthread_rwlock_init(pthread_rwlock_t *__restrict_arg,
    const pthread_rwlockattr_t *__restrict_arg);
int pthread_rwlock_rdlock(pthread_rwlock_t *);
int pthread_rwlock_timedrdlock(
    pthread_rwlock_t *__restrict_arg, const struct timespec *__restrict_arg);
int pthread_rwlock_timedwrlock(
    pthread_rwlock_t *__restrict_arg, const struct timespec *__restrict_arg);
int pthread_rwlock_tryrdlock(pthread_rwlock_t *);
int pthread_rwlock_trywrlock(pthread_rwlock_t *);
int pthread_rwlock_unlock(pthread_rwlock_t *);
int pthread_rwlock_wrlock(pthread_rwlock_t *);
int pthread_rwlockattr_destroy(pthread_rwlockattr_t *);
int pthread_rwlockattr_getpshared(
    const pthread_rwlockattr_t *__restrict_arg, int *__restrict_arg);
int pthread_rwlockattr_init(pthread_rwlockattr_t *);
int pthread_rwlockattr_setpshared(pthread_rwlockattr_t *, int);
pthread_t pthread_self(void);
int pthread_setcancelstate(int, int *);
int pthread_setcanceltype(int, int *);
int pthread_setschedparam(pthread_t, int, const struct sched_param *);
int pthread_setschedprio(pthread_t, int);
int pthread_setspecific(pthread_key_t, const void *);
int pthread_spin_destroy(pthread_spinlock_t *);
int pthread_spin_init(pthread_spinlock_t *, int);
int pthread_spin_lock(pthread_spinlock_t *);
int pthread_spin_trylock(pthread_spinlock_t *);
int pthread_spin_unlock(pthread_spinlock_t *);
void pthread_testcancel(void);
#if __XSI_VISIBLE
int pthread_getconcurrency(void);
int pthread_setconcurrency(int);
#endif
#if __MACHR_VISIBLE
int pthread_getattr_np(pthread_t, pthread_attr_t *);
int pthread_getname_np(pthread_t, char *, size_t);
int pthread_setname_np(pthread_t, const char *);
#endif
__END_DECLS

#endif
