/* SPDX-License-Identifier: BSD-2-Clause */
/* Dispositions and masks: plain memory, shared with the process server. */
#include <errno.h>
#include <servers/process_user.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "process.h"
#include "signal_state.h"

static bool
valid(int signal)
{
	if (signal > 0 && signal < NSIG && signal != SIGNAL_INTERNAL)
		return true;
	errno = EINVAL;
	return false;
}

int
sigaction(int signal, const struct sigaction *restrict action,
    struct sigaction *restrict old)
{
	struct signal_page *page = __process.signals;
	struct signal_action *slot;

	if (!valid(signal))
		return -1;
	slot = &page->action[signal];
	if (old != NULL) {
		old->sa_handler = (void (*)(int))slot->handler;
		old->sa_mask = slot->mask;
		old->sa_flags = (unsigned)slot->flags;
	}
	if (action == NULL)
		return 0;
	if (signal == SIGKILL || signal == SIGSTOP) {
		errno = EINVAL;
		return -1;
	}
	slot->mask = action->sa_mask;
	slot->flags = action->sa_flags;
	__atomic_store_n(
	    &slot->handler, (uint64_t)action->sa_handler, __ATOMIC_SEQ_CST);
	/* Setting a signal to be ignored discards one that is pending. */
	if (page->pending & 1UL << (signal - 1))
		proc_signal_check(__process.proc);
	return 0;
}

static void (*set_handler(int number, void (*handler)(int), unsigned flags))(
    int)
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
	struct sigaction old;

	if (sigaction(number, &action, &old) != 0)
		return SIG_ERR;
	return old.sa_handler;
}

void (*signal(int number, void (*handler)(int)))(int)
{
	return set_handler(number, handler, SA_RESTART);
}

int
siginterrupt(int number, int interrupts)
{
	struct sigaction action;

	if (sigaction(number, NULL, &action) != 0)
		return -1;
	if (interrupts)
		action.sa_flags &= ~(unsigned)SA_RESTART;
	else
		action.sa_flags |= SA_RESTART;
	return sigaction(number, &action, NULL);
}

int
sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
	uint64_t mask = __signal_thread()->blocked;

	if (old != NULL)
		*old = mask;
	if (set == NULL)
		return 0;
	switch (how) {
	case SIG_BLOCK:
		mask |= *set;
		break;
	case SIG_UNBLOCK:
		mask &= ~*set;
		break;
	case SIG_SETMASK:
		mask = *set;
		break;
	default:
		errno = EINVAL;
		return -1;
	}
	__signal_set_mask(mask);
	return 0;
}

int
sigpending(sigset_t *set)
{
	const struct signal_thread *thread = __signal_thread();

	*set = (__process.signals->pending | thread->pending) & thread->blocked;
	return 0;
}

int
sigsuspend(const sigset_t *set)
{
	uint64_t old = __signal_thread()->blocked;
	uint32_t seen = __signal_count;

	__signal_set_mask(*set);
	__signal_wait(seen);
	__signal_set_mask(old);
	errno = EINTR;
	return -1;
}

int
pause(void)
{
	__signal_wait(__signal_count);
	errno = EINTR;
	return -1;
}

int
sigaltstack(const stack_t *restrict stack, stack_t *restrict old)
{
	struct signal_thread *thread = __signal_thread();
	uintptr_t here = (uintptr_t)&thread;
	bool on_it = here - thread->stack_base < thread->stack_size;

	if (old != NULL) {
		old->ss_sp = (void *)thread->stack_base;
		old->ss_size = thread->stack_size;
		old->ss_flags = on_it ? SS_ONSTACK : 0;
		if (thread->stack_size == 0)
			old->ss_flags = SS_DISABLE;
	}
	if (stack == NULL)
		return 0;
	if (on_it) {
		errno = EPERM;
		return -1;
	}
	if (stack->ss_flags == SS_DISABLE) {
		thread->stack_size = 0;
		return 0;
	}
	if (stack->ss_flags != 0 || stack->ss_size < MINSIGSTKSZ) {
		errno = stack->ss_flags != 0 ? EINVAL : ENOMEM;
		return -1;
	}
	thread->stack_base = (uint64_t)stack->ss_sp;
	thread->stack_size = stack->ss_size;
	return 0;
}

/* The System V functions. */
int
sighold(int number)
{
	sigset_t set = 0;

	return sigaddset(&set, number) == 0 ? sigprocmask(SIG_BLOCK, &set, NULL)
					    : -1;
}

int
sigrelse(int number)
{
	sigset_t set = 0;

	return sigaddset(&set, number) == 0
		   ? sigprocmask(SIG_UNBLOCK, &set, NULL)
		   : -1;
}

int
sigignore(int number)
{
	return set_handler(number, SIG_IGN, 0) == SIG_ERR ? -1 : 0;
}

int
sigpause(int number)
{
	sigset_t set = __signal_thread()->blocked;

	return sigdelset(&set, number) == 0 ? sigsuspend(&set) : -1;
}

void (*sigset(int number, void (*handler)(int)))(int)
{
	void (*old)(int);
	struct sigaction now;
	sigset_t set = 0;
	bool held;

	if (sigaddset(&set, number) != 0)
		return SIG_ERR;
	held = (__signal_thread()->blocked & set) != 0;
	if (handler == SIG_HOLD) {
		if (sigaction(number, NULL, &now) != 0)
			return SIG_ERR;
		sigprocmask(SIG_BLOCK, &set, NULL);
		return held ? SIG_HOLD : now.sa_handler;
	}
	old = set_handler(number, handler, 0);
	if (old != SIG_ERR)
		sigprocmask(SIG_UNBLOCK, &set, NULL);
	return held && old != SIG_ERR ? SIG_HOLD : old;
}
