/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names for ports by what they stand for, as .defs files use them, and the
 * information structures of tasks, threads and hosts.
 */
#ifndef MACH_MACH_TYPES_H
#define MACH_MACH_TYPES_H

#include <mach/clock_types.h>
#include <mach/debug_types.h>
#include <mach/exception.h>
#include <mach/machine/thread_status.h>
#include <mach/memory_object.h>
#include <mach/message.h>
#include <mach/pc_sample.h>
#include <mach/sync_policy.h>
#include <mach/trace.h>
#include <mach/vm_types.h>

typedef mach_port_t task_t;
typedef mach_port_t thread_t;
typedef mach_port_t host_t;
typedef mach_port_t host_priv_t;
typedef mach_port_t ipc_space_t;
typedef mach_port_t vm_task_t;
typedef mach_port_t memory_object_t;
typedef mach_port_t memory_object_control_t;
typedef mach_port_t memory_object_name_t;
typedef mach_port_t device_t;
typedef mach_port_t device_master_t;
typedef mach_port_t semaphore_t;
typedef mach_port_t lock_set_t;
typedef mach_port_t clock_serv_t;
typedef mach_port_t clock_ctrl_t;
typedef mach_port_t processor_t;
typedef mach_port_t processor_set_t;
typedef mach_port_t processor_set_name_t;

typedef thread_t *thread_array_t;
typedef mach_port_t *mach_port_array_t;
typedef mach_port_name_t *mach_port_name_array_t;
typedef mach_port_type_t *mach_port_type_array_t;
typedef vm_offset_t pointer_t;
typedef char kernel_debug_name_t[64];
typedef char kernel_version_t[512];
typedef char kernel_boot_info_t[1024];

#define THREAD_STATE_MAX 256 /* in natural_t */
typedef natural_t *thread_state_t;
typedef natural_t thread_state_data_t[THREAD_STATE_MAX];

typedef struct time_value {
	int64_t seconds;
	int64_t nanoseconds;
} time_value_t;

/* Entries of a task's emulation vector, at most. */
#define EMULATION_VECTOR_MAX 512

/* Special ports of tasks. */
#define TASK_KERNEL_PORT    1
#define TASK_EXCEPTION_PORT 3
#define TASK_BOOTSTRAP_PORT 4

/*
 * task_create_process: with memory and send rights of the task, under the same
 * names; traced as `like` is, in its place or as its child.
 */
#define TASK_PROCESS_INHERIT 0x1
#define TASK_PROCESS_TRACE   0x2
#define TASK_PROCESS_CHILD   0x4

/* task_get_limits, task_set_limits. */
typedef struct task_limits {
	natural_t names; /* rounded up to a multiple of 127 */
	natural_t threads;
	natural_t queued; /* KiB of messages sent and not received */
	natural_t names_used;
	natural_t threads_used;
	natural_t queued_used;
	natural_t priority; /* the best; from 16 on without fixed policies */
} task_limits_t;

/* task_info and thread_info. */
#define TASK_INFO_MAX   64
#define THREAD_INFO_MAX 64
#define HOST_INFO_MAX   64
typedef integer_t *task_info_t;
typedef integer_t *thread_info_t;
typedef integer_t *host_info_t;

#define TASK_BASIC_INFO 1
typedef struct task_basic_info {
	integer_t suspend_count;
	integer_t base_priority;
	uint64_t virtual_size;  /* bytes */
	uint64_t resident_size; /* bytes */
	time_value_t user_time;
	time_value_t system_time;
	time_value_t creation_time;
	integer_t thread_count;
	integer_t port_names;
} task_basic_info_data_t;
#define TASK_BASIC_INFO_COUNT (sizeof(task_basic_info_data_t) / 4)

#define TASK_EVENTS_INFO      2
typedef struct task_events_info {
	integer_t faults;
	integer_t zero_fills;
	integer_t pageins; /* asked of pagers */
	integer_t cow_faults;
} task_events_info_data_t;
#define TASK_EVENTS_INFO_COUNT (sizeof(task_events_info_data_t) / 4)

/* Of the threads there are; task_basic_info's is of all there were. */
#define TASK_THREAD_TIMES_INFO 3
typedef struct task_thread_times_info {
	time_value_t user_time;
	time_value_t system_time; /* is in user_time */
} task_thread_times_info_data_t;
#define TASK_THREAD_TIMES_INFO_COUNT (sizeof(task_thread_times_info_data_t) / 4)

/* security_token_t: what its messages are stamped with. */
#define TASK_SECURITY_TOKEN       13
#define TASK_SECURITY_TOKEN_COUNT (sizeof(security_token_t) / 4)

#define THREAD_BASIC_INFO         1
typedef struct thread_basic_info {
	time_value_t user_time;
	time_value_t system_time;
	integer_t cpu_usage; /* 0..1000, decaying */
	integer_t base_priority;
	integer_t cur_priority;
	integer_t run_state;
	integer_t flags;
	integer_t suspend_count;
	integer_t sleep_time; /* 0: is not kept */
	integer_t policy;
} thread_basic_info_data_t;
#define THREAD_BASIC_INFO_COUNT (sizeof(thread_basic_info_data_t) / 4)

#define THREAD_SCHED_INFO       2
typedef struct thread_sched_info {
	integer_t policy;
	integer_t quantum; /* ms */
	integer_t base_priority;
	integer_t max_priority;
	integer_t cur_priority;
	integer_t depressed;
	integer_t depress_priority; /* it will have again, or -1 */
} thread_sched_info_data_t;
#define THREAD_SCHED_INFO_COUNT (sizeof(thread_sched_info_data_t) / 4)

/* By policy, KERN_INVALID_POLICY for a thread that has another. */
#define THREAD_SCHED_TIMESHARE_INFO 10
#define THREAD_SCHED_RR_INFO        11
#define THREAD_SCHED_FIFO_INFO      12
typedef struct policy_timeshare_info {
	integer_t max_priority;
	integer_t base_priority;
	integer_t cur_priority;
	boolean_t depressed;
	integer_t depress_priority;
} policy_timeshare_info_data_t;
typedef struct policy_rr_info {
	integer_t max_priority;
	integer_t base_priority;
	integer_t quantum; /* ms */
	boolean_t depressed;
	integer_t depress_priority;
} policy_rr_info_data_t;
typedef struct policy_fifo_info {
	integer_t max_priority;
	integer_t base_priority;
	boolean_t depressed;
	integer_t depress_priority;
} policy_fifo_info_data_t;
#define POLICY_TIMESHARE_INFO_COUNT (sizeof(policy_timeshare_info_data_t) / 4)
#define POLICY_RR_INFO_COUNT        (sizeof(policy_rr_info_data_t) / 4)
#define POLICY_FIFO_INFO_COUNT      (sizeof(policy_fifo_info_data_t) / 4)

#define TH_STATE_RUNNING            1
#define TH_STATE_STOPPED            2
#define TH_STATE_WAITING            3
#define TH_STATE_UNINTERRUPTIBLE    4
#define TH_STATE_HALTED             5

#define HOST_BASIC_INFO             1
typedef struct host_basic_info {
	integer_t max_cpus;
	integer_t avail_cpus;
	uint64_t memory_size; /* bytes */
	integer_t cpu_type;
	integer_t cpu_subtype;
} host_basic_info_data_t;
#define HOST_BASIC_INFO_COUNT (sizeof(host_basic_info_data_t) / 4)

/* The numbers of the processors, one a word. */
#define HOST_PROCESSOR_SLOTS 2

#define HOST_SCHED_INFO      3
typedef struct host_sched_info {
	integer_t min_timeout; /* ms */
	integer_t min_quantum; /* ms */
} host_sched_info_data_t;
#define HOST_SCHED_INFO_COUNT (sizeof(host_sched_info_data_t) / 4)

/* Over the last 5, 30 and 60 s: runnable threads; processor time not taken. */
#define HOST_LOAD_INFO 4
#define LOAD_SCALE     1000
typedef struct host_load_info {
	integer_t avenrun[3];
	integer_t mach_factor[3];
} host_load_info_data_t;
#define HOST_LOAD_INFO_COUNT (sizeof(host_load_info_data_t) / 4)

/* host_statistics */
#define HOST_LOAD_STATISTICS 1 /* host_load_info_data_t */
#define HOST_VM_INFO         2 /* vm_statistics_data_t */
#define HOST_VM_INFO_COUNT   (sizeof(vm_statistics_data_t) / 4)

/* Milliseconds of all processors; what the system did is in the user's. */
#define HOST_CPU_LOAD_INFO 3
#define CPU_STATE_USER     0
#define CPU_STATE_SYSTEM   1
#define CPU_STATE_IDLE     2
#define CPU_STATE_NICE     3
#define CPU_STATE_MAX      4
typedef struct host_cpu_load_info {
	natural_t cpu_ticks[CPU_STATE_MAX];
} host_cpu_load_info_data_t;
#define HOST_CPU_LOAD_INFO_COUNT (sizeof(host_cpu_load_info_data_t) / 4)

#define PROCESSOR_BASIC_INFO     1
typedef struct processor_basic_info {
	integer_t cpu_type;
	integer_t cpu_subtype;
	boolean_t running;
	integer_t slot_num;
	boolean_t is_master;
} processor_basic_info_data_t;
#define PROCESSOR_BASIC_INFO_COUNT (sizeof(processor_basic_info_data_t) / 4)

#define PROCESSOR_SET_BASIC_INFO   1
typedef struct processor_set_basic_info {
	integer_t processor_count;
	integer_t task_count;
	integer_t thread_count;
	integer_t load_average; /* of HOST_LOAD_INFO, the first */
	integer_t mach_factor;
} processor_set_basic_info_data_t;
#define PROCESSOR_SET_BASIC_INFO_COUNT \
	(sizeof(processor_set_basic_info_data_t) / 4)

#define PROCESSOR_SET_SCHED_INFO 2
typedef struct processor_set_sched_info {
	integer_t policies; /* POLICY_* */
	integer_t max_priority;
} processor_set_sched_info_data_t;
#define PROCESSOR_SET_SCHED_INFO_COUNT \
	(sizeof(processor_set_sched_info_data_t) / 4)

/*
 * ulock_wait and ulock_wake: the word is in memory that several tasks have
 * mapped, and its waiters may be theirs.
 */
#define ULOCK_SHARED         0x1

#define HOST_REBOOT_HALT     0x8
#define HOST_REBOOT_RESTART  0x0
#define HOST_REBOOT_POWEROFF 0x1000
#define HOST_REBOOT_DEBUGGER 0x2000 /* no end, but the kernel's debugger */

/* thread_switch options. */
#define SWITCH_OPTION_NONE    0
#define SWITCH_OPTION_DEPRESS 1
#define SWITCH_OPTION_WAIT    2

/* Scheduling policies. */
#define POLICY_TIMESHARE 1
#define POLICY_FIXEDPRI  2
#define POLICY_RR        2 /* the same */
#define POLICY_FIFO      4

#endif
