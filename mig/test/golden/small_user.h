/* User header of subsystem small 700. Made by mig: do not edit. */
#ifndef _small_user_
#define _small_user_

#include <mach/message.h>

#ifdef __cplusplus
extern "C" {
#endif

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

#ifdef __cplusplus
}
#endif

#endif
