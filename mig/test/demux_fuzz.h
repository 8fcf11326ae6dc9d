/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Random and tampered messages for a generated server. demux_gen.pl makes from
 * `mig --json` a description of the interface and an implementation of its
 * routines; demux_message.c makes requests, demux_decode.c says on its own what
 * a server must think of them, demux_server.c is what the implementation calls,
 * demux_ledger.c accounts for rights, memory and objects, demux_fuzz.c delivers
 * the requests and judges what came of them.
 *
 * What a sender cannot bring about is not tried: the kernel sees to it that a
 * message is a multiple of 4 bytes, has the descriptors it says it has, with
 * the memory they say, and a trailer.
 */
#ifndef MIG_TEST_DEMUX_FUZZ_H
#define MIG_TEST_DEMUX_FUZZ_H

#include <mach/mig_stub.h>

#include <stddef.h>

enum fuzz_kind {
	FUZZ_HEADER,
	FUZZ_DESCRIPTOR_COUNT,
	FUZZ_PORT,
	FUZZ_MEMORY,
	FUZZ_PORTS,
	FUZZ_MEMORIES,
	FUZZ_NDR,
	FUZZ_RETURN_CODE,
	FUZZ_COUNT,
	FUZZ_COUNTS,
	FUZZ_CAPACITY,
	FUZZ_STRING_OFFSET,
	FUZZ_DATA,
	FUZZ_VARIABLE,
};

/* Where the server's argument comes from. */
enum fuzz_source {
	FUZZ_BODY,
	FUZZ_REQUEST_PORT,
	FUZZ_REPLY_PORT,
	FUZZ_SEQNO,
	FUZZ_SECURITY,
	FUZZ_AUDIT,
	FUZZ_CONTEXT,
};

#define FUZZ_POLY     255U /* a disposition chosen at run time */

#define FUZZ_SUBS_MAX 16

/* One of an array of memories: its own count, or a fixed size. */
struct fuzz_memory {
	int variable, port;
	uint32_t count, size, unit;
};

struct fuzz_arg {
	const char *name;
	enum fuzz_source source;
	int in, out;
	int port, memory, variable, string;
	int counter;    /* the argument whose count it has, or itself */
	int taken;      /* the implementation frees the memory */
	int intran;     /* the implementation gets an object */
	int outtran;    /* it returns one */
	int dealloc;    /* of the memory it returns; 2: it says so */
	uint32_t count; /* at most; 0: unbounded */
	uint32_t size;  /* at most */
	uint32_t unit;  /* bytes of one that is counted */
	uint32_t sent;
	uint32_t received;
	const struct fuzz_memory *memories; /* an array of them, or NULL */
};

struct fuzz_field {
	enum fuzz_kind kind;
	int arg;
	uint32_t size;
	uint32_t padding;
};

struct fuzz_layout {
	uint32_t min, max;
	uint32_t descriptors;
	const struct fuzz_field *fields;
	size_t field_count;
};

struct fuzz_routine {
	const char *name;
	mach_msg_id_t id;
	int simple;
	mach_msg_size_t trailer; /* the least it needs */
	const struct fuzz_arg *args;
	size_t arg_count;
	struct fuzz_layout request;
	struct fuzz_layout reply;
};

struct fuzz_interface {
	const char *name;
	int kernel_server;
	boolean_t (*demux)(mach_msg_header_t *, mach_msg_header_t *);
	const struct mig_subsystem *subsystem;
	const struct fuzz_routine *routines;
	size_t routine_count;
	void (*const *calls)(void); /* of demux_user.c */
};

/* Made by demux_gen.pl. */
extern const struct fuzz_interface fuzz_interface;

#define FUZZ_ARGS_MAX 32

/* An argument in a message, as demux_decode.c finds it. */
struct fuzz_view {
	const uint8_t *data; /* its bytes, or its first descriptor */
	uint32_t bytes;
	uint32_t count;
	uint32_t capacity;   /* countinout */
	const uint8_t *subs; /* counts of memories */
};

enum fuzz_message {
	FUZZ_REQUEST_RECEIVED,
	FUZZ_REPLY_SENT,
	FUZZ_REQUEST_SENT,
	FUZZ_REPLY_RECEIVED,
};

/* demux_decode.c: NULL, or why it must be refused. */
const char *fuzz_decode(const struct fuzz_routine *routine,
    enum fuzz_message view, const mach_msg_header_t *message,
    struct fuzz_view *views);
const char *fuzz_padding(const struct fuzz_routine *routine,
    enum fuzz_message view, const mach_msg_header_t *message,
    const struct fuzz_view *views);

/* demux_message.c */
uint32_t fuzz_random(uint32_t below);
void fuzz_seed(uint64_t seed);
void fuzz_bytes(void *to, size_t length);
/* A request (malloc) with its trailer; 1 if nothing was tampered with. */
int fuzz_request(
    const struct fuzz_routine *routine, mach_msg_header_t **message);

/* The same for a reply, with a trailer of so many bytes. */
void fuzz_reply(const struct fuzz_routine *routine, mach_msg_size_t trailer,
    mach_msg_header_t **message);

/* demux_ledger.c */
void fuzz_wrong(const char *format, ...)
    __attribute__((format(printf, 1, 2), noreturn));
void ledger_start(void);
uint32_t ledger_right(void);
void *ledger_memory(uint32_t size);
void ledger_take_right(uint32_t name);
void ledger_take_memory(uint64_t address, uint64_t size);
void *ledger_returned(uint32_t size);
void ledger_take_returned(uint64_t address, uint64_t size);
void *ledger_object(void);
void ledger_drop_object(void *object);
void ledger_finish(int objects_too);
void ledger_destroy(mach_msg_header_t *message);

/* What an implementation calls; `arg` is an index into the arguments. */
void fuzz_begin(size_t routine);
void fuzz_in(int arg, const void *value, size_t bytes);
void fuzz_in_array(int arg, const void *array, size_t align, uint32_t count);
void fuzz_in_string(int arg, const char *string);
void fuzz_in_ports(int arg, const mach_port_t *names, uint32_t count);
void fuzz_in_memory(int arg, uint64_t address, uint32_t count);
void fuzz_in_memories(
    int arg, const void *addresses, uint32_t count, const uint32_t *counts);
void fuzz_in_poly(int arg, mach_msg_type_name_t disposition);
void fuzz_in_object(void *object);
void fuzz_out(int arg, void *value, size_t bytes);
void fuzz_out_array(int arg, void *array, mach_msg_type_number_t *count);
void fuzz_out_string(int arg, char *string);
uint64_t fuzz_out_memory(int arg, mach_msg_type_number_t *count);
uint64_t fuzz_out_text(int arg);
void fuzz_out_memories(
    int arg, void *addresses, mach_msg_type_number_t *count, uint32_t *counts);
mach_msg_type_name_t fuzz_out_poly(int arg);
boolean_t fuzz_out_dealloc(int arg);
void *fuzz_out_object(void);
kern_return_t fuzz_end(void);

/* What its translation functions call. */
void *fuzz_intran(int has_destructor);
void fuzz_done(void *object);
void fuzz_outtran(void *value, size_t bytes, void *object);

/*
 * demux_user.c: what a generated caller calls. Values to send, room for
 * results, and what to do with them after success.
 */
void fuzz_call_start(size_t routine);
void *fuzz_give_array(int arg, mach_msg_type_number_t *count);
char *fuzz_give_string(int arg);
uint64_t fuzz_give_memory(int arg, mach_msg_type_number_t *count);
void *fuzz_give_room(int arg, mach_msg_type_number_t *count);
void *fuzz_give_most(int arg);
int fuzz_call_done(kern_return_t code);
void fuzz_got(int arg, const void *value, size_t bytes);
void fuzz_got_array(int arg, const void *array, uint32_t count);
void fuzz_got_string(int arg, const char *string);
void fuzz_got_memory(int arg, uint64_t address, uint32_t count);
void fuzz_got_poly(int arg, mach_msg_type_name_t disposition);

/* demux_server.c: what came of the request. */
struct fuzz_call {
	const struct fuzz_routine
	    *expected; /* the only one that may be called */
	struct fuzz_view in[FUZZ_ARGS_MAX];
	const mach_msg_header_t *request;
	int calls;
	kern_return_t code;
	int lied; /* about a count or a string */
	struct {
		uint8_t *bytes;
		uint32_t length;
		uint32_t count;
		uint32_t poly;
		uint64_t address;
		int dealloc;
		uint64_t addresses[FUZZ_SUBS_MAX];
		uint32_t sizes[FUZZ_SUBS_MAX];
	} out[FUZZ_ARGS_MAX];
};
extern struct fuzz_call fuzz_call;
void fuzz_expect(const mach_msg_header_t *request);
void fuzz_forget(void);
const struct fuzz_arg *fuzz_argument(int arg);
int fuzz_lies(void);

/* demux_memories.c: arrays of memories, in every respect */
uint32_t fuzz_memories_make(const struct fuzz_arg *arg, uint32_t i,
    uint32_t count, uint32_t beyond, uint32_t *size);
const char *fuzz_memories_decode(
    const struct fuzz_arg *arg, const struct fuzz_view *view, int sent);
void fuzz_take_memories(
    const struct fuzz_arg *arg, const struct fuzz_view *view);
void fuzz_memories_check(
    const struct fuzz_arg *arg, size_t i, const struct fuzz_view *view);
uint32_t fuzz_bound(const struct fuzz_routine *routine, int arg);
void fuzz_check_reply(const mach_msg_header_t *reply);

#endif
