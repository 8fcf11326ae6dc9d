/* Server stubs of subsystem small 700. Made by mig: do not edit. */
#include <mach/mig_stub.h>

kern_return_t add(
	mach_port_t server,
	int a,
	int64_t b,
	int64_t *sum);

kern_return_t open(
	mach_port_t server,
	const char *name,
	int flags,
	char *data,
	mach_msg_type_number_t *dataCnt,
	mach_port_t *file);

kern_return_t close(
	mach_port_t server);

/* Serve a request; FALSE if its id is not of this subsystem. */
boolean_t small_server(
	mach_msg_header_t *request,
	mach_msg_header_t *reply);

/* The stub for a request, or NULL. */
mig_routine_t small_server_routine(
	mach_msg_header_t *request);

extern const struct mig_subsystem small_subsystem;

#pragma pack(push, 4)

_Static_assert(sizeof(int) == 4, "size of int");
_Static_assert(sizeof(int64_t) == 8, "size of int64_t");
_Static_assert(sizeof(int64_t) == 8, "size of int64_t");

typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	int a;
	int64_t b;
} __Request__add_t;
_Static_assert(sizeof(__Request__add_t) == 44,
	"size of message of add");

typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
	int64_t sum;
} __Reply__add_t;
_Static_assert(sizeof(__Reply__add_t) == 44,
	"size of reply of add");

_Static_assert(sizeof(int) == 4, "size of int");
_Static_assert(sizeof(char) == 1, "size of char");

typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	mach_msg_type_number_t nameOffset;
	mach_msg_type_number_t nameCnt;
	char name[32];
	int flags;
} __Request__open_t;
_Static_assert(sizeof(__Request__open_t) == 76,
	"size of message of open");

typedef struct {
	int flags;
} __Request__open_1_t;

typedef struct {
	mach_msg_header_t Head;
	mach_msg_body_t msgh_body;
	mach_msg_port_descriptor_t file;
	NDR_record_t NDR;
	mach_msg_type_number_t dataCnt;
	char data[64];
} __Reply__open_t;
_Static_assert(sizeof(__Reply__open_t) == 116,
	"size of message of open");


typedef struct {
	mach_msg_header_t Head;
} __Request__close_t;
_Static_assert(sizeof(__Request__close_t) == 24,
	"size of message of close");

#pragma pack(pop)

static void
_Xadd(mach_msg_header_t *mig_request, mach_msg_header_t *mig_reply)
{
	__Request__add_t *mig_in = (void *)mig_request;
	__Reply__add_t *mig_out = (void *)mig_reply;
	kern_return_t mig_code =
	    mig_check_request(mig_request, 0, 44, 44);

	if (mig_code != KERN_SUCCESS) {
		mig_fail(mig_reply, mig_code);
		return;
	}
	int64_t sum = 0;
	mig_code = add(
	    mig_request->msgh_local_port,
	    mig_in->a,
	    mig_in->b,
	    &sum);
	if (mig_code != KERN_SUCCESS) {
		mig_fail(mig_reply, mig_code);
		return;
	}
	mig_out->NDR = NDR_record;
	mig_out->RetCode = KERN_SUCCESS;
	mig_out->sum = sum;
	mig_out->Head.msgh_size = sizeof(*mig_out);
}

static kern_return_t
mig_check_open(mach_msg_header_t *mig_request)
{
	__Request__open_t *mig_in = (void *)mig_request;
	mach_msg_size_t mig_need = 44;
	mach_msg_size_t mig_len;
	kern_return_t mig_code = mig_check_request(mig_request, 0, 44, 76);

	if (mig_code != KERN_SUCCESS)
		return mig_code;
	if (mig_in->nameOffset != 0)
		return MIG_BAD_ARGUMENTS;
	if (mig_in->nameCnt > 32 || mig_in->nameCnt == 0)
		return MIG_BAD_ARGUMENTS;
	mig_len = (mig_in->nameCnt * 1 + 3) & ~3U;
	mig_need += mig_len;
	if (mig_in->Head.msgh_size < mig_need)
		return MIG_BAD_ARGUMENTS;
	if (mig_in->name[mig_in->nameCnt - 1] != '\0')
		return MIG_BAD_ARGUMENTS;
	if (mig_in->Head.msgh_size != mig_need)
		return MIG_BAD_ARGUMENTS;
	return KERN_SUCCESS;
}

static void
_Xopen(mach_msg_header_t *mig_request, mach_msg_header_t *mig_reply)
{
	__Request__open_t *mig_in = (void *)mig_request;
	__Request__open_1_t *mig_in1;
	__Reply__open_t *mig_out = (void *)mig_reply;
	kern_return_t mig_code = mig_check_open(mig_request);

	if (mig_code != KERN_SUCCESS) {
		mig_fail(mig_reply, mig_code);
		return;
	}
	mig_in1 = (void *)((char *)mig_in->name + ((mig_in->nameCnt * 1 + 3) & ~3U));
	mach_msg_type_number_t dataCnt = 64;
	mach_port_t file = 0;
	mig_code = open(
	    mig_request->msgh_local_port,
	    mig_in->name,
	    mig_in1->flags,
	    (void *)mig_out->data,
	    &dataCnt,
	    &file);
	if (mig_code != KERN_SUCCESS) {
		mig_fail(mig_reply, mig_code);
		return;
	}
	mach_msg_size_t mig_size = 52;
	mach_msg_size_t mig_len;
	if (dataCnt > 64) {
		mig_fail(mig_reply, MIG_ARRAY_TOO_LARGE);
		return;
	}
	mig_out->msgh_body.msgh_descriptor_count = 1;
	mig_out->NDR = NDR_record;
	mig_out->file = (mach_msg_port_descriptor_t){
		.name = file,
		.disposition = MACH_MSG_TYPE_MOVE_SEND,
		.type = MACH_MSG_PORT_DESCRIPTOR};
	mig_out->dataCnt = dataCnt;
	mig_len = mig_pad(mig_out->data, dataCnt * 1);
	mig_size += mig_len;
	mig_out->Head.msgh_bits |= MACH_MSGH_BITS_COMPLEX;
	mig_out->Head.msgh_size = mig_size;
}

static void
_Xclose(mach_msg_header_t *mig_request, mach_msg_header_t *mig_reply)
{
	kern_return_t mig_code =
	    mig_check_request(mig_request, 0, 24, 24);

	if (mig_code != KERN_SUCCESS) {
		mig_fail(mig_reply, mig_code);
		return;
	}
	mig_code = close(
	    mig_request->msgh_local_port);
	mig_fail(mig_reply,
	    mig_code == KERN_SUCCESS ? MIG_NO_REPLY : mig_code);
}

static const struct mig_routine_info mig_routines[3] = {
	[0] = {_Xadd, 44, 44},
	[1] = {_Xopen, 76, 116},
	[2] = {_Xclose, 24, 36},
};

const struct mig_subsystem small_subsystem = {
	.first = 700,
	.end = 703,
	.max_request = 76,
	.max_reply = 116,
	.routines = mig_routines};

mig_routine_t small_server_routine(
	mach_msg_header_t *request)
{
	return mig_find(&small_subsystem, request->msgh_id);
}

boolean_t small_server(
	mach_msg_header_t *request,
	mach_msg_header_t *reply)
{
	mig_routine_t stub = small_server_routine(request);

	mig_start_reply(request, reply, request->msgh_remote_port,
	    MACH_MSGH_BITS_REMOTE(request->msgh_bits));
	if (!stub) {
		mig_fail(reply, MIG_BAD_ID);
		return FALSE;
	}
	stub(request, reply);
	return TRUE;
}
