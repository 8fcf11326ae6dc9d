/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * --abi-diff: what is different between two outputs of --json, a line each.
 * `incompatible` is what makes callers and servers of one side not understand
 * the other's messages; `compatible` what only their sources see, or what is
 * new and nobody can know yet.
 */
#include <stdarg.h>
#include <string.h>

#include "json.h"
#include "mig.h"

struct diff {
	bool quiet;       /* say only what is incompatible */
	bool typed;       /* messages say what is inline */
	const char *what; /* is compared: "routine x" */
	int incompatible;
};

typedef const struct json_value *value_t;

static void __attribute__((format(printf, 3, 4)))
say(struct diff *d, bool compatible, const char *format, ...)
{
	va_list args;

	if (!compatible)
		d->incompatible++;
	else if (d->quiet)
		return;
	va_start(args, format);
	printf("%s: %s", compatible ? "compatible" : "incompatible", d->what);
	vprintf(format, args);
	putchar('\n');
	va_end(args);
}

/* A text that may be different. */
static void
compare_text(struct diff *d, bool compatible, value_t old, value_t new,
    const char *member, const char *label)
{
	const char *before = json_string(old, member);
	const char *now = json_string(new, member);

	if (strcmp(before, now) != 0)
		say(d, compatible, "%s is %s, was %s", label, now, before);
}

/* Where a field lies, in words. */
static const char *
describe_field(value_t field)
{
	const char *argument = json_string(field, "argument");
	uint32_t padding = json_number(field, "padding");
	const char *text = mem_format("%s%s%s%s at %u, %u bytes",
	    json_number(field, "variable_before") > 0 ? "behind data, " : "",
	    json_string(field, "kind"), argument[0] != '\0' ? " of " : "",
	    argument, json_number(field, "offset"), json_number(field, "size"));

	return padding == 0 ? text
			    : mem_format("%s, %u of padding", text, padding);
}

static const char *
describe_size(value_t message)
{
	uint32_t min = json_number(message, "min");
	uint32_t max = json_number(message, "max");

	return min == max ? mem_format("%u bytes", max)
			  : mem_format("%u to %u bytes", min, max);
}

static bool
same_field(value_t old, value_t new)
{
	static const char *const numbers[] = {
	    "offset", "size", "padding", "variable_before"};
	size_t i;

	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (json_number(old, numbers[i]) !=
		    json_number(new, numbers[i]))
			return false;
	return strcmp(json_string(old, "kind"), json_string(new, "kind")) == 0;
}

/* One message. Of fields the first that differs: it moves the others. */
static void
compare_message(
    struct diff *d, value_t old_routine, value_t new_routine, const char *which)
{
	value_t old = json_member(old_routine, which);
	value_t new = json_member(new_routine, which);
	value_t a = json_list(old, "fields");
	value_t b = json_list(new, "fields");
	const char *before = describe_size(old);
	const char *now = describe_size(new);

	if (old == NULL || new == NULL)
		return;
	if (strcmp(before, now) != 0)
		say(d, false, ", %s: %s, was %s", which, now, before);
	while (a != NULL && b != NULL && same_field(a, b)) {
		a = a->next;
		b = b->next;
	}
	if (a != NULL && b != NULL)
		say(d, false, ", %s: %s, was %s", which, describe_field(b),
		    describe_field(a));
	else if (a != NULL)
		say(d, false, ", %s: no %s", which, describe_field(a));
	else if (b != NULL)
		say(d, false, ", %s: more, %s", which, describe_field(b));
}

/* What of a type a receiver checks besides where it lies. */
static void
compare_type(struct diff *d, value_t old, value_t new, const char *argument)
{
	static const char *const numbers[] = {"unit", "count"};
	static const char *const facts[] = {
	    "out_of_line", "unbounded", "variable", "port"};
	const char *label = mem_format(", argument %s", argument);
	size_t i;

	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (json_number(old, numbers[i]) !=
		    json_number(new, numbers[i]))
			say(d, false, "%s: %s is %u, was %u", label, numbers[i],
			    json_number(new, numbers[i]),
			    json_number(old, numbers[i]));
	for (i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		if (json_is(old, facts[i]) != json_is(new, facts[i]))
			say(d, false, "%s is%s %s", label,
			    json_is(new, facts[i]) ? "" : " not", facts[i]);
	if (json_is(old, "pointer") != json_is(new, "pointer"))
		say(d, !d->typed, "%s is %s ^", label,
		    json_is(new, "pointer") ? "with" : "without");
	if ((strcmp(json_string(old, "shape"), "string") == 0) !=
	    (strcmp(json_string(new, "shape"), "string") == 0))
		compare_text(d, false, old, new, "shape", label);
	compare_text(
	    d, false, old, new, "received", mem_format("%s, received", label));
	compare_text(d, true, old, new, "sent", mem_format("%s, sent", label));
	if (json_member(old, "memory") != NULL &&
	    json_member(new, "memory") != NULL)
		compare_type(d, json_member(old, "memory"),
		    json_member(new, "memory"),
		    mem_format("%s's memory", argument));
}

/* What programs see of an argument. */
static void
compare_source(struct diff *d, value_t old, value_t new, const char *name)
{
	value_t old_type = json_member(old, "type");
	value_t new_type = json_member(new, "type");
	value_t a = json_list(old, "flags");
	value_t b = json_list(new, "flags");

	if (strcmp(name, json_string(new, "name")) != 0)
		say(d, true, ", argument %s is called %s", name,
		    json_string(new, "name"));
	compare_text(
	    d, true, old, new, "kind", mem_format(", argument %s", name));
	compare_text(d, true, old_type, new_type, "user_ctype",
	    mem_format(", argument %s, callers' C type", name));
	compare_text(d, true, old_type, new_type, "server_ctype",
	    mem_format(", argument %s, the server's C type", name));
	while (a != NULL && b != NULL && a->text != NULL && b->text != NULL &&
	       strcmp(a->text, b->text) == 0) {
		a = a->next;
		b = b->next;
	}
	if (a != NULL || b != NULL)
		say(d, true, ", argument %s has other flags", name);
}

static void
compare_arguments(struct diff *d, value_t old, value_t new)
{
	value_t a = json_list(old, "arguments");
	value_t b = json_list(new, "arguments");

	for (; a != NULL && b != NULL; a = a->next, b = b->next) {
		const char *name = json_string(a, "name");
		bool travels =
		    json_is(a, "in_request") == json_is(b, "in_request") &&
		    json_is(a, "in_reply") == json_is(b, "in_reply") &&
		    (json_is(a, "in_request") || json_is(a, "in_reply"));

		if (travels)
			compare_type(d, json_member(a, "type"),
			    json_member(b, "type"), name);
		compare_source(d, a, b, name);
	}
	for (; a != NULL; a = a->next)
		say(d, true, " has no argument %s", json_string(a, "name"));
	for (; b != NULL; b = b->next)
		say(d, true, " has a new argument %s", json_string(b, "name"));
}

static void
compare_routine(struct diff *d, value_t old, value_t new)
{
	const char *name = json_string(old, "name");

	d->what = mem_format("routine %s", name);
	if (strcmp(name, json_string(new, "name")) != 0)
		say(d, true, " is called %s", json_string(new, "name"));
	if (json_number(old, "id") != json_number(new, "id"))
		say(d, false, " has id %u, had %u", json_number(new, "id"),
		    json_number(old, "id"));
	compare_text(d, false, old, new, "kind", " now");
	compare_message(d, old, new, "request");
	compare_message(d, old, new, "reply");
	compare_arguments(d, old, new);
	compare_text(d, true, old, new, "user_function", ", callers' function");
	compare_text(
	    d, true, old, new, "server_function", ", the server's function");
}

static value_t
find_routine(const struct names *names, value_t routine)
{
	return names_find(names, json_string(routine, "name"));
}

static void
add_routines(struct names *names, value_t list)
{
	for (; list != NULL; list = list->next) {
		struct json_value *copy = mem_alloc(sizeof(*copy));

		*copy = *list;
		names_add(names, json_string(list, "name"), copy);
	}
}

/* The routine that has this id and a name the other side does not know. */
static value_t
find_renamed(value_t list, const struct names *others, uint32_t id)
{
	for (; list != NULL; list = list->next)
		if (json_number(list, "id") == id &&
		    find_routine(others, list) == NULL)
			return list;
	return NULL;
}

static void
compare_routines(struct diff *d, value_t old_list, value_t new_list)
{
	struct names old = {0};
	struct names new = {0};
	value_t r;

	add_routines(&old, old_list);
	add_routines(&new, new_list);
	for (r = old_list; r != NULL; r = r->next) {
		value_t other = find_routine(&new, r);

		if (other == NULL)
			other =
			    find_renamed(new_list, &old, json_number(r, "id"));
		d->what = mem_format("routine %s", json_string(r, "name"));
		if (other == NULL)
			say(d, false, ", id %u, is gone", json_number(r, "id"));
		else
			compare_routine(d, r, other);
	}
	for (r = new_list; r != NULL; r = r->next) {
		d->what = mem_format("routine %s", json_string(r, "name"));
		if (find_routine(&old, r) == NULL &&
		    find_renamed(old_list, &new, json_number(r, "id")) == NULL)
			say(d, true, ", id %u, is new", json_number(r, "id"));
	}
}

/*
 * Compare two files; true if nothing incompatible is between them. Of other
 * formats nothing else is said, as all is different.
 */
bool
abi_diff(const char *old_path, const char *new_path)
{
	value_t old = json_read(old_path);
	value_t new = json_read(new_path);
	struct diff d = {.quiet = diag_is_quiet(), .what = ""};

	if (json_member(old, "routines") == NULL)
		fatal("%s: not what --json writes", old_path);
	if (json_member(new, "routines") == NULL)
		fatal("%s: not what --json writes", new_path);
	d.typed = strncmp(json_string(new, "abi"), "typed", 5) == 0;
	compare_text(&d, false, old, new, "abi", "the format of messages");
	if (d.incompatible > 0)
		return false;
	compare_text(&d, true, old, new, "subsystem", "the subsystem");
	compare_text(&d, true, old, new, "server_demux", "the demultiplexer");
	compare_routines(
	    &d, json_list(old, "routines"), json_list(new, "routines"));
	return d.incompatible == 0;
}
