/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What generated stubs return, and the reply they build on errors.
 */
#ifndef MACH_MIG_ERRORS_H
#define MACH_MIG_ERRORS_H

#include <mach/message.h>

#define MIG_TYPE_ERROR      (-300)
#define MIG_REPLY_MISMATCH  (-301)
#define MIG_REMOTE_ERROR    (-302)
#define MIG_BAD_ID          (-303)
#define MIG_BAD_ARGUMENTS   (-304)
#define MIG_NO_REPLY        (-305)
#define MIG_EXCEPTION       (-306)
#define MIG_ARRAY_TOO_LARGE (-307)
#define MIG_SERVER_DIED     (-308)
#define MIG_TRAILER_ERROR   (-309)

typedef struct {
	uint8_t mig_vers;
	uint8_t if_vers;
	uint8_t reserved1;
	uint8_t mig_encoding;
	uint8_t int_rep;
	uint8_t char_rep;
	uint8_t float_rep;
	uint8_t reserved2;
} NDR_record_t;

extern const NDR_record_t NDR_record;

#pragma pack(push, 4)
typedef struct {
	mach_msg_header_t Head;
	NDR_record_t NDR;
	kern_return_t RetCode;
} mig_reply_error_t;
#pragma pack(pop)

typedef void (*mig_routine_t)(
    mach_msg_header_t *request, mach_msg_header_t *reply);

#endif
