/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes the kernel: the first task of a machine without servers, the only one
 * with privileges, starts tasks that have none and that call what there is to
 * call (fuzz.h), and ends those that do not go on. Between two generations
 * nothing of them may be left. "fuzz=SEED,CALLS" on the kernel's command line;
 * a run with the same seed makes the same calls, but for what time decides.
 */
#include <mach/host_user.h>
#include <mach/mach_host_user.h>
#include <mach/mach_port_user.h>
#include <mach/task_user.h>
#include <mach/thread_act_user.h>
#include <mach/vm_map_user.h>

#include <libmach/mach.h>
#include <libmach/thread_state.h>
#include <servers/process_types.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"

#define CHILDREN    6U
#define THREADS     2U
#define CALLS_EACH  1500U /* of a thread, before it ends by itself */
#define STACK       (8 * VM_PAGE_SIZE)
#define POLL_NS     2000000U
#define ROUSE_POLLS 4U    /* without a call */
#define END_POLLS   12U   /* likewise */
#define GIVE_UP     2500U /* polls after its end was ordered */
#define WARM        5U    /* generations before memory is counted */
#define SLACK       64U   /* pages that caches may keep */
#define LOOK_NS     4000000000U
#define KNOWN_MOST  16U
#define BEST        4U /* priority of who looks on */
#define CHILD_BEST  8U
#define TOLD_EVERY  50000U

/* What a child and the supervisor share. */
struct shared {
	volatile uint64_t made[THREADS];
	volatile uint32_t last[THREADS];
};

/* What a child has a copy of. */
struct image {
	struct pools pools;
	struct fuzz fuzz[THREADS];
	union message message[THREADS][2];
	char stack[THREADS][STACK] __attribute__((aligned(16)));
};

struct child {
	mach_port_t task;
	uint64_t made; /* when last looked at */
	unsigned idle;
	bool ended;
};

static struct image image;
static struct shared *shared;
static struct child children[CHILDREN];
static mach_port_t host_priv;
static mach_port_t host;
static mach_port_t known[KNOWN_MOST];
static unsigned known_count;
static uint64_t seed = 1;
static uint64_t wanted = 200000;
static uint64_t total;
static unsigned started, stuck;
static vm_address_t arena;
static bool failed;

static void
fail(const char *what, const struct child *child)
{
	size_t n = (size_t)(child - children);

	printf("# seed %llu: %s; last calls %u, %u\n", (unsigned long long)seed,
	    what, shared[n].last[0], shared[n].last[1]);
	failed = true;
}

static void
take_arguments(void)
{
	const struct {
		uint64_t type;
		uint64_t value;
	} * at;
	char **end = environ;
	const char *word = NULL;

	while (*end != NULL)
		end++;
	for (at = (const void *)(end + 1); at->type != STARTUP_AT_NULL; at++) {
		if (at->type == STARTUP_HOST_PRIV)
			host_priv = (mach_port_t)at->value;
		else if (at->type == STARTUP_CMDLINE)
			word = strstr((const char *)at->value, "fuzz=");
	}
	if (word != NULL) {
		char *next;

		seed = strtoull(word + 5, &next, 10);
		if (*next == ',')
			wanted = strtoull(next + 1, NULL, 10);
	}
}

static uint64_t
mix(uint64_t x)
{
	x = (x ^ (x >> 31)) * 0x7fb5d329728ea185ULL;
	x = (x ^ (x >> 27)) * 0x81dadef4bc2dd44dULL;
	return (x ^ (x >> 33)) | 1;
}

/* How a fuzzing thread finds the world, in the copy its task gets. */
static void
prepare(unsigned child)
{
	memset(&image.pools, 0, sizeof(image.pools));
	for (unsigned i = 0; i < THREADS; i++) {
		shared[child].made[i] = 0;
		image.fuzz[i] = (struct fuzz){
		    .random =
			mix(seed * 1000003 + started * (uint64_t)THREADS + i),
		    .pools = &image.pools,
		    .arena = arena,
		    .wanted = CALLS_EACH,
		    .made = &shared[child].made[i],
		    .last = &shared[child].last[i],
		    .request = &image.message[i][0],
		    .answer = &image.message[i][1],
		};
	}
	started++;
}

/*
 * A task may do to its threads' policies and priorities what it likes, but none
 * comes before who ends it.
 */
static void
limit(mach_port_t task)
{
	task_limits_t limits;

	if (task_get_limits(task, &limits) != KERN_SUCCESS)
		return;
	limits.priority = CHILD_BEST;
	(void)task_set_limits(task, limits, host_priv);
}

static bool
start_child(unsigned number)
{
	static const security_token_t nobody = {{1000, 1000}};
	struct child *child = &children[number];
	struct thread_general_state state;

	prepare(number);
	*child = (struct child){.task = MACH_PORT_NULL};
	if (task_create(mach_task_self(), TRUE, &child->task) != KERN_SUCCESS)
		return false;
	(void)task_set_security_token(child->task, nobody, host_priv);
	limit(child->task);
	for (unsigned i = 0; i < THREADS; i++) {
		mach_port_t thread = MACH_PORT_NULL;

		mach_thread_state(&state, (uintptr_t)fuzz_child,
		    (uintptr_t)image.stack[i + 1], 0,
		    (uintptr_t)&image.fuzz[i]);
		if (thread_create_running(child->task, THREAD_STATE_GENERAL,
			(natural_t *)(void *)&state, THREAD_STATE_GENERAL_COUNT,
			&thread) != KERN_SUCCESS)
			break; /* the first has ended the task */
		(void)mach_port_deallocate(mach_task_self(), thread);
	}
	return true;
}

static bool
is_dead(const struct child *child)
{
	mach_port_type_t type = 0;

	return mach_port_type(mach_task_self(), child->task, &type) !=
		   KERN_SUCCESS ||
	       (type & MACH_PORT_TYPE_DEAD_NAME) != 0;
}

/* It may have stopped itself, or wait for what never comes. */
static void
rouse(const struct child *child)
{
	mach_port_array_t threads;
	mach_msg_type_number_t count;

	if (task_threads(child->task, &threads, &count) != KERN_SUCCESS)
		return;
	for (unsigned i = 0; i < count; i++) {
		(void)thread_abort(threads[i]);
		(void)thread_resume(threads[i]);
		(void)mach_port_deallocate(mach_task_self(), threads[i]);
	}
	(void)vm_deallocate(
	    mach_task_self(), (vm_address_t)threads, count * sizeof(*threads));
	(void)task_resume(child->task);
}

/* Is it still there? */
static bool
watch(struct child *child)
{
	const struct shared *now = &shared[child - children];
	uint64_t made = now->made[0] + now->made[1];

	if (child->task == MACH_PORT_NULL)
		return false;
	if (is_dead(child)) {
		total += made;
		(void)mach_port_deallocate(mach_task_self(), child->task);
		child->task = MACH_PORT_NULL;
		return false;
	}
	/* It may have lost count of its calls, too. */
	if (made == child->made || made >= THREADS * (uint64_t)CALLS_EACH)
		child->idle++;
	else
		child->idle = 0;
	child->made = made;
	if (child->idle == ROUSE_POLLS)
		rouse(child);
	if (child->idle == END_POLLS) {
		stuck++;
		child->ended = true;
		(void)task_terminate(child->task);
	}
	if (child->idle == GIVE_UP) {
		fail("a task does not end", child);
		return false;
	}
	return true;
}

static bool
is_known(mach_port_t task)
{
	for (unsigned i = 0; i < known_count; i++)
		if (known[i] == task)
			return true;
	return false;
}

/* Every task there is: known from the start, or ended; how many were. */
static unsigned
sweep(bool learn)
{
	mach_port_array_t tasks;
	mach_msg_type_number_t count;
	unsigned swept = 0;

	if (host_tasks(host_priv, &tasks, &count) != KERN_SUCCESS)
		return 0;
	for (unsigned i = 0; i < count; i++) {
		if (learn && known_count < KNOWN_MOST) {
			known[known_count++] = tasks[i];
			continue;
		}
		if (!is_known(tasks[i])) {
			swept++;
			(void)task_terminate(tasks[i]);
		}
		(void)mach_port_deallocate(mach_task_self(), tasks[i]);
	}
	(void)vm_deallocate(
	    mach_task_self(), (vm_address_t)tasks, count * sizeof(*tasks));
	return swept;
}

static void
generation(void)
{
	bool any = true;

	for (unsigned i = 0; i < CHILDREN; i++)
		if (!start_child(i)) {
			fail("no memory for a task", &children[i]);
			return;
		}
	while (any) {
		any = false;
		clock_sleep(POLL_NS);
		for (unsigned i = 0; i < CHILDREN; i++)
			any |= watch(&children[i]);
	}
	for (unsigned tries = 0; sweep(false) != 0 && tries < 100; tries++)
		clock_sleep(POLL_NS);
}

static uint64_t
free_pages(void)
{
	vm_statistics_data_t statistics = {0};

	(void)vm_statistics(host, &statistics);
	return statistics.free_count;
}

/* Whoever looks at the kernel's zones does it now. */
static void
look(const char *when)
{
	printf("fuzz: look, %s\n", when);
	fflush(stdout);
	clock_sleep(LOOK_NS);
}

static void
set_up(void)
{
	mach_port_t self = mach_task_self();
	vm_size_t size = VM_ROUND_PAGE(CHILDREN * sizeof(*shared));
	vm_address_t memory = 0;

	host = mach_host_self();
	(void)thread_policy(mach_thread_self(), POLICY_FIFO, 0);
	(void)thread_priority(mach_thread_self(), BEST, FALSE);
	(void)syscall_vm_allocate(self, &memory, size, TRUE);
	(void)vm_inherit(self, memory, size, 0);
	shared = (struct shared *)memory;
	memset(shared, 0, size);
	(void)syscall_vm_allocate(self, &arena, ARENA_SIZE, TRUE);
	memset((void *)arena, 0, ARENA_SIZE / 2);
	memset(&image, 0, sizeof(image));
	(void)sweep(true);
}

int
main(void)
{
	uint64_t before = 0;
	uint64_t after;
	uint64_t told = 0;
	unsigned count;

	take_arguments();
	set_up();
	printf("# fuzz: seed %llu, %llu calls of %u routines and %u traps\n",
	    (unsigned long long)seed, (unsigned long long)wanted,
	    call_routine_count, call_trap_count);
	fflush(stdout);
	for (count = 0; !failed && (total < wanted || count <= WARM); count++) {
		if (count == WARM) {
			look("before");
			before = free_pages();
		}
		generation();
		if (total - told >= TOLD_EVERY) {
			told = total;
			printf("# %llu calls, %u tasks, %u stuck\n",
			    (unsigned long long)total, started, stuck);
			fflush(stdout);
		}
	}
	after = free_pages();
	look("after");
	printf("# %llu calls by %u tasks; %u had to be ended\n",
	    (unsigned long long)total, started, stuck);
	printf("%sok 1 - every task ends\n", failed ? "not " : "");
	printf("# free pages: %llu, then %llu\n", (unsigned long long)before,
	    (unsigned long long)after);
	printf("%sok 2 - no memory is lost\n",
	    after + SLACK < before ? "not " : "");
	printf("1..2\n");
	fflush(stdout);
	(void)host_reboot(host_priv, HOST_REBOOT_POWEROFF);
	return EXIT_FAILURE;
}
