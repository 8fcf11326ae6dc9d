/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What Apple's stubs find in this header: the support functions and the types
 * of a server's table, for user code and for the kernel's messages in parts.
 */
#ifndef MIG_TEST_APPLE_MIG_H
#define MIG_TEST_APPLE_MIG_H

/* These are in no header that stubs include. */
#define mach_msg_destroy    native_msg_destroy
#define mig_release_right   native_release_right
#define mig_user_allocate   native_user_allocate
#define mig_user_deallocate native_user_deallocate
#include <mach/mig_support.h>
#undef mach_msg_destroy
#undef mig_release_right
#undef mig_user_allocate
#undef mig_user_deallocate

typedef mig_routine_t mig_stub_routine_t;
typedef mig_routine_t (*mig_server_routine_t)(mach_msg_header_t *request);
typedef void (*mig_kern_routine_t)(mach_msg_header_t *request,
    void *request_data, mach_msg_max_trailer_t *trailer,
    mach_msg_header_t *reply, void *reply_data);
typedef mig_kern_routine_t (*mig_kern_server_routine_t)(
    mach_msg_header_t *request);
typedef kern_return_t (*mig_impl_routine_t)(void);

struct routine_descriptor {
	mig_impl_routine_t impl_routine;
	mig_stub_routine_t stub_routine;
	unsigned argc;
	unsigned descr_count;
	void *arg_descr;
	unsigned max_reply_msg;
};

struct kern_routine_descriptor {
	mig_impl_routine_t impl_routine;
	mig_kern_routine_t kstub_routine;
	unsigned argc;
	unsigned descr_count;
	unsigned reply_descr_count;
	unsigned max_reply_msg;
};

#endif
