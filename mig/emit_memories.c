/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Arrays of memory: `array[n] of ^array[] of T`. There are always n
 * descriptors; if the number of memories varies, those behind it are empty.
 * If that of T does, it follows as an array of n counts, the parameter XSubs.
 */
#include "mig.h"

static bool
is_reply(const char *base)
{
	return base[4] == 'o';
}

/* Does each memory have a count of its own? */
bool
emit_has_subs(const struct argument *arg)
{
	return arg->type->memories && arg->type->element->variable;
}

/* Are ports what is out of line, in one memory or in several? */
bool
emit_memory_is_ports(const struct type *type)
{
	return type->memories ? type->element->is_port : type->is_port;
}

/* What the memories are in C: one pointer each. */
const char *
emit_memory_ctype(const struct type *type, enum side side)
{
	const char *name = type_name(type->element, side);
	uint32_t count;

	if (name != NULL)
		return name;
	return mem_format(
	    "%s *", type_name(type_base(type->element, &count), side));
}

/* The bytes, or for rights the number, of one of what a memory has. */
static uint32_t
unit(const struct type *memory)
{
	return memory->is_port ? 1 : emit_element_size(memory);
}

static const char *
length_field(const struct type *memory)
{
	return memory->is_port ? "count" : "size";
}

/* How many memories there are, as an expression; `count` if that varies. */
static const char *
how_many(const struct argument *arg, const char *count)
{
	return arg->type->variable ? count : mem_format("%u", arg->type->count);
}

static const struct item *
subs_item(const struct message *message, const struct argument *arg)
{
	const struct item *item = message->items;

	while (item->kind != ITEM_SUBS || item->arg != arg)
		item = item->next;
	return item;
}

/* The counts of an argument's memories in a message. */
const char *
emit_subs_field(
    const struct message *message, const char *base, const struct argument *arg)
{
	return emit_field(base, subs_item(message, arg), "Subs");
}

static void
loop(FILE *f, const char *limit)
{
	fprintf(f, "\tfor (uint32_t mig_i = 0; mig_i < %s; mig_i++)", limit);
}

/* The most elements one memory may have; UINT32_MAX: whatever fits. */
static uint32_t
most(const struct type *memory)
{
	if (!memory->unbounded)
		return memory->count;
	return UINT32_MAX / (memory->is_port ? 4 : unit(memory));
}

/* The condition under which the counts of a sender are too large, or NULL. */
const char *
emit_subs_limit(const struct argument *arg)
{
	uint32_t limit = most(arg->type->element);

	if (limit == UINT32_MAX)
		return NULL;
	return mem_format("mig_any_above(%sSubs, %s, %u)", arg->name,
	    how_many(arg, mem_format("%sCnt", emit_counter(arg))), limit);
}

void
emit_fill_memories(FILE *f, const char *base, const struct item *item,
    const struct filling *how)
{
	const struct argument *arg = item->arg;
	const struct type *memory = arg->type->element;
	const char *there = "";
	const char *length;

	if (arg->type->variable)
		there = mem_format("mig_i >= %sCnt ? 0 : ", emit_counter(arg));
	if (memory->variable)
		length =
		    mem_format("%sSubs[mig_i] * %u", arg->name, unit(memory));
	else
		length = mem_format(
		    "%u", memory->is_port ? memory->count : memory->size);
	loop(f, mem_format("%u", arg->type->count));
	fprintf(f,
	    "\n\t%s->%s[mig_i] = (mach_msg_%s_descriptor_t){\n\t\t.address = MIG_ADDRESS(%s%s[mig_i]),\n",
	    base, arg->name, memory->is_port ? "ool_ports" : "ool", there,
	    arg->name);
	fprintf(f, "\t\t.deallocate = %s,\n\t\t.copy = %s,\n", how->deallocate,
	    how->copy);
	if (memory->is_port)
		fprintf(f, "\t\t.disposition = %s,\n",
		    emit_disposition(emit_sent(arg, is_reply(base))));
	fprintf(f, "\t\t.type = MACH_MSG_%s_DESCRIPTOR,\n\t\t.%s = %s%s};\n",
	    memory->is_port ? "OOL_PORTS" : "OOL", length_field(memory), there,
	    length);
}

void
emit_fill_subs(FILE *f, const char *base, const struct item *item)
{
	const struct argument *arg = item->arg;
	const char *there = "";

	if (arg->type->variable)
		there = mem_format("mig_i >= %sCnt ? 0 : ", emit_counter(arg));
	loop(f, mem_format("%u", arg->type->count));
	fprintf(f, "\n\t\t%s[mig_i] = %s%sSubs[mig_i];\n",
	    emit_field(base, item, "Subs"), there, arg->name);
}

static void
refuse(FILE *f, const char *base, const char *code)
{
	if (is_reply(base))
		fputs(
		    "\t\treturn mig_refuse(&mig_out->Head, MIG_TYPE_ERROR);\n",
		    f);
	else
		fprintf(f, "\t\treturn %s;\n", code);
}

/* The kind of the descriptors, which does not depend on any count. */
void
emit_check_memories(FILE *f, const char *base, const struct item *item)
{
	const struct type *type = item->arg->type;
	const struct type *memory = type->element;
	const char *field = mem_format("%s->%s[mig_i]", base, item->arg->name);

	loop(f, mem_format("%u", type->count));
	fprintf(f, "\n\tif (%s.type != MACH_MSG_%s_DESCRIPTOR", field,
	    memory->is_port ? "OOL_PORTS" : "OOL");
	if (memory->is_port)
		fprintf(f, " ||\n\t    %s.disposition != %s", field,
		    emit_disposition(memory->received));
	if (!memory->variable && !type->variable)
		fprintf(f, " ||\n\t    %s.%s != %u", field,
		    length_field(memory),
		    memory->is_port ? memory->count : memory->size);
	fputs(")\n", f);
	refuse(f, base, "MIG_TYPE_ERROR");
}

/* Memories of fixed size whose number, in the field `count`, varies. */
void
emit_check_used(
    FILE *f, const char *base, const struct argument *arg, const char *count)
{
	const struct type *memory = arg->type->element;

	if (memory->variable)
		return;
	loop(f, mem_format("%u", arg->type->count));
	fprintf(f, "\n\tif (%s->%s[mig_i].%s != (mig_i < %s ? %u : 0))\n", base,
	    arg->name, length_field(memory), count,
	    memory->is_port ? memory->count : memory->size);
	refuse(f, base, "MIG_TYPE_ERROR");
}

/* The counts: within their bound, 0 where nothing is, and those of memory. */
void
emit_check_subs(FILE *f, const struct message *message, const char *base,
    const struct item *item)
{
	const struct argument *arg = item->arg;
	const struct type *memory = arg->type->element;
	const char *sub =
	    mem_format("%s[mig_i]", emit_field(base, item, "Subs"));
	const char *wrong = "";

	if (!memory->unbounded)
		wrong = mem_format("%s > %u ||\n\t    ", sub, memory->count);
	if (arg->type->variable)
		wrong = mem_format("%s(mig_i >= %s && %s != 0) ||\n\t    ",
		    wrong, emit_count_field(message, base, arg), sub);
	loop(f, mem_format("%u", arg->type->count));
	fprintf(f, "\n\tif (%s%s->%s[mig_i].%s != (uint64_t)%s * %u)\n", wrong,
	    base, arg->name, length_field(memory), sub, unit(memory));
	refuse(f, base, "MIG_TYPE_ERROR");
}

/* The server's array of pointers, from the request. */
void
emit_gather_memories(FILE *f, const struct argument *arg)
{
	const char *ctype = emit_memory_ctype(arg->type, SIDE_SERVER);

	fprintf(f, "\t%s %s[%u];\n", ctype, arg->name, arg->type->count);
	loop(f, mem_format("%u", arg->type->count));
	fprintf(f,
	    "\n\t\t%s[mig_i] = (%s)(uintptr_t)mig_in->%s[mig_i].address;\n",
	    arg->name, ctype, arg->name);
}

/* What the implementation fills: nothing is there until it says so. */
void
emit_declare_memories(FILE *f, const struct argument *arg)
{
	const char *name = arg->name;

	fprintf(f, "\t%s %s[%u];\n\t__builtin_memset(%s, 0, sizeof(%s));\n",
	    emit_memory_ctype(arg->type, SIDE_SERVER), name, arg->type->count,
	    name, name);
	if (emit_has_subs(arg))
		fprintf(f,
		    "\tmach_msg_type_number_t %sSubs[%u];\n\t__builtin_memset(%sSubs, 0, sizeof(%sSubs));\n",
		    name, arg->type->count, name, name);
}

/* Free what the implementation was lent. */
void
emit_release_memories(FILE *f, const struct argument *arg)
{
	const char *field = mem_format("mig_in->%s[mig_i]", arg->name);

	loop(f, mem_format("%u", arg->type->count));
	fprintf(f,
	    " {\n\t\tif (%s.size != 0)\n\t\t\tmig_deallocate((vm_address_t)(uintptr_t)%s.address,\n\t\t\t    %s.size);\n",
	    field, field, field);
	fprintf(
	    f, "\t\t%s.address = 0;\n\t\t%s.size = 0;\n\t}\n", field, field);
}

/* The user's results. */
void
emit_take_memories(
    FILE *f, const struct message *message, const struct item *item)
{
	const struct argument *arg = item->arg;
	const char *count =
	    how_many(arg, mem_format("*%sCnt", emit_counter(arg)));

	loop(f, count);
	if (item->kind == ITEM_SUBS)
		fprintf(f, "\n\t\t%sSubs[mig_i] = %s[mig_i];\n", arg->name,
		    emit_subs_field(message, "mig_out", arg));
	else
		fprintf(f,
		    "\n\t\t%s[mig_i] = (%s)(uintptr_t)mig_out->%s[mig_i].address;\n",
		    arg->name, emit_memory_ctype(arg->type, SIDE_USER),
		    arg->name);
}
