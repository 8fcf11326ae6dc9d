/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What files for Apple's systems have instead of <mach/mig_stub.h>: only
 * headers of those systems are included, the table of a server has the type
 * that their dispatchers know, and sizes are those of the C types, which in a
 * kernel are not the wire's. Servers of messages in parts (-mach_msg2) get
 * header and descriptors apart from the data.
 */
#include <stdlib.h>
#include <string.h>

#include "mig.h"

bool mig_apple;
bool mig_parts;

/* The name of a subsystem's table. */
const char *
emit_table_name(const struct interface *interface)
{
	return mem_format("%s%s%s_subsystem", interface->prefix,
	    mig_apple ? interface->server_prefix : "", interface->name);
}

/* What a file of stubs or a header begins with. */
void
emit_includes(
    FILE *f, const struct interface *interface, enum side side, bool stubs)
{
	static const char *const common[] = {"boolean", "kern_return",
	    "message", "ndr", "notify", "port", "mach_types", "mig_errors",
	    "mig"};
	size_t i;

	if (!mig_apple) {
		fprintf(f, "#include <mach/%s.h>\n",
		    stubs && side == SIDE_SERVER && mig_compact ? "mig_compact"
		    : stubs || side == SIDE_SERVER              ? "mig_stub"
								: "message");
		return;
	}
	fputs("#include <stdint.h>\n", f);
	for (i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		fprintf(f, "#include <mach/%s.h>\n", common[i]);
	if (stubs && interface->kernel_user)
		fputs("#include <kern/ipc_mig.h>\n", f);
	if (stubs && interface->kernel_server)
		fputs("#include <ipc/ipc_port.h>\n", f);
}

/* What builds may define: attributes of functions. */
void
emit_hooks(FILE *f)
{
	if (mig_apple)
		fputs(
		    "#ifndef mig_external\n#define mig_external extern\n#endif\n"
		    "#ifndef mig_internal\n#define mig_internal static\n#endif\n"
		    "#ifndef MIG_SERVER_ROUTINE\n#define MIG_SERVER_ROUTINE\n#endif\n\n",
		    f);
}

/* What stands before a function: its attributes, on a line of their own. */
const char *
emit_attributes(enum side side)
{
	if (!mig_apple)
		return "";
	return side == SIDE_USER ? "mig_external\n"
				 : "mig_external MIG_SERVER_ROUTINE\n";
}

/* The messages once, be it by the header or the stubs. */
void
emit_once(FILE *f, const struct interface *interface, bool open)
{
	if (!mig_apple)
		return;
	if (open)
		fprintf(f,
		    "\n#ifndef __Request__%s_subsystem__defined\n#define __Request__%s_subsystem__defined\n",
		    interface->name, interface->name);
	else
		fputs("\n#endif\n", f);
}

static void
emit_union(FILE *f, const struct interface *interface, bool reply)
{
	const char *kind = reply ? "Reply" : "Request";
	const struct routine *r;

	fprintf(f, "\nunion __%sUnion__%s {\n\t%s mig_any;\n", kind,
	    emit_table_name(interface),
	    reply ? "mig_reply_error_t" : "mach_msg_header_t");
	for (r = interface->routines; r != NULL; r = r->next)
		if (!reply || !r->simple)
			fprintf(f, "\t__%s__%s_t %s_%s;\n", kind, r->name, kind,
			    r->name);
	fputs("};\n", f);
}

void
emit_unions(FILE *f, const struct interface *interface)
{
	emit_union(f, interface, false);
	emit_union(f, interface, true);
}

/* Names and ids, for who traces messages. */
static void
emit_name_map(FILE *f, const struct interface *interface)
{
	const struct routine *r;
	unsigned count = 0;

	fprintf(f,
	    "\n#ifndef subsystem_to_name_map_%s\n#define subsystem_to_name_map_%s",
	    interface->name, interface->name);
	for (r = interface->routines; r != NULL; r = r->next, count++)
		fprintf(f, "%s \\\n\t{ \"%s\", %u }", count > 0 ? "," : "",
		    r->name, interface->base + r->index);
	fprintf(f, "\n#endif\n\n#define %s_MSG_COUNT %u\n", interface->name,
	    interface->end);
}

/* What those systems have in headers besides prototypes. */
void
emit_apple_header(FILE *f, const struct interface *interface, enum side side)
{
	if (!mig_apple)
		return;
	fputs(
	    "\n#ifndef MIG_RAW\n#define MIG_RAW(type) ((mach_msg_size_t)((sizeof(type) + 3U) & ~3U))\n#endif\n",
	    f);
	emit_messages(f, interface, side);
	emit_name_map(f, interface);
}

/* The type of the table, and that there is one. */
void
emit_table_type(FILE *f, const struct interface *interface)
{
	const char *name = emit_table_name(interface);
	const char *kernel = mig_parts ? "k" : "";

	fprintf(f,
	    "#ifndef __%s__defined\n#define __%s__defined\nextern const struct %s {\n",
	    name, name, name);
	fprintf(f,
	    "\tmig_%sserver_routine_t %sserver;\n\tmach_msg_id_t start;\n\tmach_msg_id_t end;\n\tunsigned int maxsize;\n\tvm_address_t reserved;\n",
	    mig_parts ? "kern_" : "", kernel);
	fprintf(f,
	    "\tstruct %sroutine_descriptor %sroutine[%u];\n} %s;\n#endif\n",
	    mig_parts ? "kern_" : "", kernel,
	    interface->end > 0 ? interface->end : 1, name);
}

static unsigned
count_parameters(const struct routine *r)
{
	const struct argument *arg;
	unsigned count = 0;

	for (arg = r->args; arg != NULL; arg = arg->next) {
		if (!arg->on_server)
			continue;
		count += 1 + emit_has_count(arg) + emit_has_subs(arg) +
			 emit_polymorphic(arg, SIDE_SERVER);
	}
	return count;
}

static void
emit_row(FILE *f, const struct routine *r)
{
	const char *reply = r->simple ? "mig_reply_error_t"
				      : mem_format("__Reply__%s_t", r->name);

	fprintf(f,
	    "\t\t[%u] = {\n\t\t\t.%sstub_routine = _X%s,\n\t\t\t.argc = %u,\n",
	    r->index, mig_parts ? "k" : "", r->name, count_parameters(r));
	if (mig_parts)
		fprintf(f,
		    "\t\t\t.descr_count = %u,\n\t\t\t.reply_descr_count = %u,\n",
		    r->request.descriptors, r->reply.descriptors);
	fprintf(f, "\t\t\t.max_reply_msg = sizeof(%s)},\n", reply);
}

void
emit_table(FILE *f, const struct interface *interface)
{
	const char *name = emit_table_name(interface);
	const char *kernel = mig_parts ? "k" : "";
	const struct routine *r;

	fprintf(f,
	    "\nconst struct %s %s = {\n\t.%sserver = %s_routine,\n\t.start = %u,\n\t.end = %u,\n",
	    name, name, kernel, emit_demux_name(interface), interface->base,
	    interface->base + interface->end);
	fprintf(f,
	    "\t.maxsize = sizeof(union __ReplyUnion__%s),\n\t.%sroutine = {\n",
	    name, kernel);
	for (r = interface->routines; r != NULL; r = r->next)
		emit_row(f, r);
	fputs("\t}};\n\n", f);
}

/*
 * Stubs for Apple's headers have the shape that scripts which edit them look
 * for: a check that takes its message by type, named and declared on one line,
 * and on one line, too, the call that gives OutP its RetCode.
 */
bool
emit_edited(void)
{
	return mig_apple && !mig_parts;
}

/* Such a check, up to the pointer to the message. */
void
emit_edited_check_head(FILE *f, const struct routine *r)
{
	fprintf(f,
	    "\nmig_internal kern_return_t __MIG_check__Request__%s_t(__attribute__((__unused__)) __Request__%s_t *In0P)\n{\n\tmach_msg_header_t *mig_request = &In0P->Head;\n",
	    r->name, r->name);
	if (emit_has_checks(r->request.items))
		fprintf(f, "\t__Request__%s_t *mig_in = In0P;\n", r->name);
}

/* The call of it. */
void
emit_edited_checked(FILE *f, const struct routine *r)
{
	fprintf(f,
	    "\tmig_reply_error_t *OutP = (void *)mig_reply;\n\tkern_return_t mig_code =\n\t    __MIG_check__Request__%s_t(%s);\n",
	    r->name,
	    r->request.items != NULL ? "mig_in" : "(void *)mig_request");
}

/* Print on one line what was printed on several. */
static void
print_joined(FILE *f, const char *text)
{
	char last = '\n';

	for (; *text != '\0'; text++) {
		if (*text != '\n') {
			last = *text;
			fputc(last, f);
			continue;
		}
		text += strspn(text, "\n\t ") - 1;
		if (last != '(')
			fputc(' ', f);
	}
}

/* The implementation's call as such a statement. */
void
emit_edited_call(FILE *f, const struct interface *interface,
    const struct routine *r, emit_call_argument_fn argument)
{
	char *text = NULL;
	size_t length;
	FILE *call = open_memstream(&text, &length);

	if (call == NULL)
		fatal("out of memory");
	emit_call(call, interface, r, argument);
	if (fclose(call) != 0)
		fatal("out of memory");
	fputs("\tOutP->RetCode = ", f);
	print_joined(f, text);
	fputs(";\n\tmig_code = OutP->RetCode;\n", f);
	free(text);
}
