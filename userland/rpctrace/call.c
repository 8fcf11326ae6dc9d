/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From records to calls. A thread is in one trap at a time. A mach_msg that
 * sends a request and receives its reply is one call; a request whose reply
 * comes by a later mach_msg, to any thread of the task, is kept until then by
 * its reply port; and so is a request that the task has received, by the right
 * it has to reply with.
 */
#include <string.h>

#include "rpctrace.h"

#define MACH_MSG_TRAP (-25)
#define RECEIVE_ERROR 0x4000U /* in the codes of receives, not of sends */

#define SPEAKERS      256
#define PENDING       256

enum state {
	IDLE,
	IN_TRAP,
	IN_RPC,  /* sends a request and waits for the reply */
	IN_SEND, /* sends */
	IN_WAIT, /* receives, or has sent what was shown at once */
};

struct speaker {
	natural_t task, thread;
	unsigned task_number; /* both in order of appearance */
	unsigned number;      /* of the task's threads */
	bool alive;
	char name[17];
	enum state state;
	const struct rpc_trap *trap;
	const struct rpc_routine *routine;
	mach_port_t reply; /* where the request wants its reply */
	uint64_t since;
	uint64_t out; /* what the trap's out argument pointed to */
};

/* A request without its reply; `served`: one that the task has received. */
struct pending {
	const struct rpc_routine *routine; /* NULL: free */
	natural_t task;
	mach_port_t reply;
	bool served;
	uint64_t since;
};

static struct speaker speakers[SPEAKERS];
static struct pending pending[PENDING];
static unsigned next_pending;
static unsigned alive_count;
static unsigned lost;
static bool waiting_for_exec;
static natural_t first_task;

void
call_wait_for_exec(void)
{
	waiting_for_exec = true;
}

unsigned
call_lost(void)
{
	return lost;
}

void
speaker_print(const struct speaker *who)
{
	if (who == NULL || (!settings.follow && alive_count < 2))
		return;
	fprintf(settings.out, "[%s %u", who->name, who->task_number);
	if (who->number > 1)
		fprintf(settings.out, ".%u", who->number);
	fputs("] ", settings.out);
}

/* A thread not seen before takes the place of one that is gone. */
static struct speaker *
speaker_of(const trace_record_t *record)
{
	static unsigned tasks;
	struct speaker *place = NULL;
	unsigned task_number = 0;
	unsigned number = 1;

	for (unsigned i = 0; i < SPEAKERS; i++) {
		struct speaker *who = &speakers[i];

		if (who->alive && who->task == record->task) {
			if (who->thread == record->thread)
				return who;
			if (who->number >= number)
				number = who->number + 1;
			task_number = who->task_number;
		} else if (!who->alive && place == NULL) {
			place = who;
		}
	}
	if (place == NULL)
		return NULL;
	alive_count++;
	*place = (struct speaker){.task = record->task,
	    .thread = record->thread,
	    .task_number = task_number != 0 ? task_number : ++tasks,
	    .number = number,
	    .alive = true};
	return place;
}

/* The oldest is forgotten when there are too many. */
static void
keep_pending(const struct speaker *who, const struct rpc_routine *routine,
    mach_port_t reply, bool served, uint64_t since)
{
	pending[next_pending++ % PENDING] = (struct pending){
	    .routine = routine,
	    .task = who->task,
	    .reply = reply,
	    .served = served,
	    .since = since,
	};
}

/* The request that a message with that id at `reply` answers, taken out. */
static struct pending
take_pending(
    const struct speaker *who, mach_msg_id_t id, mach_port_t reply, bool served)
{
	struct pending none = {0};

	for (unsigned i = 0; i < PENDING; i++) {
		struct pending found = pending[i];

		if (found.routine == NULL || found.task != who->task ||
		    found.reply != reply || found.served != served ||
		    found.routine->id + RPC_REPLY != id)
			continue;
		pending[i] = none;
		return found;
	}
	return none;
}

static void
count(const char *name, bool served, uint64_t ns, bool failed)
{
	if (settings.quiet)
		count_call(name, served, ns, failed);
}

/* A line that is whole at once. */
static void
print_reply_line(struct speaker *who, uint64_t now, const char *mark,
    const struct pending *request, const struct message *message)
{
	int code;

	line_begin(who, now);
	fprintf(settings.out, "%s%s", mark, request->routine->name);
	code = message_print_reply(request->routine, message);
	line_end(who);
	count(request->routine->name, request->served, now - request->since,
	    code != 0);
}

static void
begin_send(struct speaker *who, const trace_record_t *record,
    const struct message *message)
{
	mach_msg_header_t header = message_header(message);
	struct pending request =
	    take_pending(who, header.msgh_id, header.msgh_remote_port, true);
	bool receives = (record->argument[1] & MACH_RCV_MSG) != 0;

	if (request.routine != NULL) {
		who->state = IN_WAIT;
		print_reply_line(who, record->time, "-> ", &request, message);
		return;
	}
	who->routine = rpc_routine_find(header.msgh_id);
	who->reply = header.msgh_local_port;
	who->state = receives && who->routine != NULL &&
			     who->routine->replies &&
			     who->reply != MACH_PORT_NULL
			 ? IN_RPC
			 : IN_SEND;
	line_begin(who, record->time);
	message_print_request(who->routine, message);
}

static void
begin_trap(struct speaker *who, const trace_record_t *record)
{
	const struct rpc_trap *trap = rpc_trap_find(record->trap);

	who->state = IN_TRAP;
	who->trap = trap;
	who->out = record->out;
	line_begin(who, record->time);
	if (trap == NULL) {
		fprintf(settings.out, "trap %d ()", record->trap);
		return;
	}
	fprintf(settings.out, "%s (", trap->name);
	for (unsigned i = 0; i < trap->count; i++) {
		uint64_t value =
		    trap->argument[i].out ? record->out : record->argument[i];

		if (trap->argument[i].width == 4)
			value = (uint32_t)value;
		fprintf(settings.out, "%s%s=", i > 0 ? ", " : "",
		    trap->argument[i].name);
		if (trap->argument[i].form == FORM_SIGNED)
			value = (uint64_t)(int64_t)(int32_t)value;
		value_print_number(
		    value, (enum value_form)trap->argument[i].form);
	}
	fputc(')', settings.out);
}

static void
end_trap(struct speaker *who, const trace_record_t *record)
{
	const struct rpc_trap *trap = who->trap;
	uint64_t out = record->out;
	bool failed = false;

	line_resume(who, record->time, trap != NULL ? trap->name : "trap");
	fputs(" = ", settings.out);
	value_print_number(record->result,
	    trap != NULL ? (enum value_form)trap->result : FORM_HEX);
	if (trap != NULL && trap->result == FORM_CODE)
		failed = (int)record->result != 0;
	for (unsigned i = 0; trap != NULL && i < trap->count; i++) {
		if (!trap->argument[i].out || out == who->out || failed)
			continue;
		if (trap->argument[i].width == 4)
			out = (uint32_t)out;
		fprintf(settings.out, " (%s=", trap->argument[i].name);
		value_print_number(
		    out, (enum value_form)trap->argument[i].form);
		fputc(')', settings.out);
	}
	line_end(who);
	count(trap != NULL ? trap->name : "trap", false,
	    record->time - who->since, failed);
}

/* A message that is not the reply the thread waited for. */
static void
show_received(struct speaker *who, uint64_t now, const struct message *message)
{
	mach_msg_header_t header = message_header(message);
	const struct rpc_routine *routine = rpc_routine_find(header.msgh_id);
	struct pending request;

	if (message->length < sizeof(header))
		return;
	request =
	    take_pending(who, header.msgh_id, header.msgh_local_port, false);
	if (request.routine != NULL) {
		print_reply_line(who, now, "", &request, message);
		return;
	}
	/* Names are the receiver's: the port it came to is the local one. */
	header.msgh_remote_port = header.msgh_local_port;
	line_begin(who, now);
	fputs("<- ", settings.out);
	message_print_request(routine, message);
	line_end(who);
	header = message_header(message);
	if (routine != NULL && header.msgh_remote_port != MACH_PORT_NULL)
		keep_pending(who, routine, header.msgh_remote_port, true, now);
	else if (routine != NULL)
		count(routine->name, true, 0, false);
}

/* The line of a request that was sent: its result, if no reply is shown. */
static void
end_send(struct speaker *who, const trace_record_t *record, bool sent)
{
	const struct rpc_routine *routine = who->routine;
	const char *name = routine != NULL ? routine->name : "message";
	bool replies =
	    routine != NULL && routine->replies && who->reply != MACH_PORT_NULL;

	line_resume(who, record->time, name);
	if (sent) {
		fputs(" = sent", settings.out);
	} else {
		fputs(" = ", settings.out);
		value_print_number(record->result, FORM_CODE);
	}
	line_end(who);
	if (sent && replies)
		keep_pending(who, routine, who->reply, false, who->since);
	else
		count(name, false, record->time - who->since, !sent);
}

/* Was the message sent, whatever became of the receive? */
static bool
was_sent(uint64_t result)
{
	return (uint32_t)result == MACH_MSG_SUCCESS ||
	       ((uint32_t)result & RECEIVE_ERROR) != 0;
}

static void
end_message(struct speaker *who, const trace_record_t *record,
    const struct message *message)
{
	const struct rpc_routine *routine = who->routine;
	mach_msg_header_t header = message_header(message);
	bool answered = who->state == IN_RPC &&
			record->result == MACH_MSG_SUCCESS &&
			message->length >= sizeof(header) &&
			header.msgh_local_port == who->reply &&
			header.msgh_id == routine->id + RPC_REPLY;
	int code;

	if (answered) {
		line_resume(who, record->time, routine->name);
		code = message_print_reply(routine, message);
		line_end(who);
		count(
		    routine->name, false, record->time - who->since, code != 0);
		return;
	}
	if (who->state == IN_RPC || who->state == IN_SEND)
		end_send(who, record, was_sent(record->result));
	if (record->result == MACH_MSG_SUCCESS)
		show_received(who, record->time, message);
}

static void
end_thread(struct speaker *who, uint64_t now)
{
	if (who->state == IN_TRAP || who->state == IN_RPC ||
	    who->state == IN_SEND) {
		const char *name =
		    who->state == IN_TRAP
			? who->trap != NULL ? who->trap->name : "trap"
		    : who->routine != NULL ? who->routine->name
					   : "message";

		line_resume(who, now, name);
		fputs(" = ?", settings.out);
		line_end(who);
		count(name, false, now - who->since, false);
	}
	who->alive = false;
	alive_count--;
}

static void
show_exception(struct speaker *who, const trace_record_t *record)
{
	static const char *const names[] = {"none", "bad access",
	    "bad instruction", "arithmetic", "emulation", "software",
	    "breakpoint", "syscall", "Mach syscall"};
	uint64_t type = record->argument[0];

	line_begin(who, record->time);
	fprintf(settings.out, "exception %s (code=%lld, subcode=0x%llx)",
	    type < sizeof(names) / sizeof(names[0]) ? names[type] : "unknown",
	    (long long)record->argument[1],
	    (unsigned long long)record->argument[2]);
	line_end(who);
}

static bool
is_hidden(const trace_record_t *record)
{
	if (first_task == 0)
		first_task = record->task;
	if (record->task != first_task)
		waiting_for_exec = false;
	return waiting_for_exec;
}

static void
show_lost(const trace_record_t *record)
{
	lost += record->lost;
	if (record->lost == 0)
		return;
	line_begin(NULL, record->time);
	fprintf(settings.out, "*** %u records lost", record->lost);
	line_end(NULL);
}

void
call_event(const trace_record_t *record, const struct message *message)
{
	struct speaker *who;

	if (is_hidden(record))
		return;
	show_lost(record);
	who = speaker_of(record);
	if (who == NULL)
		return;
	memcpy(who->name, record->name, sizeof(record->name));
	if (record->kind == TRACE_TRAP) {
		who->since = record->time;
		who->state = IN_WAIT;
		if (record->trap != MACH_MSG_TRAP)
			begin_trap(who, record);
		else if (message->length > 0)
			begin_send(who, record, message);
	} else if (record->kind == TRACE_RETURN) {
		if (who->state == IN_TRAP)
			end_trap(who, record);
		else if (record->trap == MACH_MSG_TRAP)
			end_message(who, record, message);
		who->state = IDLE;
	} else if (record->kind == TRACE_EXCEPTION) {
		show_exception(who, record);
	} else if (record->kind == TRACE_END) {
		end_thread(who, record->time);
	}
}

void
call_finish(void)
{
	for (unsigned i = 0; i < SPEAKERS; i++)
		if (speakers[i].alive)
			end_thread(&speakers[i], speakers[i].since);
}
