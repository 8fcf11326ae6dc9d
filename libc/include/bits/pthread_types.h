/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The types of threads, which sys/types.h declares as well as pthread.h. Their
 * sizes are an ABI; zero is a valid object of each with default attributes.
 */
#ifndef BITS_PTHREAD_TYPES_H
#define BITS_PTHREAD_TYPES_H

#include <bits/types.h>

typedef __pthread_t pthread_t;
typedef unsigned pthread_key_t;
typedef unsigned pthread_once_t;

typedef struct {
	unsigned __lock;
	unsigned __count;
	unsigned long __owner;
	int __type;
	unsigned __flags;
	unsigned __state;
	int __ceiling;
	void *__next;
	void *__spare;
} pthread_mutex_t;
typedef struct {
	int __type;
	unsigned __flags;
	int __ceiling;
	int __spare;
} pthread_mutexattr_t;
typedef struct {
	unsigned __sequence;
	unsigned __waiters;
	int __clock;
	unsigned __flags;
	unsigned long __spare[2];
} pthread_cond_t;
typedef struct {
	int __clock;
	unsigned __flags;
} pthread_condattr_t;
typedef struct {
	unsigned __lock;
	unsigned __readers;
	unsigned __sequence;
	unsigned __waiters;
	unsigned long __writer;
	unsigned __flags;
	unsigned __writers_waiting;
	int __writer_priority;
	unsigned __spare;
} pthread_rwlock_t;
typedef struct {
	unsigned __flags;
} pthread_rwlockattr_t;
typedef struct {
	unsigned __lock;
	unsigned __flags;
} pthread_spinlock_t;
typedef struct {
	unsigned __lock;
	unsigned __sequence;
	unsigned __needed;
	unsigned __present;
	unsigned __leaving;
	unsigned __flags;
	unsigned __spare[2];
} pthread_barrier_t;
typedef struct {
	unsigned __flags;
} pthread_barrierattr_t;
typedef struct {
	void *__stack;
	__size_type __stack_size;
	__size_type __guard_size;
	int __detached;
	int __policy;
	int __priority;
	int __inherit;
	int __scope;
	unsigned __magic;
} pthread_attr_t;

#endif
