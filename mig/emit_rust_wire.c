/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The types of an interface, and its messages as structures: what they are
 * where all of variable size is at its most, with assertions on the sizes.
 */
#include <string.h>

#include "emit_rust.h"

/* The types that have been printed, to print each once. */
struct printed {
	FILE *f;
	const struct type **types;
	size_t count;
};

static bool
is_new(struct printed *printed, const struct type *type)
{
	const struct type **types;
	size_t i;

	for (i = 0; i < printed->count; i++)
		if (strcmp(printed->types[i]->name, type->name) == 0)
			return false;
	types = mem_alloc((printed->count + 1) * sizeof(const struct type *));
	for (i = 0; i < printed->count; i++)
		types[i] = printed->types[i];
	types[printed->count++] = type;
	printed->types = types;
	return true;
}

/* A struct of the interface, after those it is made of. */
static void
print_type(struct printed *printed, const struct type *type)
{
	const char *name;

	if (type == NULL || type->shape == SHAPE_SCALAR || type->is_port)
		return;
	print_type(printed, type->element);
	if (type->shape != SHAPE_STRUCT || type->name == NULL ||
	    !is_new(printed, type))
		return;
	name = rust_name(type->name);
	fprintf(printed->f,
	    "\n    #[repr(transparent)]\n    #[derive(Clone, Copy, Debug, PartialEq)]\n    pub struct %s(pub [%s; %u]);\n",
	    name, rust_element(type), type->count);
	fprintf(printed->f,
	    "    unsafe impl super::mig::Plain for %s {}\n    impl core::default::Default for %s {\n        fn default() -> Self {\n            super::mig::zero()\n        }\n    }\n    const _: () = assert!(core::mem::size_of::<%s>() == %u);\n",
	    name, name, name, type->size);
}

void
rust_types(FILE *f, const struct interface *interface)
{
	struct printed printed = {.f = f};
	const struct routine *r;
	const struct argument *arg;

	for (r = interface->routines; r != NULL; r = r->next)
		for (arg = r->args; arg != NULL; arg = arg->next)
			if (arg->in || arg->out)
				print_type(&printed, arg->type);
}

static void
print_data(FILE *f, const struct item *item)
{
	fprintf(f, "        pub %s: %s,\n", rust_name(item->arg->name),
	    rust_type(item->arg->type));
	if (item->pad > 0)
		fprintf(f, "        pub mig_pad_%s: [u8; %u],\n",
		    item->arg->name, item->pad);
}

static void
print_item(FILE *f, const struct item *item)
{
	const char *name = rust_name(item->arg->name);

	switch (item->kind) {
	case ITEM_PORT:
		if (item->arg->type->shape == SHAPE_SCALAR)
			fprintf(
			    f, "        pub %s: mig::PortDescriptor,\n", name);
		else
			fprintf(f,
			    "        pub %s: [mig::PortDescriptor; %u],\n",
			    name, item->arg->type->count);
		break;
	case ITEM_OOL:
		fprintf(f, "        pub %s: mig::MemoryDescriptor,\n", name);
		break;
	case ITEM_OOL_PORTS:
		fprintf(f, "        pub %s: mig::RightsDescriptor,\n", name);
		break;
	case ITEM_COUNT:
	case ITEM_CAPACITY:
		fprintf(f, "        pub mig_count_%s: u32,\n", item->arg->name);
		break;
	case ITEM_MEMORIES:
	case ITEM_SUBS: /* refused by check_rust */
		break;
	case ITEM_OFFSET:
		fprintf(
		    f, "        pub mig_offset_%s: u32,\n", item->arg->name);
		break;
	case ITEM_DATA:
	case ITEM_VARIABLE:
	default:
		print_data(f, item);
		break;
	}
}

static void
print_message(
    FILE *f, const char *name, const char *kind, const struct message *message)
{
	const struct item *item = message->items;
	uint32_t left = message->descriptors;

	fprintf(f,
	    "\n    #[repr(C, packed(4))]\n    #[derive(Clone, Copy)]\n    pub struct %s_%s {\n        pub mig_header: mig::Header,\n",
	    name, kind);
	if (left > 0)
		fputs("        pub mig_descriptors: u32,\n", f);
	for (; item != NULL &&
	       (item->kind == ITEM_PORT || item->kind == ITEM_OOL ||
		   item->kind == ITEM_OOL_PORTS);
	     item = item->next)
		print_item(f, item);
	if (message->has_ndr)
		fputs("        pub mig_ndr: mig::Ndr,\n", f);
	if (message->has_retcode)
		fputs("        pub mig_code: i32,\n", f);
	for (; item != NULL; item = item->next)
		print_item(f, item);
	fprintf(f,
	    "    }\n    const _: () = assert!(core::mem::size_of::<%s_%s>() == %u);\n",
	    name, kind, message->max);
}

void
rust_wire(FILE *f, const struct interface *interface)
{
	const struct routine *r;

	for (r = interface->routines; r != NULL; r = r->next) {
		print_message(f, r->name, "request", &r->request);
		if (!r->simple)
			print_message(f, r->name, "reply", &r->reply);
	}
}
