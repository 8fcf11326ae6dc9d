/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The interface generator: what its stages share.
 *
 * cpp.c runs the C preprocessor, lex.c and parse*.c turn its output into a
 * struct interface, check.c refuses what cannot work, layout.c places every
 * argument in its messages, emit*.c print C, output.c writes files. A source
 * position is a pointer into the preprocessed text (NULL: built in); diag.c
 * works out file, line and column when something is to be said about it.
 * Everything is allocated by util.c and lives until exit.
 */
#ifndef MIG_MIG_H
#define MIG_MIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A message format; abi.c has them all. */
struct abi {
	const char *name;
	const char *machine; /* whose macros the preprocessor is told */
	bool typed;          /* every item has a descriptor */
	bool wide_type;      /* descriptors have a word for the number */
	uint32_t pointer_size;
	uint32_t header_size;
	uint32_t align;        /* of the items of a message */
	uint32_t scalar_align; /* of 8-byte scalars in a C structure */
	uint32_t port_size;    /* of a right in a message of user code */
	uint32_t ool_size;     /* of the descriptor of memory: untyped */
	uint32_t type_size;    /* of descriptors: typed */
	uint32_t long_type_size;
};

/* Message dispositions as numbers of the wire; POLY is chosen at run time. */
enum disposition {
	DISP_NONE = 0,
	DISP_MOVE_RECEIVE = 16,
	DISP_MOVE_SEND = 17,
	DISP_MOVE_SEND_ONCE = 18,
	DISP_COPY_SEND = 19,
	DISP_MAKE_SEND = 20,
	DISP_MAKE_SEND_ONCE = 21,
	DISP_POLY = 255,
};

enum token_kind {
	TOK_EOF,
	TOK_WORD,
	TOK_NUMBER,
	TOK_PUNCT,
	TOK_STRING, /* with its quotes: "x" or <x> */
	TOK_BAD,    /* already complained about */
};

struct token {
	enum token_kind kind;
	const char *at;
	const char *text;
	uint32_t number;
};

enum lex_mode {
	LEX_NORMAL,
	LEX_IMPORT, /* <path> or "path" */
	LEX_EXPR,   /* one word of a C expression: A_B, 0x10, a.b */
};

struct lexer {
	const char *start;
	const char *next;
	const char *end;
};

enum type_shape {
	SHAPE_SCALAR,
	SHAPE_STRUCT, /* struct[n] of: by value */
	SHAPE_ARRAY,  /* array[..] of: by address */
	SHAPE_STRING, /* c_string[..] */
};

/* A value of which only its C type is known, and how it is passed. */
enum raw {
	RAW_NONE,
	RAW_POINTER,
	RAW_VALUE,
	RAW_UNLESS, /* by pointer; one value of that means there is none */
};

/* A translation function of a type: `result function(parameter)`. */
struct translation {
	const char *payload_result; /* intranpayload, if there is a function */
	const char *payload;
	const char *result;
	const char *function; /* NULL: none */
	const char *parameter;
};

struct type {
	const struct type *from; /* what it is a copy of, or NULL */
	const char *name;        /* NULL: anonymous */
	const char *at;
	enum type_shape shape;
	struct type *element; /* of arrays and structs */
	uint32_t count;       /* elements or bytes of string; 0: unbounded */
	uint32_t size;        /* inline bytes, at most; 0: unbounded */
	uint32_t align;       /* of the C type, as a member of struct { } */
	bool variable;        /* the number of elements travels */
	bool unbounded;
	bool out_of_line;
	bool pointer;         /* written with ^ */
	bool whole;           /* typed messages count it as one item */
	unsigned flags;       /* of every argument: FLAG_LONG, FLAG_NOTLONG */
	uint32_t name_number; /* MACH_MSG_TYPE_* of a scalar that is no right */
	bool memories;        /* an inline array of what is out of line */
	bool is_port;         /* or array of ports */
	bool built_in;
	enum disposition sent;     /* what the sender says */
	enum disposition received; /* what the receiver sees */
	enum raw raw;
	const char *raw_unless; /* C expression */
	const char *raw_ctype;  /* C type of an anonymous scalar */
	const char *ctype;
	const char *user_ctype;
	const char *server_ctype;
	struct translation intran;
	struct translation outtran;
	struct translation destructor;
};

enum arg_kind {
	ARG_DEFAULT,
	ARG_IN,
	ARG_OUT,
	ARG_INOUT,
	ARG_REQUESTPORT,
	ARG_REPLYPORT,
	ARG_SREPLYPORT,
	ARG_UREPLYPORT,
	ARG_WAITTIME,
	ARG_SENDTIME,
	ARG_MSGOPTION,
	ARG_MSGSEQNO,
	ARG_SECTOKEN,
	ARG_AUDITTOKEN,
	ARG_CONTEXT,
};

enum arg_flag {
	FLAG_DEALLOC = 1 << 0,
	FLAG_DEALLOC_ARG = 1 << 1, /* dealloc[]: said at run time */
	FLAG_NOTDEALLOC = 1 << 2,
	FLAG_COUNTINOUT = 1 << 3,
	FLAG_SERVERCOPY = 1 << 4,
	FLAG_PHYSICALCOPY = 1 << 5,
	FLAG_AUTO = 1 << 6,
	FLAG_LONG = 1 << 7,
	FLAG_NOTLONG = 1 << 8,
	FLAG_OVERWRITE = 1 << 10, /* received into the caller's memory */
	FLAG_SAMECOUNT = 1 << 9,  /* counted by the argument before */
	FLAG_CONST = 1 << 11,     /* in Apple's prototypes */
};

struct argument {
	struct argument *next;
	const char *name;
	const char *at;
	const char *kind_at;
	const char *flag_at;
	enum arg_kind kind;
	struct type *type;
	struct argument *counter; /* whose count it has, if it varies */
	unsigned flags;
	bool on_user;   /* has a parameter in the user's function */
	bool on_server; /* has a parameter in the server's function */
	bool in;        /* carried by the request */
	bool out;       /* carried by the reply */
	/* What the server says of a right; a kernel says what is received. */
	enum disposition reply_sent;
};

enum item_kind {
	ITEM_PORT,      /* one port descriptor, or as many as the array has */
	ITEM_OOL,       /* memory descriptor */
	ITEM_OOL_PORTS, /* descriptor of an array of ports in memory */
	ITEM_MEMORIES,  /* descriptors of an array of either */
	ITEM_SUBS,      /* the counts of what they have */
	ITEM_COUNT,
	ITEM_CAPACITY, /* countinout: how much the caller can take */
	ITEM_OFFSET,   /* of variable strings: always 0 */
	ITEM_DATA,     /* of fixed size */
	ITEM_VARIABLE, /* up to `size` bytes; what follows moves up */
};

/* One field of a message. Offsets hold where all before it is at its most. */
struct item {
	struct item *next;
	enum item_kind kind;
	struct argument *arg;
	uint32_t offset;
	uint32_t size; /* padded to 4 */
	uint32_t pad;  /* bytes of padding in size */
	int segment;   /* 0, or how many variable items precede it */
	bool moved;    /* behind a raw value, whose size offsets do not have */
	/* Of typed messages: the descriptor, which lies at `offset`. */
	uint32_t type_size;
	uint32_t bits;     /* of what is counted */
	uint32_t number;   /* how many, at most if variable */
	uint32_t multiple; /* how many of them make an element */
	uint32_t capacity; /* elements that fit inline: ITEM_CAPACITY */
	bool long_form;
};

struct message {
	const char *ctype; /* of the whole */
	struct item *items;
	uint32_t descriptors;
	bool has_ndr;
	bool has_retcode;
	uint32_t min;
	uint32_t max;
	/* What raw values add to both, and to max: " + MIG_RAW(T)..." */
	const char *raw;
	const char *raw_variable;
	uint32_t raw_count;
	int segments;
};

/* After which errors of sending a stub destroys what it could not send. */
enum consume {
	CONSUME_NONE,
	CONSUME_TIMEOUT,
	CONSUME_ANY,
};

struct routine {
	struct routine *next;
	const char *name;
	const char *at;
	uint32_t index;
	bool simple;
	struct argument *args;
	struct argument *request_port;
	struct argument *user_reply_port;
	struct argument *server_reply_port;
	struct argument *wait_time;
	struct argument *send_time;
	struct argument *msg_option;
	/* Statement defaults in force where the routine was declared. */
	const char *default_wait_time;
	const char *default_send_time;
	const char *default_msg_option;
	enum consume consume;
	uint32_t on_stack_limit; /* larger messages are allocated */
	uint32_t raw_limit;      /* bytes of a raw C value, at most */
	const char *user_prefix;
	const char *server_prefix;
	struct message request;
	struct message reply;
};

enum import_side {
	IMPORT_USER = 1,
	IMPORT_SERVER = 2,
	IMPORT_DEFINES = 4, /* headers only, no stub needs it */
	IMPORT_SOURCE = 8,  /* stubs only, not the headers */
};

struct import {
	struct import *next;
	unsigned sides;
	const char *file; /* with quotes or brackets */
};

struct interface {
	const char *name; /* NULL: no subsystem statement, types only */
	const char *at;
	uint32_t base;
	bool kernel_user;
	bool kernel_server;
	bool symbol_table;
	bool split;                /* headers import nothing */
	const char *server_demux;  /* NULL: NAME_server */
	const char *rcsid;         /* with quotes, or NULL */
	const char *prefix;        /* -prefix, never NULL */
	const char *server_prefix; /* the last one's, never NULL */
	const char *rust_use;      /* --rust-use, or NULL */
	const char *subr_prefix;   /* -subrprefix, never NULL: of the library */
	uint32_t end;              /* first id index past the last routine */
	struct import *imports;
	struct routine *routines;
};

/* An interface and the text it is from. */
struct source {
	const char *file;
	const char *text;
	size_t length;
	struct interface interface;
};

/* Which side a stub is on: decides the C type of an argument. */
enum side { SIDE_USER, SIDE_SERVER };

/* abi.c */
extern const struct abi *mig_abi;     /* the one stubs are made for */
extern const char *const *mig_macros; /* of its machine; the last is NULL */
bool abi_choose(const char *name);
void abi_choose_machine(const char *name);
bool abi_choose_by_program(const char *path);
const char *abi_names(void);
uint32_t abi_port_size(const struct interface *interface);

/* util.c */
void *mem_alloc(size_t size);
char *mem_text(const char *text, size_t length);
char *mem_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
bool same_word(const char *a, const char *b);
void json_text(FILE *f, const char *text);

/* names.c */
struct names {
	struct named *slots;
	size_t count;
	size_t room; /* a power of 2, or 0 */
};
void *names_find(const struct names *names, const char *name);
void names_add(struct names *names, const char *name, void *value);

/* cpp.c */
struct cpp_options {
	const char *command;   /* -cc, or NULL */
	bool standard_folders; /* the compiler's own are searched */
	char **flags;          /* -I -D -U ... */
	int flag_count;
	char **sources;
	int source_count;
	bool done; /* standard input has been through it */
};
char *cpp_run(const struct cpp_options *options, const char *file, size_t *len);

/* diag.c */
void diag_source(const char *text, size_t length, const char *file);
void diag_again(const struct source *from);
void error_at(const char *at, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void warn_at(const char *at, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void note_at(const char *at, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void fatal(const char *format, ...)
    __attribute__((format(printf, 1, 2), noreturn));
int diag_errors(void);
void diag_quiet(void);
bool diag_is_quiet(void);
void diag_json(void);
void diag_summary(void);
void diag_warnings_are_errors(void);
void diag_each_file(void (*visit)(const char *file, void *context), void *ctx);

/* lex.c */
void lex_start(struct lexer *lexer, const char *text, size_t length);
void lex_next(struct lexer *lexer, enum lex_mode mode, struct token *token);

/* parse*.c: one word of lookahead */
struct parser {
	struct lexer lexer;
	struct token token;
	struct interface *interface;
	struct import **import_tail;
	struct routine **routine_tail;
	uint32_t next_index;
	const char *wait_time;
	const char *send_time;
	const char *msg_option;
	enum consume consume;
	uint32_t first_on_stack_limit; /* -maxonstack */
	uint32_t on_stack_limit;
	uint32_t raw_limit;
	const char *user_prefix;
	const char *server_prefix;
	const char *force_user_prefix;   /* -uprefix, or NULL */
	const char *force_server_prefix; /* -sprefix, or NULL */
};
bool parse_interface(struct parser *parser, const char *text, size_t length);
void parse_advance(struct parser *parser, enum lex_mode mode);
bool parse_is(const struct parser *parser, const char *word);
bool parse_is_exactly(const struct parser *parser, const char *word);
bool parse_accept(struct parser *parser, const char *word);
bool parse_expect(struct parser *parser, const char *word);
bool parse_number(struct parser *parser, const char *what, uint32_t *number);
bool parse_number_from(
    struct parser *parser, uint32_t least, const char *what, uint32_t *number);
const char *parse_name(struct parser *parser, const char *what);
bool parse_typename(struct parser *parser, struct type **type);
struct type *parse_local_type(
    struct parser *parser, const char *name, const char *at);
struct type *parse_named_type(
    struct parser *parser, const char *name, const char *at);
bool parse_routine(struct parser *parser, bool simple);
bool parse_setting(struct parser *parser, bool *known);
const char *parse_ctype(struct parser *parser);
struct type *parse_raw(struct parser *parser, bool *known);
struct type *parse_ipc(struct parser *parser, bool *known);

/* type.c */
void type_init(void);
struct type *type_find(const char *name);
void type_define(struct type *type);
struct type *type_scalar(const char *ipc_name);
struct type *type_copy(const struct type *type);
struct type *type_array(struct type *element, uint32_t count, bool variable);
struct type *type_struct(struct type *element, uint32_t count);
struct type *type_members(uint32_t size, uint32_t align);
struct type *type_string(uint32_t count, bool variable);
struct type *type_pointer(struct type *target);
bool type_same(const struct type *a, const struct type *b);
enum disposition type_received(enum disposition sent);
const struct type *type_base(const struct type *type, uint32_t *count);
const char *type_name(const struct type *type, enum side side);

/* ids.c */
void ids_check(struct source *sources, int count, bool replies);

/* check.c */
void check_interface(struct interface *interface);

/* layout.c */
uint32_t layout_round(uint32_t size);
void layout_interface(struct interface *interface);
void layout_typed(struct interface *interface);
uint32_t layout_typed_error(void);
uint32_t layout_pad(uint32_t size);
uint32_t layout_max_request(const struct interface *interface);
uint32_t layout_max_reply(const struct interface *interface);

/* emit.c: names and declarations that headers and stubs print alike */
void emit_banner(FILE *f, const struct interface *interface, const char *what);
void emit_pragmas(FILE *f);
void emit_imports(FILE *f, const struct interface *interface, unsigned sides);
void emit_rcsid(FILE *f, const struct interface *interface, const char *side);
void emit_prototype(FILE *f, const struct interface *interface,
    const struct routine *routine, enum side side, const char *end);
const char *emit_routine_name(
    const struct interface *interface, const struct routine *r, enum side side);
const char *emit_demux_name(const struct interface *interface);
const char *emit_ctype(const struct argument *arg, enum side side);
const char *emit_disposition(enum disposition disposition);
enum disposition emit_sent(const struct argument *arg, bool reply);
void emit_comma(FILE *f, bool *first);
void emit_declare(
    FILE *f, const char *ctype, const char *star, const char *name);
void emit_implied(
    FILE *f, const struct argument *arg, enum side side, bool *first);
bool emit_has_count(const struct argument *arg);
const char *emit_counter(const struct argument *arg);
bool emit_by_address(const struct type *type);
bool emit_polymorphic(const struct argument *arg, enum side side);

/* emit_apple.c: files for Apple's headers instead of ours */
extern bool mig_apple;
extern bool mig_parts; /* servers take messages in two parts */
const char *emit_table_name(const struct interface *interface);
void emit_includes(
    FILE *f, const struct interface *interface, enum side side, bool stubs);
void emit_hooks(FILE *f);
const char *emit_attributes(enum side side);
void emit_once(FILE *f, const struct interface *interface, bool open);
void emit_unions(FILE *f, const struct interface *interface);
void emit_apple_header(
    FILE *f, const struct interface *interface, enum side side);
void emit_table_type(FILE *f, const struct interface *interface);
void emit_table(FILE *f, const struct interface *interface);

/* emit_support.c: the functions that stubs are made of */
struct support {
	FILE *stream;
	char *text;
	size_t length;
};
FILE *support_begin(struct support *support);
void support_end(struct support *support, FILE *f);

/* emit_message.c: the structures of messages */
void emit_messages(FILE *f, const struct interface *interface, enum side side);
const char *emit_field(
    const char *base, const struct item *item, const char *suffix);
const char *emit_count_field(const struct message *message, const char *base,
    const struct argument *arg);
uint32_t emit_element_size(const struct type *type);
bool emit_is_copied(const struct item *item, bool reply);
void emit_segments(
    FILE *f, const struct routine *r, const char *base, bool for_check);
void emit_next_segment(
    FILE *f, const char *base, const struct item *variable, const char *length);
bool emit_is_descriptor(const struct item *item);
void emit_in_parts(bool parts);
const char *emit_data(const char *base);
const char *emit_message_size(const char *base, const struct message *message);

/* emit_fill.c, emit_check.c: write and verify a message, either side */
void emit_fill(FILE *f, const struct routine *r, const char *base);
bool emit_has_checks(const struct item *item);
void emit_check(FILE *f, const struct routine *r, const char *base);

/* emit_memories.c: arrays of what is out of line */
struct filling {
	const char *deallocate;
	const char *copy;
};
bool emit_has_subs(const struct argument *arg);
const char *emit_memory_ctype(const struct type *type, enum side side);
bool emit_memory_is_ports(const struct type *type);
const char *emit_subs_field(const struct message *message, const char *base,
    const struct argument *arg);
const char *emit_subs_limit(const struct argument *arg);
void emit_fill_memories(FILE *f, const char *base, const struct item *item,
    const struct filling *how);
void emit_fill_subs(FILE *f, const char *base, const struct item *item);
void emit_check_memories(FILE *f, const char *base, const struct item *item);
void emit_check_used(
    FILE *f, const char *base, const struct argument *arg, const char *count);
void emit_check_subs(FILE *f, const struct message *message, const char *base,
    const struct item *item);
void emit_gather_memories(FILE *f, const struct argument *arg);
void emit_declare_memories(FILE *f, const struct argument *arg);
void emit_release_memories(FILE *f, const struct argument *arg);
void emit_take_memories(
    FILE *f, const struct message *message, const struct item *item);

/* emit_overwrite.c: results received into the caller's memory */
bool emit_overwrites(const struct routine *r);
void emit_scatter(FILE *f, const struct routine *r);
uint32_t emit_scatter_size(const struct routine *r);

/* emit_raw.c: raw C values, and sizes of messages with them */
bool emit_raw_pointer(const struct argument *arg);
bool emit_varies(const struct message *message);
const char *emit_least(const struct message *message);
const char *emit_most(const struct message *message);
const char *emit_largest(const struct interface *interface, bool reply);
const char *emit_unit(const struct type *type);
void emit_raw_assert(
    FILE *f, const struct routine *r, const struct argument *arg);
void emit_raw_field(FILE *f, const struct argument *arg);
void emit_fill_raw(FILE *f, const char *base, const struct item *item);
void emit_fill_present(FILE *f, const char *base, const struct item *item);
void emit_raw_local(FILE *f, const struct argument *arg, const char *field,
    const char *present);

/* emit_header.c */
void emit_user_header(FILE *f, const struct interface *interface);
void emit_server_header(FILE *f, const struct interface *interface);
void emit_user_prototypes(
    FILE *f, const struct interface *interface, bool header);
const char *emit_demux_parameters(void);
const char *emit_finder(const struct interface *interface);
void emit_server_prototypes(
    FILE *f, const struct interface *interface, bool header);

/* emit_owner.c: who owns what arguments carry */
const char *emit_owner(const struct interface *interface,
    const struct argument *arg, enum side side);
const char *emit_owner_unsent(const struct routine *r);
const char *emit_owner_rules(enum side side);
void emit_owners(FILE *f, const struct interface *interface,
    const struct routine *r, enum side side);
void emit_owners_top(
    FILE *f, const struct interface *interface, enum side side);

/* emit_user.c, emit_user_reply.c */
const char *emit_options(const struct routine *r);
const char *emit_timeout(const struct routine *r);
const char *emit_header_disposition(const struct argument *arg);
void emit_user(FILE *f, const struct interface *interface);
void emit_user_reply(FILE *f, const struct routine *routine);

/* emit_server.c, emit_server_stub.c */
void emit_server(FILE *f, const struct interface *interface);
const char *emit_header_port(
    const struct interface *interface, const struct argument *arg);
typedef void (*emit_call_argument_fn)(FILE *f,
    const struct interface *interface, const struct routine *r,
    const struct argument *arg);
void emit_call(FILE *f, const struct interface *interface,
    const struct routine *r, emit_call_argument_fn argument);
void emit_call_argument(FILE *f, const struct interface *interface,
    const struct routine *r, const struct argument *arg);
void emit_call_implied(FILE *f, const struct interface *interface,
    const struct routine *r, const struct argument *arg);
const struct item *emit_find_item(const struct message *message,
    const struct argument *arg, enum item_kind kind);
const struct item *emit_value_item(
    const struct message *message, const struct argument *arg);
uint32_t emit_least_bound(const struct argument *counter);
bool emit_edited(void);
void emit_edited_check_head(FILE *f, const struct routine *r);
void emit_edited_checked(FILE *f, const struct routine *r);
void emit_edited_call(FILE *f, const struct interface *interface,
    const struct routine *r, emit_call_argument_fn argument);
void emit_server_stub(
    FILE *f, const struct interface *interface, const struct routine *routine);

/* emit_compact*.c: tables in place of stubs, of routines that fit into them */
extern bool mig_compact;
bool compact_fits(const struct interface *interface, const struct routine *r);
uint32_t compact_slot(const struct routine *r, const struct argument *arg);
bool compact_has_slot(const struct argument *arg);
void compact_call(
    FILE *f, const struct interface *interface, const struct routine *r);
void compact_tables(FILE *f, const struct interface *interface);

/* emit_typed_*.c: the same for typed messages */
void typed_user(FILE *f, const struct interface *interface);
void typed_server(FILE *f, const struct interface *interface);
void typed_user_header(FILE *f, const struct interface *interface);
void typed_server_header(FILE *f, const struct interface *interface);

/* emit_trailer.c: arguments that come from a message's trailer */
bool emit_from_trailer(const struct argument *arg);
const char *emit_trailer_need(const struct routine *r, enum side side);
const char *emit_trailer_field(const struct argument *arg);

/* emit_list.c */
void emit_list(FILE *f, const struct interface *interface);
void emit_numbers(FILE *f, const struct interface *interface);

/* emit_json.c, emit_doc.c */
void emit_json(FILE *f, const struct interface *interface);
void emit_doc(FILE *f, const struct interface *interface);

/* abi_diff.c */
bool abi_diff(const char *old_path, const char *new_path);

/* emit_rust_check.c, emit_rust.c */
void check_rust(const struct interface *interface);
void emit_rust(FILE *f, const struct interface *interface);

/* output.c */
struct output {
	const char *path; /* NULL or /dev/null: not wanted */
	char *text;
	size_t length;
	FILE *stream;
	const char *target; /* where the path leads */
	char *temporary;    /* NULL: the target is no file */
};
bool output_wanted(const struct output *output);
FILE *output_open(struct output *output);
void output_commit(struct output *outputs, int count);

/* depend.c */
struct targets {
	const char *text; /* NULL: the outputs */
};
void depend_target(struct targets *targets, const char *name, bool quote);
void depend_write(struct output *d, const struct targets *targets,
    const struct output *outputs, int count);

#endif
