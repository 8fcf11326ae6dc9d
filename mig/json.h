/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * JSON that was written by --json, read again.
 */
#ifndef MIG_JSON_H
#define MIG_JSON_H

#include <stdbool.h>
#include <stdint.h>

enum json_kind {
	JSON_NULL,
	JSON_FALSE,
	JSON_TRUE,
	JSON_NUMBER,
	JSON_TEXT,
	JSON_LIST,
	JSON_OBJECT,
};

struct json_value {
	const struct json_value *next; /* in its list or object */
	const char *name;              /* as a member, else NULL */
	enum json_kind kind;
	uint32_t number;
	const char *text;
	const struct json_value *first; /* of its own */
};

const struct json_value *json_read(const char *path);
const struct json_value *json_member(
    const struct json_value *object, const char *name);
const char *json_string(const struct json_value *object, const char *name);
uint32_t json_number(const struct json_value *object, const char *name);
bool json_is(const struct json_value *object, const char *name);
const struct json_value *json_list(
    const struct json_value *object, const char *name);

#endif
