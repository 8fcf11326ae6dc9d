/* Server header of subsystem small 700. Made by mig: do not edit. */
#ifndef _small_server_
#define _small_server_

#include <mach/mig_stub.h>

/* The largest messages, without trailer. */
#define small_MAX_REQUEST 76
#define small_MAX_REPLY 116

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

/* Serve a request; FALSE if its id is not of this subsystem. */
boolean_t small_server(
	mach_msg_header_t *request,
	mach_msg_header_t *reply);

/* The stub for a request, or NULL. */
mig_routine_t small_server_routine(
	mach_msg_header_t *request);

extern const struct mig_subsystem small_subsystem;
#ifdef __cplusplus
}
#endif

#endif
