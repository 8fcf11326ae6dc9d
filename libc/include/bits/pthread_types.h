/* SPDX-License-Identifier: BSD-2-Clause */
/* The pthread types, which sys/types.h declares as well as pthread.h. */
#ifndef BITS_PTHREAD_TYPES_H
#define BITS_PTHREAD_TYPES_H

#include <bits/types.h>

typedef __pthread_t pthread_t;
typedef unsigned pthread_key_t;
typedef int pthread_once_t;

typedef struct {
	unsigned __lock;
	unsigned __count;
	unsigned long __owner;
	int __type;
	int __flags;
} pthread_mutex_t;
typedef struct {
	int __type;
	int __flags;
} pthread_mutexattr_t;
typedef struct {
	unsigned __sequence;
	unsigned __waiters;
	int __clock;
	int __flags;
} pthread_cond_t;
typedef struct {
	int __clock;
	int __flags;
} pthread_condattr_t;
typedef struct {
	unsigned __lock;
	unsigned __state;
	unsigned __waiters;
	int __flags;
} pthread_rwlock_t;
typedef struct {
	int __flags;
} pthread_rwlockattr_t;
typedef struct {
	unsigned __lock;
} pthread_spinlock_t;
typedef struct {
	unsigned __lock;
	unsigned __sequence;
	unsigned __needed;
	unsigned __present;
} pthread_barrier_t;
typedef struct {
	int __flags;
} pthread_barrierattr_t;
typedef struct {
	void *__stack;
	__size_type __stack_size;
	__size_type __guard_size;
	int __detached;
	int __policy;
	int __priority;
	int __inherit;
} pthread_attr_t;

#endif
