/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The functions stubs are made of. A file of stubs has those it mentions, so
 * that it needs no header but those of the system it is for: the stubs are
 * printed to memory first. What a function uses stands before it.
 */
#include <stdlib.h>
#include <string.h>

#include "mig.h"

/* Where there is such a function: it may be in a header. */
enum { NATIVE = 1, APPLE = 2, TYPED = 4 };

#define UNTYPED (NATIVE | APPLE)
#define ALL     (UNTYPED | TYPED)

static const struct helper {
	unsigned where;
	const char *name;
	const char *text;
} helpers[] = {
    {APPLE, "MIG_ROUND", "#define MIG_ROUND(size) (((size) + 3U) & ~3U)\n"},
    {APPLE, "MIG_RAW",
	"#ifndef MIG_RAW\n"
	"#define MIG_RAW(type) ((mach_msg_size_t)((sizeof(type) + 3U) & ~3U))\n"
	"#endif\n"},
    {APPLE, "MIG_ADDRESS",
	"#define MIG_ADDRESS(pointer) ((void *)(uintptr_t)(pointer))\n"},
    {APPLE, "mach_msg_destroy",
	"#ifdef KERNEL\n"
	"#define mach_msg_destroy mach_msg_destroy_from_kernel\n"
	"extern void mach_msg_destroy_from_kernel(mach_msg_header_t *);\n"
	"#else\n"
	"extern void mach_msg_destroy(mach_msg_header_t *);\n"
	"#endif\n"},
    {APPLE, "mig_user_allocate",
	"extern char *mig_user_allocate(vm_size_t);\n"
	"extern void mig_user_deallocate(char *, vm_size_t);\n"},
    {APPLE, "mig_start_reply",
	"/* Start the reply to a request from `reply_port`. */\n"
	"static inline void\n"
	"mig_start_reply(const mach_msg_header_t *request, mach_msg_header_t *reply,\n"
	"    mach_port_t reply_port, mach_msg_type_name_t disposition)\n"
	"{\n"
	"\t*reply = (mach_msg_header_t){\n"
	"\t\t.msgh_bits = MACH_MSGH_BITS(disposition, 0),\n"
	"\t\t.msgh_size = sizeof(mig_reply_error_t),\n"
	"\t\t.msgh_remote_port = reply_port,\n"
	"\t\t.msgh_id = (mach_msg_id_t)((uint32_t)request->msgh_id + 100)};\n"
	"}\n"},
    {APPLE, "mig_fail",
	"/* Make the reply one that carries only a return code. */\n"
	"static inline void\n"
	"mig_fail(mach_msg_header_t *reply, kern_return_t code)\n"
	"{\n"
	"\tmig_reply_error_t *error = (void *)reply;\n"
	"\n"
	"\terror->Head.msgh_bits &= ~MACH_MSGH_BITS_COMPLEX;\n"
	"\terror->Head.msgh_size = sizeof(*error);\n"
	"\terror->NDR = NDR_record;\n"
	"\terror->RetCode = code;\n"
	"}\n"},
    {APPLE, "mig_trailer_has",
	"#ifndef MACH_MSG_TRAILER_SEQNO_SIZE\n"
	"#define MACH_MSG_TRAILER_SEQNO_SIZE    12U\n"
	"#define MACH_MSG_TRAILER_SECURITY_SIZE 20U\n"
	"#define MACH_MSG_TRAILER_AUDIT_SIZE    52U\n"
	"#define MACH_MSG_TRAILER_CONTEXT_SIZE  60U\n"
	"#endif\n\n"
	"/* A trailer, if it reaches to `size`, or NULL. */\n"
	"static inline const mach_msg_max_trailer_t *\n"
	"mig_trailer_has(const mach_msg_max_trailer_t *trailer, mach_msg_size_t size)\n"
	"{\n"
	"\tif (trailer->msgh_trailer_type != MACH_MSG_TRAILER_FORMAT_0 ||\n"
	"\t    trailer->msgh_trailer_size < size)\n"
	"\t\treturn 0;\n"
	"\treturn trailer;\n"
	"}\n"},
    {APPLE, "mig_trailer",
	"/* The trailer behind a message. */\n"
	"static inline const mach_msg_max_trailer_t *\n"
	"mig_trailer(const mach_msg_header_t *message, mach_msg_size_t size)\n"
	"{\n"
	"\treturn mig_trailer_has((const void *)((const char *)message +\n"
	"\t    ((message->msgh_size + 3U) & ~3U)), size);\n"
	"}\n"},
    {APPLE, "mig_release_right",
	"/* A right that an object was made from. */\n"
	"#ifdef KERNEL\n"
	"static inline void\n"
	"mig_release_right(mach_port_t port, mach_msg_type_name_t disposition)\n"
	"{\n"
	"\tif (IP_VALID(port) && disposition == MACH_MSG_TYPE_PORT_SEND)\n"
	"\t\tipc_port_release_send(port);\n"
	"}\n"
	"#else\n"
	"#include <mach/mach.h>\n"
	"static inline void\n"
	"mig_release_right(mach_port_t port, mach_msg_type_name_t disposition)\n"
	"{\n"
	"\t(void)disposition;\n"
	"\tif (MACH_PORT_VALID(port))\n"
	"\t\t(void)mach_port_deallocate(mach_task_self(), port);\n"
	"}\n"
	"#endif\n"},
    {UNTYPED, "mig_fail_late",
	"/*\n"
	" * The same when the implementation had success, but its answer cannot be sent.\n"
	" * The rights and memory of the request are its own now: who destroys the\n"
	" * request must not find them there.\n"
	" */\n"
	"static inline void\n"
	"mig_fail_late(\n"
	"    mach_msg_header_t *request, mach_msg_header_t *reply, kern_return_t code)\n"
	"{\n"
	"\trequest->msgh_bits &= ~MACH_MSGH_BITS_COMPLEX;\n"
	"\tmig_fail(reply, code);\n"
	"}\n"},
    {UNTYPED, "mig_check_request",
	"/*\n"
	" * Is the request's header right: complex exactly if it has descriptors, as\n"
	" * many as it must, and within its sizes?\n"
	" */\n"
	"static inline kern_return_t\n"
	"mig_check_request(const mach_msg_header_t *request, mach_msg_size_t descriptors,\n"
	"    mach_msg_size_t min, mach_msg_size_t max)\n"
	"{\n"
	"\tconst mach_msg_base_t *base = (const void *)request;\n"
	"\tint complex = (request->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0;\n"
	"\n"
	"\tif (complex != (descriptors > 0) || request->msgh_size < min ||\n"
	"\t    request->msgh_size > max ||\n"
	"\t    (complex && base->body.msgh_descriptor_count != descriptors))\n"
	"\t\treturn MIG_BAD_ARGUMENTS;\n"
	"\treturn KERN_SUCCESS;\n"
	"}\n"},
    {UNTYPED, "mig_refuse",
	"/* Throw a received reply away. */\n"
	"static inline kern_return_t\n"
	"mig_refuse(mach_msg_header_t *reply, kern_return_t code)\n"
	"{\n"
	"\tmach_msg_destroy(reply);\n"
	"\treturn code;\n"
	"}\n"},
    {UNTYPED, "mig_check_reply",
	"/*\n"
	" * Is the reply one to the request of this id, and right as far as its header\n"
	" * goes? Returns the server's code if it reports an error; destroys what it\n"
	" * refuses.\n"
	" */\n"
	"static inline kern_return_t\n"
	"mig_check_reply(mach_msg_header_t *reply, mach_msg_id_t id,\n"
	"    mach_msg_size_t descriptors, mach_msg_size_t min, mach_msg_size_t max)\n"
	"{\n"
	"\tconst mig_reply_error_t *error = (const void *)reply;\n"
	"\tconst mach_msg_base_t *base = (const void *)reply;\n"
	"\tint complex = (reply->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0;\n"
	"\n"
	"\tif (reply->msgh_id != id)\n"
	"\t\treturn mig_refuse(reply, reply->msgh_id == MACH_NOTIFY_SEND_ONCE\n"
	"\t\t\t\t\t     ? MIG_SERVER_DIED\n"
	"\t\t\t\t\t     : MIG_REPLY_MISMATCH);\n"
	"\tif (reply->msgh_remote_port != MACH_PORT_NULL)\n"
	"\t\treturn mig_refuse(reply, MIG_TYPE_ERROR);\n"
	"\t/* A reply made by a simpleroutine has its full size even then. */\n"
	"\tif (!complex && reply->msgh_size >= sizeof(*error) &&\n"
	"\t    reply->msgh_size <= max && error->RetCode != KERN_SUCCESS)\n"
	"\t\treturn error->RetCode;\n"
	"\tif (complex != (descriptors > 0) || reply->msgh_size < min ||\n"
	"\t    reply->msgh_size > max ||\n"
	"\t    (complex && base->body.msgh_descriptor_count != descriptors))\n"
	"\t\treturn mig_refuse(reply, MIG_TYPE_ERROR);\n"
	"\treturn KERN_SUCCESS;\n"
	"}\n"},
    {UNTYPED, "mig_done_reply_port",
	"/* A call with this reply port is over: may the next use it? */\n"
	"static inline void\n"
	"mig_done_reply_port(mach_port_t reply_port, mach_msg_return_t code)\n"
	"{\n"
	"\tif (code == MACH_MSG_SUCCESS || code == MACH_SEND_INVALID_DATA ||\n"
	"\t    code == MACH_SEND_INVALID_DEST || code == MACH_SEND_INVALID_HEADER)\n"
	"\t\tmig_put_reply_port(reply_port);\n"
	"\telse\n"
	"\t\tmig_dealloc_reply_port(reply_port);\n"
	"}\n"},
    {UNTYPED, "mig_rpc",
	"/*\n"
	" * Send the request and receive the reply to it over the calling thread's\n"
	" * reply port, which is in the header.\n"
	" */\n"
	"static inline mach_msg_return_t\n"
	"mig_rpc(mach_msg_header_t *message, mach_msg_option_t option,\n"
	"    mach_msg_size_t send_size, mach_msg_size_t rcv_size,\n"
	"    mach_msg_timeout_t timeout)\n"
	"{\n"
	"\tmach_port_t reply_port = message->msgh_local_port;\n"
	"\tmach_msg_return_t code;\n"
	"\n"
	"\tcode = mach_msg(message, MACH_SEND_MSG | MACH_RCV_MSG | option,\n"
	"\t    send_size, rcv_size, reply_port, timeout, MACH_PORT_NULL);\n"
	"\tmig_done_reply_port(reply_port, code);\n"
	"\treturn code;\n"
	"}\n"},
    {UNTYPED, "mig_scatter",
	"/* Where a reply goes, of which the first `list` bytes say where to put what. */\n"
	"struct mig_scatter {\n"
	"\tmach_msg_header_t *reply;\n"
	"\tmach_msg_size_t rcv_size;\n"
	"\tmach_msg_size_t list;\n"
	"};\n"},
    {UNTYPED, "mig_rpc_overwrite",
	"/* mig_rpc() whose reply comes into other memory. */\n"
	"static inline mach_msg_return_t\n"
	"mig_rpc_overwrite(mach_msg_header_t *message, mach_msg_option_t option,\n"
	"    mach_msg_size_t send_size, mach_msg_timeout_t timeout,\n"
	"    const struct mig_scatter *scatter)\n"
	"{\n"
	"\tmach_port_t reply_port = message->msgh_local_port;\n"
	"\tmach_msg_return_t code;\n"
	"\n"
	"\tcode = mach_msg_overwrite(message,\n"
	"\t    MACH_SEND_MSG | MACH_RCV_MSG | MACH_RCV_OVERWRITE | option,\n"
	"\t    send_size, scatter->rcv_size, reply_port, timeout, MACH_PORT_NULL,\n"
	"\t    scatter->reply, scatter->list);\n"
	"\tmig_done_reply_port(reply_port, code);\n"
	"\treturn code;\n"
	"}\n"},
    {UNTYPED, "mig_room",
	"/* The bytes of `count` elements, as far as a descriptor can say. */\n"
	"static inline mach_msg_size_t\n"
	"mig_room(mach_msg_type_number_t count, mach_msg_size_t unit)\n"
	"{\n"
	"\tmach_msg_type_number_t most = 0xffffffffU / unit;\n"
	"\n"
	"\treturn (count < most ? count : most) * unit;\n"
	"}\n"},
    {UNTYPED, "mig_space",
	"/* A buffer on loan for one call. */\n"
	"struct mig_space {\n"
	"\tchar *at; /* NULL: there was no memory */\n"
	"\tvm_size_t size;\n"
	"};\n"
	"\n"
	"static inline struct mig_space\n"
	"mig_space_get(vm_size_t size)\n"
	"{\n"
	"\treturn (struct mig_space){mig_user_allocate(size), size};\n"
	"}\n"
	"\n"
	"static inline void\n"
	"mig_space_free(struct mig_space *space)\n"
	"{\n"
	"\tif (space->at)\n"
	"\t\tmig_user_deallocate(space->at, space->size);\n"
	"}\n"},
    {UNTYPED, "mig_forget_lent",
	"/* Memory an unsent message only lent stays its owner's: forget it. */\n"
	"static inline void\n"
	"mig_forget_lent(mach_msg_base_t *base)\n"
	"{\n"
	"\tchar *at = (char *)(base + 1);\n"
	"\tmach_msg_size_t left = base->body.msgh_descriptor_count;\n"
	"\n"
	"\tfor (; left > 0; left--) {\n"
	"\t\tmach_msg_descriptor_t *d = (void *)at;\n"
	"\n"
	"\t\tat += sizeof(d->port);\n"
	"\t\tif (d->type.type == MACH_MSG_PORT_DESCRIPTOR)\n"
	"\t\t\tcontinue;\n"
	"\t\tat += sizeof(d->out_of_line) - sizeof(d->port);\n"
	"\t\tif (!d->out_of_line.deallocate)\n"
	"\t\t\td->out_of_line.size = 0;\n"
	"\t}\n"
	"}\n"},
    {UNTYPED, "mig_unsent",
	"/*\n"
	" * What became of a message whose sending failed: the kernel took it before it\n"
	" * found an error in the body, or gave it back as if received, or left it.\n"
	" */\n"
	"enum mig_unsent { MIG_UNSENT_GONE, MIG_UNSENT_RETURNED, MIG_UNSENT_LEFT };\n"
	"\n"
	"static inline enum mig_unsent\n"
	"mig_unsent_state(mach_msg_return_t code)\n"
	"{\n"
	"\tswitch (code & ~MACH_MSG_MASK) {\n"
	"\tcase MACH_SEND_TIMED_OUT:\n"
	"\tcase MACH_SEND_INTERRUPTED:\n"
	"\t\treturn MIG_UNSENT_RETURNED;\n"
	"\tcase MACH_SEND_INVALID_DATA:\n"
	"\tcase MACH_SEND_INVALID_DEST:\n"
	"\tcase MACH_SEND_INVALID_HEADER:\n"
	"\tcase MACH_SEND_INVALID_REPLY:\n"
	"\tcase MACH_SEND_INVALID_NOTIFY:\n"
	"\tcase MACH_SEND_MSG_TOO_SMALL:\n"
	"\tcase MACH_SEND_NO_BUFFER:\n"
	"\t\treturn MIG_UNSENT_LEFT;\n"
	"\tdefault:\n"
	"\t\treturn MIG_UNSENT_GONE;\n"
	"\t}\n"
	"}\n"},
    {UNTYPED, "mig_consume_unsent",
	"/*\n"
	" * Destroy what a message still holds that could not be sent, after a time-out\n"
	" * or after any error of sending.\n"
	" */\n"
	"static inline void\n"
	"mig_consume_unsent(\n"
	"    mach_msg_header_t *message, mach_msg_return_t code, boolean_t any)\n"
	"{\n"
	"\tenum mig_unsent state = mig_unsent_state(code);\n"
	"\n"
	"\tif (state == MIG_UNSENT_GONE ||\n"
	"\t    (!any && (code & ~MACH_MSG_MASK) != MACH_SEND_TIMED_OUT))\n"
	"\t\treturn;\n"
	"\tif (state == MIG_UNSENT_LEFT &&\n"
	"\t    (message->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0)\n"
	"\t\tmig_forget_lent((void *)message);\n"
	"\tmach_msg_destroy(message);\n"
	"\t/* The other right of the header. */\n"
	"\tmessage->msgh_remote_port = message->msgh_local_port;\n"
	"\tmessage->msgh_bits = MACH_MSGH_BITS_LOCAL(message->msgh_bits);\n"
	"\tmach_msg_destroy(message);\n"
	"}\n"},
    {ALL, "mig_pad",
	"/* Zero what follows `size` bytes up to the next item; returns that. */\n"
	"static inline mach_msg_size_t\n"
	"mig_pad(void *data, mach_msg_size_t size)\n"
	"{\n"
	"\tchar *bytes = data;\n"
	"\n"
	"\tfor (; size != MIG_ROUND(size); size++)\n"
	"\t\tbytes[size] = 0;\n"
	"\treturn size;\n"
	"}\n"},
    {UNTYPED, "mig_any_above",
	"/* Is one of the first `length` counts more than `limit`? */\n"
	"static inline int\n"
	"mig_any_above(const mach_msg_type_number_t *counts,\n"
	"    mach_msg_type_number_t length, mach_msg_type_number_t limit)\n"
	"{\n"
	"\tmach_msg_type_number_t i;\n"
	"\n"
	"\tfor (i = 0; i < length; i++)\n"
	"\t\tif (counts[i] > limit)\n"
	"\t\t\treturn 1;\n"
	"\treturn 0;\n"
	"}\n"},
    {ALL, "mig_string_ends",
	"/* Is there a NUL in `room` bytes? */\n"
	"static inline int\n"
	"mig_string_ends(const char *string, mach_msg_size_t room)\n"
	"{\n"
	"\tmach_msg_size_t i;\n"
	"\n"
	"\tfor (i = 0; i < room; i++)\n"
	"\t\tif (string[i] == '\\0')\n"
	"\t\t\treturn 1;\n"
	"\treturn 0;\n"
	"}\n"},
    {UNTYPED, "mig_string_length",
	"/* The length with the NUL, or 0 if there is none in `room` bytes. */\n"
	"static inline mach_msg_size_t\n"
	"mig_string_length(const char *string, mach_msg_size_t room)\n"
	"{\n"
	"\tmach_msg_size_t i;\n"
	"\n"
	"\tfor (i = 0; i < room; i++)\n"
	"\t\tif (string[i] == '\\0')\n"
	"\t\t\treturn i + 1;\n"
	"\treturn 0;\n"
	"}\n"},
    {ALL, "mig_put_string",
	"/* Copy a string; returns its length with the NUL, 0 if it does not fit. */\n"
	"static inline mach_msg_size_t\n"
	"mig_put_string(char *to, const char *from, mach_msg_size_t room)\n"
	"{\n"
	"\tmach_msg_size_t i;\n"
	"\n"
	"\tfor (i = 0; i < room; i++) {\n"
	"\t\tto[i] = from[i];\n"
	"\t\tif (to[i] == '\\0')\n"
	"\t\t\treturn i + 1;\n"
	"\t}\n"
	"\treturn 0;\n"
	"}\n"},
};

#define HELPERS (sizeof(helpers) / sizeof(helpers[0]))

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

/* Does a text have this name, and not only as a part of another? */
static bool
mentions(const char *text, const char *name)
{
	size_t length = strlen(name);
	const char *at = text;

	while ((at = strstr(at, name)) != NULL) {
		if ((at == text || !is_word(at[-1])) && !is_word(at[length]))
			return true;
		at += length;
	}
	return false;
}

/* The stream to print stubs to, whose functions are not known yet. */
FILE *
support_begin(struct support *support)
{
	support->stream = open_memstream(&support->text, &support->length);
	if (support->stream == NULL)
		fatal("out of memory");
	return support->stream;
}

/* Print what the stubs need, and them. */
void
support_end(struct support *support, FILE *f)
{
	bool needed[HELPERS] = {false};
	unsigned here = mig_abi->typed ? TYPED : mig_apple ? APPLE : NATIVE;
	size_t i = HELPERS;
	size_t k;

	if (fclose(support->stream) != 0)
		fatal("out of memory");
	while (i-- > 0) {
		if ((helpers[i].where & here) == 0)
			continue;
		needed[i] = mentions(support->text, helpers[i].name);
		for (k = i + 1; k < HELPERS; k++)
			needed[i] |= needed[k] &&
				     mentions(helpers[k].text, helpers[i].name);
	}
	for (i = 0; i < HELPERS; i++)
		if (needed[i])
			fprintf(f, "%s\n", helpers[i].text);
	fwrite(support->text, 1, support->length, f);
	free(support->text);
}
