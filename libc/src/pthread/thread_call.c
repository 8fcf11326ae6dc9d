/* SPDX-License-Identifier: BSD-2-Clause */
/* See thread_call.h. */
#include "thread_call.h"

#include <stdlib.h>

struct call {
	void (*function)(union sigval);
	union sigval value;
};

static void *
run(void *cookie)
{
	struct call call = *(struct call *)cookie;

	free(cookie);
	call.function(call.value);
	return NULL;
}

bool
__thread_call(void (*function)(union sigval), union sigval value,
    const pthread_attr_t *given)
{
	struct call *call = malloc(sizeof(*call));
	pthread_attr_t attributes;
	pthread_t thread;

	if (call == NULL)
		return false;
	*call = (struct call){function, value};
	pthread_attr_init(&attributes);
	if (given != NULL)
		attributes = *given;
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	if (pthread_create(&thread, &attributes, run, call) == 0)
		return true;
	free(call);
	return false;
}
