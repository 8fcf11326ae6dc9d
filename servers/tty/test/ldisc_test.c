/* SPDX-License-Identifier: BSD-2-Clause */
/* The line discipline: keys in, lines out, what the screen shows. */
#include <libtest/test.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>

#include "ldisc.h"

static struct ldisc ldisc;
static char screen[65536];
static size_t shown;
static int last_signal;

static void
put(struct ldisc *unused, const char *data, size_t size)
{
	(void)unused;
	if (size > sizeof(screen) - 1 - shown)
		shown = 0;
	memcpy(screen + shown, data, size);
	shown += size;
	screen[shown] = '\0';
}

static void
note_signal(struct ldisc *unused, int signal)
{
	(void)unused;
	last_signal = signal;
}

static void
start(void)
{
	ldisc_init(&ldisc);
	ldisc.put = put;
	ldisc.signal = note_signal;
	shown = 0;
	screen[0] = '\0';
	last_signal = 0;
}

static void
start_raw(unsigned char min, unsigned char time)
{
	struct term_attributes a;

	start();
	a = ldisc.attributes;
	a.lflag &= ~(uint32_t)(ICANON | ECHO | ISIG | IEXTEN);
	a.iflag = 0;
	a.oflag &= ~(uint32_t)OPOST;
	a.cc[VMIN] = min;
	a.cc[VTIME] = time;
	ldisc_set(&ldisc, &a);
}

static void
keys(const char *text)
{
	ldisc_input(&ldisc, text, strlen(text));
}

/* One read; "(wait)" if it would wait, "" for the end of the file. */
static const char *
take(size_t size, unsigned waited)
{
	static char data[LDISC_INPUT + 1];
	size_t got;

	if (!ldisc_peek(&ldisc, data, size, &got, waited))
		return "(wait)";
	ldisc_consume(&ldisc, got);
	data[got] = '\0';
	return data;
}

static void
test_lines(void)
{
	start();
	keys("ab");
	is_str(take(100, 0), "(wait)", "no line yet");
	keys("c\rnext\n");
	is_str(take(2, 0), "ab", "part of a line");
	is_str(take(100, 0), "c\n", "the rest of it, return is a new line");
	is_str(take(100, 0), "next\n", "one line a read");
	is_str(take(100, 0), "(wait)", "and no more");
	is_str(screen, "abc\r\nnext\r\n", "all of it was shown");
	start();
	keys("\004");
	is_str(take(100, 0), "", "end of file at the start of a line");
	keys("ab\004cd\n");
	is_str(take(100, 0), "ab", "after characters it is the end of a line");
	is_str(take(100, 0), "cd\n", "and not an end of file");
	keys("ab\004\004");
	is_str(take(2, 0), "ab", "read to the last byte");
	is_str(take(100, 0), "", "a second one is the end of the file");
	ldisc.attributes.cc[VEOL] = ';';
	keys("a;b");
	is_str(take(100, 0), "a;", "EOL ends a line and is part of it");
}

static void
test_editing(void)
{
	start();
	keys("abx\177c\n");
	is_str(take(100, 0), "abc\n", "erase");
	is_str(screen, "abx\b \bc\r\n", "and what it shows");
	start();
	keys("a\xc3\xa9\177b\n");
	is_str(
	    take(100, 0), "ab\n", "a character of two bytes is erased whole");
	is_str(screen, "a\xc3\xa9\b \bb\r\n", "from one column");
	start();
	keys("\177\177a\n");
	is_str(take(100, 0), "a\n", "erase stops at the start of the line");
	start();
	keys("one two  \027x\n");
	is_str(take(100, 0), "one x\n", "erase a word and blanks behind it");
	start();
	keys("gone\025kept\n");
	is_str(take(100, 0), "kept\n", "kill the line");
	is_str(screen, "gone\b \b\b \b\b \b\b \bkept\r\n", "and the screen's");
	start();
	keys("\026\003\026\004\n");
	is_str(take(100, 0), "\003\004\n", "literal keys");
	is_int(last_signal, 0, "mean nothing");
	is_str(screen, "^\b^C^\b^D\r\n", "shown with a caret");
	start();
	keys("ab\t\177c\n");
	is_str(screen, "ab\t\b \b\b \b\b \b\b \b\b \b\b \bc\r\n",
	    "a tab is erased over all its columns");
	start();
	keys("ab\022");
	is_str(screen, "ab^R\r\nab", "reprint");
	keys("\177\177\n");
	is_str(take(100, 0), "\n", "lines read before cannot be erased");
}

static void
test_modes(void)
{
	struct term_attributes a;

	start();
	a = ldisc.attributes;
	a.iflag = INLCR;
	ldisc_set(&ldisc, &a);
	keys("a\r\nb");
	is_str(take(100, 0), "(wait)", "INLCR: a new line ends no line");
	a.iflag = IGNCR;
	ldisc_set(&ldisc, &a);
	keys("\r\n");
	is_str(take(100, 0), "a\r\rb\n", "IGNCR: return is not seen");
	start();
	a = ldisc.attributes;
	a.lflag &= ~(uint32_t)ECHO;
	ldisc_set(&ldisc, &a);
	keys("secret\n");
	is_str(screen, "", "nothing is shown without ECHO");
	a.lflag |= ECHONL;
	ldisc_set(&ldisc, &a);
	keys("secret\n");
	is_str(screen, "\r\n", "but a new line with ECHONL");
	start();
	a = ldisc.attributes;
	a.lflag &= ~(uint32_t)(ECHOE | ECHOKE | ECHOCTL);
	ldisc_set(&ldisc, &a);
	keys("ab\025");
	is_str(screen, "ab\025\r\n", "ECHOK: a new line behind a kill");
}

static void
test_signals(void)
{
	start();
	keys("half\003");
	is_int(last_signal, SIGINT, "interrupt");
	is_str(screen, "half^C", "is shown");
	keys("x\n");
	is_str(take(100, 0), "x\n", "and drops the input");
	keys("\034");
	is_int(last_signal, SIGQUIT, "quit");
	keys("\032");
	is_int(last_signal, SIGTSTP, "stop");
	ldisc.attributes.lflag |= NOFLSH;
	keys("kept\003\n");
	is_str(take(100, 0), "kept\n", "NOFLSH: input is kept");
	last_signal = 0;
	ldisc.attributes.lflag &= ~(uint32_t)ISIG;
	keys("\003\n");
	is_int(last_signal, 0, "no signal without ISIG");
	is_str(take(100, 0), "\003\n", "the key is read");
	ldisc.attributes.lflag |= ISIG;
	ldisc.attributes.cc[VINTR] = 0;
	ldisc_input(&ldisc, "\0\n", 2);
	is_int(last_signal, 0, "a disabled key has no meaning");
}

static void
test_flow(void)
{
	start();
	keys("\023");
	ok(ldisc.stopped, "STOP stops output");
	keys("x");
	ok(ldisc.stopped, "another key does not start it");
	keys("\021");
	ok(!ldisc.stopped, "START does");
	ldisc.attributes.iflag |= IXANY;
	keys("\023y");
	ok(!ldisc.stopped, "with IXANY any key");
	keys("\n");
	is_str(take(100, 0), "xy\n", "which is read");
	keys("\023\003");
	ok(!ldisc.stopped, "an interrupt starts it");
	ldisc.attributes.iflag &= ~(uint32_t)IXON;
	keys("\023\n");
	is_str(take(100, 0), "\023\n", "without IXON it is a key like others");
}

static void
test_raw(void)
{
	start_raw(1, 0);
	is_str(take(10, 99), "(wait)", "MIN 1: wait for a byte");
	keys("\003a\r\004");
	is_str(take(2, 0), "\003a", "keys mean themselves");
	is_str(take(10, 0), "\r\004", "also those");
	start_raw(3, 0);
	keys("ab");
	is_str(take(10, 99), "(wait)", "MIN 3: two are not enough");
	is_str(take(2, 0), "ab", "but for who wants two");
	start_raw(0, 0);
	is_str(take(10, 0), "", "MIN 0, TIME 0: never waits");
	start_raw(0, 5);
	is_str(take(10, 4), "(wait)", "TIME: waits");
	is_str(take(10, 5), "", "until it is over");
	keys("a");
	is_str(take(10, 0), "a", "or a byte comes");
	start_raw(3, 5);
	is_str(take(10, 99), "(wait)", "MIN and TIME: not before a byte");
	keys("a");
	is_str(take(10, 4), "(wait)", "then for the time");
	is_str(take(10, 5), "a", "and what there is");
	start();
	keys("half");
	ldisc.attributes.cc[VMIN] = 1;
	{
		struct term_attributes a = ldisc.attributes;

		a.lflag &= ~(uint32_t)ICANON;
		ldisc_set(&ldisc, &a);
	}
	is_str(take(10, 0), "half", "a line begun is ready in raw mode");
}

static void
test_output(void)
{
	start();
	ldisc_output(&ldisc, "a\nb\tc", 5);
	is_str(screen, "a\r\nb\tc", "a new line returns, too");
	is_int(ldisc.column, 9, "columns are counted");
	start();
	ldisc.attributes.oflag = OPOST | OCRNL | ONLRET;
	ldisc_output(&ldisc, "a\rb", 3);
	is_str(screen, "a\nb", "OCRNL");
	is_int(ldisc.column, 1, "ONLRET: it returns");
	start();
	ldisc.attributes.oflag = OPOST | ONOCR;
	ldisc_output(&ldisc, "\ra\r", 3);
	is_str(screen, "a\r", "ONOCR: no return at column 0");
	start_raw(1, 0);
	ldisc_output(&ldisc, "a\nb", 3);
	is_str(screen, "a\nb", "without OPOST as it is");
}

static void
test_limits(void)
{
	bool good = true;

	start();
	for (unsigned i = 0; i < 3 * LDISC_INPUT; i++)
		keys("x");
	is_str(take(10, 0), "(wait)", "an endless line is no line");
	ok(screen[shown - 1] == '\a', "a bell tells");
	keys("\n");
	is_int(strlen(take(LDISC_INPUT, 0)), LDISC_LINE + 1, "it can be ended");
	for (unsigned i = 0; i < LDISC_INPUT; i++)
		keys("ab\n");
	for (unsigned i = 0; i < 1000; i++)
		good = good && strcmp(take(10, 0), "ab\n") == 0;
	ok(good, "what does not fit is lost, what did is whole");
	start_raw(1, 0);
	for (unsigned i = 0; i < 2 * LDISC_INPUT; i++)
		keys("x");
	is_int(strlen(take(LDISC_INPUT, 0)), LDISC_INPUT, "raw: a full ring");
}

/* Nothing of it may be wrong with memory, and no read longer than asked. */
static void
test_anything(void)
{
	bool good = true;
	char data[300];

	start();
	srand(1);
	for (unsigned i = 0; i < 200000; i++) {
		char key = (char)(rand() % 3 == 0 ? rand() : rand() % 32);
		size_t size = (size_t)rand() % sizeof(data) + 1;
		size_t got = 0;

		ldisc_input(&ldisc, &key, 1);
		if (rand() % 16 == 0 &&
		    ldisc_peek(&ldisc, data, size, &got, 0)) {
			good = good && got <= size;
			ldisc_consume(&ldisc, got);
		}
		if (rand() % 64 == 0) {
			struct term_attributes a = ldisc.attributes;

			a.lflag ^= 1U << rand() % 16;
			a.iflag ^= 1U << rand() % 14;
			a.oflag ^= 1U << rand() % 6;
			ldisc_set(&ldisc, &a);
		}
		good = good && ldisc.tail - ldisc.head <= LDISC_INPUT &&
		       ldisc.ready - ldisc.head <= ldisc.tail - ldisc.head;
	}
	ok(good, "any keys in any modes");
}

int
main(void)
{
	test_lines();
	test_editing();
	test_modes();
	test_signals();
	test_flow();
	test_raw();
	test_output();
	test_limits();
	test_anything();
	return test_done();
}
