/* SPDX-License-Identifier: BSD-2-Clause */
/* The arguments of mach_msg()'s trap in the state of a thread it has left. */
#ifndef MACHINE_MSG_STATE_H
#define MACHINE_MSG_STATE_H

#define MSG_STATE_OPTION(state)   ((state)->x[1])
#define MSG_STATE_RCV_NAME(state) ((state)->x[4])

#endif
