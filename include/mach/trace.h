/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Looking at a running system: what task_set_trace() makes the kernel send,
 * and what host_ktrace_read() reads. docs/looking-inside.md tells of both.
 */
#ifndef MACH_TRACE_H
#define MACH_TRACE_H

#include <mach/types.h>

/* Options of task_set_trace. */
#define TRACE_WAIT     0x1U /* rather hold the task up than lose records */
#define TRACE_CHILDREN 0x2U /* tasks made from it are traced too */

/* A message about a traced task: the id, and what kinds there are. */
#define TRACE_MSG_ID    3990
#define TRACE_DATA_MAX  1024 /* bytes of the message a trap is about */
#define TRACE_ARGUMENTS 7

#define TRACE_TRAP      1 /* a thread has called; with the message it sends */
#define TRACE_RETURN    2 /* its call ends; with the message it received */
#define TRACE_EXCEPTION 3 /* argument: type, code, subcode */
#define TRACE_END       4 /* the thread is no more */

typedef struct trace_record {
	uint64_t time; /* ns since boot */
	uint64_t argument[TRACE_ARGUMENTS];
	uint64_t result; /* TRACE_RETURN */
	uint64_t out;    /* where the trap's out argument points to */
	natural_t kind;
	integer_t trap; /* number, negative */
	natural_t task; /* tells tasks and threads apart while they live */
	natural_t thread;
	natural_t lost; /* records of the task, before this one */
	natural_t size; /* of the message, all of it */
	char name[16];  /* of the task; no NUL if it is that long */
} trace_record_t;

/* Kinds of events in the kernel's ring. */
#define KTRACE_SWITCH       0 /* the thread runs now; code: KTRACE_BY_*; name */
#define KTRACE_READY        1 /* it can run; code: its priority */
#define KTRACE_TRAP         2 /* code: -number; first two arguments */
#define KTRACE_RETURN       3 /* code: -number; result */
#define KTRACE_SEND         4 /* id, name << 32 | size; code 1: to a send-once */
#define KTRACE_RECEIVE      5 /* the same of one received */
#define KTRACE_FAULT        6 /* page fault: address, pc; code: access */
#define KTRACE_EXCEPTION    7 /* code: type; code and subcode */
#define KTRACE_INTERRUPT    8 /* code: the line */
#define KTRACE_KINDS        9

#define KTRACE_BY_SCHEDULER 0
#define KTRACE_BY_HANDOFF   1     /* a message took the processor along */
#define KTRACE_TIMER        65535 /* the line of the clock */

typedef struct ktrace_event {
	uint64_t time; /* ns since boot */
	natural_t thread;
	uint16_t kind;
	uint16_t code;
	uint64_t word[2];
} ktrace_event_t;

#define KTRACE_READ_MAX   64
#define KTRACE_EVENTS_MAX 262144

typedef ktrace_event_t *ktrace_event_array_t;

#endif
