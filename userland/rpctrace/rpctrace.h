/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of rpctrace call of each other. value.c: values as text.
 * message.c: messages, by the tables. line.c: lines, of which one thread's may
 * be unfinished when another one has something to say. call.c: records become
 * calls. count.c: how often and how long. main.c: whom to trace.
 */
#ifndef RPCTRACE_H
#define RPCTRACE_H

#include <mach/message.h>
#include <mach/trace.h>

#include <librpc/rpc.h>
#include <stddef.h>
#include <stdio.h>

/* What is there of a message. */
struct message {
	const char *data;
	size_t length;        /* bytes that came */
	mach_msg_size_t size; /* bytes it has */
};

struct settings {
	FILE *out;
	bool follow;    /* say whose line it is */
	bool times;     /* say when */
	bool quiet;     /* count only */
	unsigned width; /* of texts */
};
extern struct settings settings;

/* value.c: `count` numbers or characters at `data`. */
extern void value_print(
    const struct rpc_field *field, const char *data, size_t count);
extern void value_print_number(uint64_t value, enum value_form form);
extern void value_print_text(const char *text, size_t length);

/* message.c */
extern mach_msg_header_t message_header(const struct message *message);
/* "routine (arguments)", also of one that is in no table. */
extern void message_print_request(
    const struct rpc_routine *routine, const struct message *message);
/* " = result (arguments)"; returns the result. */
extern int message_print_reply(
    const struct rpc_routine *routine, const struct message *message);

/* line.c: `who` is the thread that speaks; NULL: nobody. */
struct speaker;
extern void line_begin(struct speaker *who, uint64_t time);
extern void line_end(struct speaker *who);
/* Go on with who's line, begun before; `what` says which if others spoke. */
extern void line_resume(struct speaker *who, uint64_t time, const char *what);

/* call.c */
extern void call_event(const trace_record_t *record, const struct message *m);
extern unsigned call_lost(void);
/* Only what comes after the first task has been replaced is shown. */
extern void call_wait_for_exec(void);
/* Lines that are unfinished, at the end. */
extern void call_finish(void);
extern void speaker_print(const struct speaker *who);

/* count.c */
extern void count_call(const char *name, bool served, uint64_t ns, bool failed);
extern void count_print(void);

#endif
