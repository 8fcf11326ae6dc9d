/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A message queue is a mapped file: a head, then slots, of which those with
 * messages are chained by priority and age and the others in a list of their
 * own. A robust lock guards all of it; who waits does so for a word that counts
 * arrivals, or departures.
 */
#ifndef INTERNAL_QUEUE_FILE_H
#define INTERNAL_QUEUE_FILE_H

#include <mqueue.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#define QUEUE_MAGIC   0x6d710001U
#define QUEUE_NONE    UINT32_MAX
#define MQ_PRIORITIES 32768

struct queue_head {
	uint32_t magic;
	uint32_t first; /* slot with the next message */
	uint32_t free;
	uint32_t arrivals;
	uint32_t departures;
	uint32_t receivers; /* that wait */
	uint32_t senders;
	uint32_t notified; /* counts notifications */
	pthread_mutex_t lock;
	long max_messages;
	long message_size;
	long count;
	int32_t notify_pid; /* 0: nobody */
	int32_t notify_how;
	int32_t notify_signal;
	uint64_t notify_value;
};

struct queue_slot {
	uint32_t next;
	uint32_t priority;
	uint64_t size;
	char data[];
};

/* A descriptor of this process. */
struct queue {
	struct queue_head *head; /* null: none */
	size_t size;
	int flags;
};

/* The queue of a descriptor; null with EBADF. */
struct queue *__queue_of(mqd_t descriptor);

/* 0 or errno; a lock that a killed process held is mended. */
int __queue_lock(struct queue_head *head);
void __queue_unlock(struct queue_head *head);

struct queue_slot *__queue_slot(struct queue_head *head, uint32_t index);

/* A message has come to an empty queue; with the lock held. */
void __queue_notify(struct queue_head *head);

/* This process is no longer to be told; with the lock held. */
void __queue_unregister(struct queue_head *head);

#endif
