/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the parts of the Rust back end share.
 *
 * A file in Rust has modules: `mig` (the same in every file), `types`, `wire`
 * (layouts of messages), `user` and `server`. Locals of generated functions
 * are mig_...: no argument may be called so. For argument x, mig_n_x is its
 * count, mig_v_x what was read of it, mig_s_x a descriptor's size and mig_r_x
 * the room a caller has. Types that depend on the transport name it `t`.
 */
#ifndef MIG_EMIT_RUST_H
#define MIG_EMIT_RUST_H

#include "mig.h"

/* emit_rust_rights.c, _data.c, _message.c, _call.c: lines, then NULL */
extern const char *const rust_support_rights[];
extern const char *const rust_support_data[];
extern const char *const rust_support_message[];
extern const char *const rust_support_call[];

/* emit_rust_type.c */
const char *rust_name(const char *name);
const char *rust_type(const struct type *type);
const char *rust_element(const struct type *type);
const char *rust_right(enum disposition disposition, const char *t);
bool rust_moves(enum disposition sent);
const char *rust_sent(const struct argument *arg, enum side side, const char *t,
    const char *life);
const char *rust_received(
    const struct argument *arg, enum side side, const char *t);
bool rust_has_slot(const struct argument *arg);

/* emit_rust_check.c */
const char *rust_option(const char *text);
const char *rust_timeout(const char *text);

/* emit_rust_read.c, emit_rust_write.c: the inside of a function */
uint32_t rust_head_size(const struct message *message);
bool rust_reads_data(const struct message *message);
void rust_read(FILE *f, const struct message *message);
const char *rust_take(
    const struct argument *arg, enum side side, const char *t);
void rust_limits(FILE *f, const struct routine *r, enum side side);
void rust_write(FILE *f, const struct message *message, enum side side);

/* emit_rust_trailer.c */
unsigned rust_trailer_size(const struct routine *r, enum side side);
unsigned rust_trailer_part(const struct routine *r, enum side side);
const char *rust_trailer_type(const struct argument *arg);
const char *rust_trailer_value(const struct argument *arg);

/* emit_rust_results.c: what a routine returns, on either side */
int rust_result_count(const struct routine *r, enum side side);
bool rust_is_result(const struct argument *arg, enum side side);
void rust_results_struct(FILE *f, const struct routine *r, enum side side);
const char *rust_results_type(
    const struct routine *r, enum side side, const char *t, const char *life);

/* emit_rust_wire.c */
void rust_types(FILE *f, const struct interface *interface);
void rust_wire(FILE *f, const struct interface *interface);

/* emit_rust_user.c, emit_rust_server.c */
void rust_user(FILE *f, const struct interface *interface);
void rust_server(FILE *f, const struct interface *interface);

#endif
