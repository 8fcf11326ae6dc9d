/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What every file of typed stubs begins with: includes, the hooks that build
 * systems define (mig_internal, mig_external, TypeCheck), and the few inline
 * functions stubs are made of. They are in the file itself, so that stubs need
 * no header but those of the system they are for.
 */
#include "emit_typed.h"

static void
includes(FILE *f, const struct interface *interface, enum side side)
{
	static const char *const common[] = {"mach/boolean.h",
	    "mach/kern_return.h", "mach/message.h", "mach/notify.h",
	    "mach/mig_errors.h", "mach/mig_support.h"};
	size_t i;

	fputs(
	    "#ifndef _GNU_SOURCE\n#define _GNU_SOURCE 1\n#endif\n#ifndef EXPORT_BOOLEAN\n#define EXPORT_BOOLEAN\n#endif\n",
	    f);
	for (i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		fprintf(f, "#include <%s>\n", common[i]);
	if (side == SIDE_USER)
		fputs("#include <mach/mach_types.h>\n", f);
	if (interface->kernel_user && side == SIDE_USER)
		fputs("#include <kern/ipc_mig.h>\n", f);
	if (typed_in_kernel(interface, side))
		fputs("#include <ipc/ipc_port.h>\n", f);
	fputs("#include <stdint.h>\n", f);
	emit_imports(
	    f, interface, side == SIDE_USER ? IMPORT_USER : IMPORT_SERVER);
}

static void
hooks(FILE *f)
{
	fputs(
	    "#ifndef mig_internal\n#define mig_internal static\n#endif\n"
	    "#ifndef mig_external\n#define mig_external\n#endif\n"
	    "#ifndef TypeCheck\n#define TypeCheck 1\n#endif\n"
	    "#define MIG_BAD(condition) \\\n"
	    "\t(TypeCheck && __builtin_expect(!!(condition), 0))\n"
	    "#define MIG_INLINE_CODE static inline __attribute__((unused))\n\n",
	    f);
}

/* Descriptors whose number has a word of its own; long ones are the same. */
static const char wide_types[] =
    "/* A descriptor: what an item consists of, and how many. */\n"
    "typedef struct {\n\tuint32_t word;\n\tuint32_t number;\n} mig_type_t;\n"
    "typedef mig_type_t mig_long_t;\n\n"
    "#define MIG_INLINE     0x20000000U\n"
    "#define MIG_LONG       0x40000000U\n"
    "#define MIG_DEALLOCATE 0x80000000U\n"
    "#define MIG_TYPE(name, bits, count, flags) \\\n"
    "\t((mig_type_t){((name)&0xffU) | (uint32_t)(bits) << 8 | (flags), (count)})\n"
    "#define MIG_LONG_TYPE(name, bits, count, flags) \\\n"
    "\tMIG_TYPE(name, bits, count, MIG_LONG | (flags))\n\n"
    "MIG_INLINE_CODE int\nmig_type_like(const mig_type_t *type, mig_type_t want)\n{\n"
    "\treturn ((type->word ^ want.word) & ~MIG_DEALLOCATE) == 0;\n}\n\n"
    "MIG_INLINE_CODE int\nmig_type_is(const mig_type_t *type, mig_type_t want)\n{\n"
    "\treturn mig_type_like(type, want) && type->number == want.number;\n}\n\n"
    "MIG_INLINE_CODE uint32_t\nmig_type_number(const mig_type_t *type)\n{\n"
    "\treturn type->number;\n}\n\n"
    "MIG_INLINE_CODE uint32_t\nmig_type_name(const mig_type_t *type)\n{\n"
    "\treturn type->word & 0xff;\n}\n\n"
    "#define mig_long_like   mig_type_like\n"
    "#define mig_long_is     mig_type_is\n"
    "#define mig_long_number mig_type_number\n"
    "#define mig_long_name   mig_type_name\n\n"
    "MIG_INLINE_CODE int\nmig_long_inline(const mig_long_t *type)\n{\n"
    "\treturn (type->word & MIG_INLINE) != 0;\n}\n\n"
    "MIG_INLINE_CODE int\nmig_long_like_either(const mig_long_t *type, mig_long_t want)\n{\n"
    "\treturn ((type->word ^ want.word) & ~(MIG_INLINE | MIG_DEALLOCATE)) == 0;\n}\n\n";

/* Descriptors of one word, and long ones behind an empty word. */
static const char narrow_types[] =
    "/* A descriptor: what an item consists of, and how many. */\n"
    "typedef struct {\n\tuint32_t word;\n} mig_type_t;\n\n"
    "/* The same for what does not fit. */\n"
    "typedef struct {\n\tuint32_t word;\n\tuint16_t name;\n\tuint16_t bits;\n\tuint32_t number;\n} mig_long_t;\n\n"
    "#define MIG_INLINE     0x10000000U\n"
    "#define MIG_LONG       0x20000000U\n"
    "#define MIG_DEALLOCATE 0x40000000U\n"
    "#define MIG_TYPE(name, bits, count, flags) \\\n"
    "\t((mig_type_t){((name)&0xffU) | (uint32_t)(bits) << 8 | \\\n"
    "\t\t(uint32_t)(count) << 16 | (flags)})\n"
    "#define MIG_LONG_TYPE(name, bits, count, flags) \\\n"
    "\t((mig_long_t){MIG_LONG | (flags), (uint16_t)(name), (bits), (count)})\n\n"
    "MIG_INLINE_CODE int\nmig_type_is(const mig_type_t *type, mig_type_t want)\n{\n"
    "\treturn ((type->word ^ want.word) & ~MIG_DEALLOCATE) == 0;\n}\n\n"
    "MIG_INLINE_CODE int\nmig_type_like(const mig_type_t *type, mig_type_t want)\n{\n"
    "\treturn ((type->word ^ want.word) & ~(0xfff0000U | MIG_DEALLOCATE)) == 0;\n}\n\n"
    "MIG_INLINE_CODE uint32_t\nmig_type_number(const mig_type_t *type)\n{\n"
    "\treturn type->word >> 16 & 0xfff;\n}\n\n"
    "MIG_INLINE_CODE uint32_t\nmig_type_name(const mig_type_t *type)\n{\n"
    "\treturn type->word & 0xff;\n}\n\n"
    "MIG_INLINE_CODE int\nmig_long_like(const mig_long_t *type, mig_long_t want)\n{\n"
    "\treturn ((type->word ^ want.word) & (MIG_INLINE | MIG_LONG)) == 0 &&\n"
    "\t       type->name == want.name && type->bits == want.bits;\n}\n\n"
    "MIG_INLINE_CODE int\nmig_long_like_either(const mig_long_t *type, mig_long_t want)\n{\n"
    "\treturn (type->word & MIG_LONG) != 0 && type->name == want.name &&\n"
    "\t       type->bits == want.bits;\n}\n\n"
    "MIG_INLINE_CODE int\nmig_long_is(const mig_long_t *type, mig_long_t want)\n{\n"
    "\treturn mig_long_like(type, want) && type->number == want.number;\n}\n\n"
    "MIG_INLINE_CODE uint32_t\nmig_long_number(const mig_long_t *type)\n{\n"
    "\treturn type->number;\n}\n\n"
    "MIG_INLINE_CODE uint32_t\nmig_long_name(const mig_long_t *type)\n{\n"
    "\treturn type->name;\n}\n\n"
    "MIG_INLINE_CODE int\nmig_long_inline(const mig_long_t *type)\n{\n"
    "\treturn (type->word & MIG_INLINE) != 0;\n}\n\n";

static void
ports(FILE *f, const struct interface *interface, enum side side)
{
	fprintf(f,
	    "/* A right in a message. */\ntypedef %s mig_right_t;\ntypedef union {\n\tmig_right_t port;\n\tuint%u_t slot;\n} mig_port_t;\n\n",
	    typed_in_kernel(interface, side) ? "ipc_port_t" : "mach_port_t",
	    abi_port_size(interface) * 8);
}

/* A reply with nothing but a code. */
static void
errors(FILE *f)
{
	fprintf(f,
	    "#pragma pack(push, %u)\ntypedef struct {\n\tmach_msg_header_t Head;\n\tmig_type_t RetCodeType;\n\tkern_return_t RetCode;\n%s} mig_error_t;\n#pragma pack(pop)\n_Static_assert(sizeof(mig_error_t) == %u, \"size of an error reply\");\n\n",
	    mig_abi->align, mig_abi->align > 4 ? "\tchar RetCodePad[4];\n" : "",
	    layout_typed_error());
}

static const char server_functions[] =
    "/* Make the reply one that carries only a return code. */\n"
    "MIG_INLINE_CODE void\nmig_fail(mach_msg_header_t *reply, kern_return_t code)\n{\n"
    "\t((mig_error_t *)reply)->RetCode = code;\n}\n\n"
    "/* Is the request's header right? `complex`: 0 never, 1 always, 2 either. */\n"
    "MIG_INLINE_CODE kern_return_t\nmig_check_request(const mach_msg_header_t *request, uint32_t min,\n"
    "    uint32_t max, int complex)\n{\n"
    "\tint is_complex = (request->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0;\n\n"
    "\tif (MIG_BAD(request->msgh_size < min || request->msgh_size > max ||\n"
    "\t    (complex != 2 && complex != is_complex)))\n"
    "\t\treturn MIG_BAD_ARGUMENTS;\n"
    "\treturn KERN_SUCCESS;\n}\n\n";

static void
user_functions(FILE *f, const struct interface *interface)
{
	if (interface->kernel_user)
		fputs(
		    "/* Refuse a reply. */\n"
		    "MIG_INLINE_CODE kern_return_t\nmig_refuse(mach_msg_header_t *reply, kern_return_t code)\n{\n"
		    "\t(void)reply;\n\treturn code;\n}\n\n",
		    f);
	else
		fprintf(f,
		    "/* Where the library has it, what a refused reply carries is released. */\n"
		    "extern void %smach_msg_destroy(mach_msg_header_t *)\n\t__attribute__((weak));\n\n"
		    "MIG_INLINE_CODE kern_return_t\nmig_refuse(mach_msg_header_t *reply, kern_return_t code)\n{\n"
		    "\tif (%smach_msg_destroy)\n\t\t%smach_msg_destroy(reply);\n"
		    "\treturn code;\n}\n\n",
		    interface->subr_prefix, interface->subr_prefix,
		    interface->subr_prefix);
	fputs(
	    "/* Is the reply's header right? Returns the server's code if it failed. */\n"
	    "MIG_INLINE_CODE kern_return_t\nmig_check_reply(mach_msg_header_t *reply, mach_msg_id_t id, uint32_t min,\n"
	    "    uint32_t max, int complex)\n{\n"
	    "\tconst mig_error_t *error = (const void *)reply;\n"
	    "\tint is_complex = (reply->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0;\n"
	    "\tint fits = reply->msgh_size >= min && reply->msgh_size <= max &&\n"
	    "\t\t   (complex == 2 || complex == is_complex);\n"
	    "\tint failed = !is_complex && reply->msgh_size == sizeof(*error) &&\n"
	    "\t\t     error->RetCode != KERN_SUCCESS;\n\n"
	    "\tif (reply->msgh_id != id)\n"
	    "\t\treturn mig_refuse(reply, reply->msgh_id == MACH_NOTIFY_SEND_ONCE\n"
	    "\t\t\t\t\t     ? MIG_SERVER_DIED\n"
	    "\t\t\t\t\t     : MIG_REPLY_MISMATCH);\n"
	    "\tif (MIG_BAD(!fits && !failed))\n"
	    "\t\treturn mig_refuse(reply, MIG_TYPE_ERROR);\n"
	    "\tif (MIG_BAD(!mig_type_is(&error->RetCodeType,\n"
	    "\t    MIG_TYPE(MACH_MSG_TYPE_INTEGER_32, 32, 1, MIG_INLINE))))\n"
	    "\t\treturn mig_refuse(reply, MIG_TYPE_ERROR);\n"
	    "\tif (is_complex && error->RetCode != KERN_SUCCESS)\n"
	    "\t\treturn mig_refuse(reply, error->RetCode);\n"
	    "\treturn error->RetCode;\n}\n\n",
	    f);
}

void
typed_support(FILE *f, const struct interface *interface, enum side side)
{
	includes(f, interface, side);
	hooks(f);
	fprintf(f, "#define MIG_ROUND(size) (((size) + %uU) & ~%uU)\n\n",
	    mig_abi->align - 1, mig_abi->align - 1);
	fputs(mig_abi->wide_type ? wide_types : narrow_types, f);
	ports(f, interface, side);
	errors(f);
	if (side == SIDE_SERVER)
		fputs(server_functions, f);
	else
		user_functions(f, interface);
}
