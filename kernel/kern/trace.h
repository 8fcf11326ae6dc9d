/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tasks whose traps are watched (task_set_trace), and the traps of all while
 * the ring of kernel events is on. A thread that is watched has AST_TRACE,
 * which leads its traps to trap_traced() and their ends to trace_return().
 */
#ifndef KERN_TRACE_H
#define KERN_TRACE_H

#include <kern/task.h>
#include <kern/thread.h>

/* AST_TRACE if a new thread of the task is to have it, else 0. */
extern unsigned trace_ast(const struct task *task);

/* ktrace_on has changed: AST_TRACE for all threads, or those that need it. */
extern void trace_update_all(void);

/* The child of a task that is traced with its children is, too. */
extern void trace_inherit(struct task *child, const struct task *parent);

/*
 * Whoever traces `from` traces `to` as well, which has no threads yet and takes
 * its place, or is its child: then only if the tracer wanted that.
 */
extern void trace_copy(const struct task *from, struct task *to, bool as_child);

/* Nobody wants to know of the task any more. */
extern void trace_forget(struct task *task);

/* From the entry code: the trap of the current thread, with its result. */
extern uint64_t trap_traced(uint64_t index);

/* The current thread, with AST_TRACE, is about to see user mode. May block. */
extern void trace_return(struct thread *self);

/* It has caused an exception. May block. */
extern void trace_exception(int exception, int64_t code, int64_t subcode);

/* It ends. */
extern void trace_end(void);

#endif
