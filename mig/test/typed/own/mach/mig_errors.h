/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef MACH_MIG_ERRORS_H
#define MACH_MIG_ERRORS_H

#include <mach/boolean.h>
#include <mach/message.h>

#define MIG_TYPE_ERROR      (-300)
#define MIG_REPLY_MISMATCH  (-301)
#define MIG_BAD_ID          (-303)
#define MIG_BAD_ARGUMENTS   (-304)
#define MIG_NO_REPLY        (-305)
#define MIG_ARRAY_TOO_LARGE (-307)
#define MIG_SERVER_DIED     (-308)

typedef void (*mig_routine_t)(mach_msg_header_t *, mach_msg_header_t *);

#endif
