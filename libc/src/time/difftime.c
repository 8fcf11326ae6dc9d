/* SPDX-License-Identifier: BSD-2-Clause */
/* difftime(): seconds between two times. */
#include <time.h>

double
difftime(time_t end, time_t start)
{
	return (double)(end - start);
}
