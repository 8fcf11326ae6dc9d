/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The console: where printf goes, and the device "console" that the terminal
 * server reads and writes. Input is taken from the UART by interrupt into a
 * ring; when the ring is full, new characters are dropped.
 */
#include <arch/console.h>

#include <device/console.h>
#include <device/device.h>
#include <kern/debugger.h>
#include <kern/wait.h>

#define INPUT_SIZE 1024U /* a power of two */

static char input[INPUT_SIZE];
static unsigned input_head; /* next to read; both count up for ever */
static unsigned input_tail; /* next to fill */
static struct wait_queue input_queue = {LIST_INITIALIZER(input_queue.threads)};

static void
put(char c)
{
	if (c == '\n')
		arch_console_putc('\r');
	arch_console_putc(c);
}

void
console_putc(char c)
{
	klog_putc(c);
	put(c);
}

void
console_write(const char *data, size_t size)
{
	for (size_t i = 0; i < size; i++)
		put(data[i]);
}

static void
console_break(void)
{
	if (debugger_enter != NULL)
		debugger_enter("BREAK", NULL);
}

void
console_input_ready(void)
{
	int c;

	while ((c = arch_console_getc()) != -1) {
		if (c == ARCH_CONSOLE_BREAK)
			console_break();
		else if (input_tail - input_head < INPUT_SIZE)
			input[input_tail++ % INPUT_SIZE] = (char)c;
	}
	if (input_tail != input_head)
		wait_wake_all(&input_queue, WAIT_AWAKENED);
}

void
console_init(void)
{
	arch_console_enable_input();
}

static kern_return_t
console_device_read(
    recnum_t recnum, dev_mode_t mode, char *data, size_t size, size_t *got)
{
	size_t n = 0;

	(void)recnum;
	while (input_head == input_tail) {
		if (mode & D_NODELAY)
			return D_WOULD_BLOCK;
		thread_wait(&input_queue, WAIT_INTERRUPTIBLE | WAIT_UNSAFE,
		    WAIT_FOREVER);
		if (thread_block(NULL) == WAIT_INTERRUPTED)
			return KERN_ABORTED;
	}
	while (n < size && input_head != input_tail)
		data[n++] = input[input_head++ % INPUT_SIZE];
	*got = n;
	return KERN_SUCCESS;
}

/* The terminal server has done what is to be done about line ends. */
static kern_return_t
console_device_write(recnum_t recnum, const char *data, size_t size)
{
	(void)recnum;
	for (size_t i = 0; i < size; i++)
		arch_console_putc(data[i]);
	return KERN_SUCCESS;
}

const struct device_ops console_ops = {
    .read = console_device_read,
    .write = console_device_write,
};
