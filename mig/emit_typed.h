/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the back end for typed messages shares among its files. Names of what
 * every message has are as in the untyped stubs: `mig_in` and `mig_out` point
 * to request and reply, `mig_in1` to what follows the first variable item.
 */
#ifndef MIG_EMIT_TYPED_H
#define MIG_EMIT_TYPED_H

#include "mig.h"

/* Does a message carry a right or memory? */
enum complexity { COMPLEX_NEVER, COMPLEX_ALWAYS, COMPLEX_DEPENDS };

/* emit_typed.c */
bool typed_in_kernel(const struct interface *interface, enum side side);
const char *typed_type_name(
    const struct interface *interface, const struct type *type, enum side side);
const char *typed_ctype(const struct interface *interface,
    const struct argument *arg, enum side side);
bool typed_is_indefinite(const struct type *type);
enum complexity typed_complexity(const struct message *message, bool received);
bool typed_has_length(const struct message *message);
bool typed_has_circle(const struct interface *interface,
    const struct message *message, enum side side);
const char *typed_element(const struct interface *interface,
    const struct type *type, enum side side, uint32_t *count);
void typed_prototype(FILE *f, const struct interface *interface,
    const struct routine *routine, enum side side, const char *end);
const char *typed_name(const struct item *item, bool received, bool reply);
const char *typed_descriptor(const struct item *item, const char *name,
    const char *number, const char *flags);
bool typed_is_copied(
    const struct interface *interface, const struct item *item);

/* emit_typed_support.c: what every file of stubs begins with */
void typed_support(FILE *f, const struct interface *interface, enum side side);

/* emit_typed_message.c */
void typed_messages(FILE *f, const struct interface *interface, enum side side);
void typed_segments(FILE *f, const struct routine *r, bool reply);

/* emit_typed_fill.c, emit_typed_check.c */
void typed_fill(FILE *f, const struct interface *interface,
    const struct routine *r, bool reply);
void typed_check(FILE *f, const struct routine *r, bool reply);

/* emit_typed_header.c */
void typed_user_prototypes(
    FILE *f, const struct interface *interface, bool header);
void typed_server_prototypes(
    FILE *f, const struct interface *interface, bool header);

#endif
