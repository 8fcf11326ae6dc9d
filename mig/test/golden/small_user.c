/* User stubs of subsystem small 700. Made by mig: do not edit. */
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

kern_return_t add(
	mach_port_t server,
	int a,
	int64_t b,
	int64_t *sum)
{
	union {
		uint64_t mig_align;
		__Request__add_t in;
		struct {
			__Reply__add_t message;
			mach_msg_trailer_t trailer;
		} out;
	} mig_message;
	__Request__add_t *mig_in = &mig_message.in;
	__Reply__add_t *mig_out = &mig_message.out.message;
	kern_return_t mig_code;

	mig_in->NDR = NDR_record;
	mig_in->a = a;
	mig_in->b = b;
	mig_in->Head = (mach_msg_header_t){
		.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
			MACH_MSG_TYPE_MAKE_SEND_ONCE),
		.msgh_size = sizeof(*mig_in),
		.msgh_remote_port = server,
		.msgh_local_port = mig_get_reply_port(),
		.msgh_id = 700};
	mig_code = mig_rpc(&mig_in->Head, MACH_MSG_OPTION_NONE,
	    sizeof(*mig_in), sizeof(mig_message.out), MACH_MSG_TIMEOUT_NONE);
	if (mig_code != MACH_MSG_SUCCESS)
		return mig_code;
	mig_code = mig_check_reply(&mig_out->Head, 800, 0, 44, 44);
	if (mig_code != KERN_SUCCESS)
		return mig_code;
	*sum = mig_out->sum;
	return KERN_SUCCESS;
}

kern_return_t open(
	mach_port_t server,
	const char *name,
	int flags,
	char *data,
	mach_msg_type_number_t *dataCnt,
	mach_port_t *file)
{
	union {
		uint64_t mig_align;
		__Request__open_t in;
		struct {
			__Reply__open_t message;
			mach_msg_trailer_t trailer;
		} out;
	} mig_message;
	__Request__open_t *mig_in = &mig_message.in;
	__Request__open_1_t *mig_in1;
	__Reply__open_t *mig_out = &mig_message.out.message;
	mach_msg_size_t mig_size = 44;
	mach_msg_size_t mig_need = 52;
	mach_msg_size_t mig_len;
	kern_return_t mig_code;

	mig_in->NDR = NDR_record;
	mig_in->nameOffset = 0;
	mig_len = mig_put_string(mig_in->name, name, 32);
	if (mig_len == 0) {
		return MIG_ARRAY_TOO_LARGE;
	}
	mig_in->nameCnt = mig_len;
	mig_len = mig_pad(mig_in->name, mig_len);
	mig_size += mig_len;
	mig_in1 = (void *)((char *)mig_in->name + mig_len);
	mig_in1->flags = flags;
	mig_in->Head = (mach_msg_header_t){
		.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
			MACH_MSG_TYPE_MAKE_SEND_ONCE),
		.msgh_size = mig_size,
		.msgh_remote_port = server,
		.msgh_local_port = mig_get_reply_port(),
		.msgh_id = 701};
	mig_code = mig_rpc(&mig_in->Head, MACH_MSG_OPTION_NONE,
	    mig_size, sizeof(mig_message.out), MACH_MSG_TIMEOUT_NONE);
	if (mig_code != MACH_MSG_SUCCESS)
		return mig_code;
	mig_code = mig_check_reply(&mig_out->Head, 801, 1, 52, 116);
	if (mig_code != KERN_SUCCESS)
		return mig_code;
	if (mig_out->file.type != MACH_MSG_PORT_DESCRIPTOR ||
	    mig_out->file.disposition != MACH_MSG_TYPE_MOVE_SEND)
		return mig_refuse(&mig_out->Head, MIG_TYPE_ERROR);
	if (mig_out->dataCnt > 64)
		return mig_refuse(&mig_out->Head, MIG_TYPE_ERROR);
	mig_len = (mig_out->dataCnt * 1 + 3) & ~3U;
	mig_need += mig_len;
	if (mig_out->Head.msgh_size < mig_need)
		return mig_refuse(&mig_out->Head, MIG_TYPE_ERROR);
	if (mig_out->Head.msgh_size != mig_need)
		return mig_refuse(&mig_out->Head, MIG_TYPE_ERROR);
	*dataCnt = mig_out->dataCnt;
	*file = mig_out->file.name;
	if (mig_out->dataCnt != 0)
		__builtin_memcpy(data, mig_out->data, mig_out->dataCnt * 1);
	return KERN_SUCCESS;
}

kern_return_t close(
	mach_port_t server)
{
	union {
		uint64_t mig_align;
		__Request__close_t in;
	} mig_message;
	__Request__close_t *mig_in = &mig_message.in;
	kern_return_t mig_code;

	mig_in->Head = (mach_msg_header_t){
		.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND,
			MACH_MSG_TYPE_PORT_NONE),
		.msgh_size = sizeof(*mig_in),
		.msgh_remote_port = server,
		.msgh_local_port = MACH_PORT_NULL,
		.msgh_id = 702};
	mig_code = mach_msg(&mig_in->Head, MACH_SEND_MSG,
	    sizeof(*mig_in), 0, MACH_PORT_NULL, MACH_MSG_TIMEOUT_NONE, MACH_PORT_NULL);
	return mig_code;
}
