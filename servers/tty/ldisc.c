/* SPDX-License-Identifier: BSD-2-Clause */
#include "ldisc.h"

#include <signal.h>
#include <string.h>
#include <termios.h>

#define MARK_NONE  0
#define MARK_LINE  1 /* a line ends with this byte */
#define MARK_EOF   2 /* a line ends before it, and it is not read */
#define LINE_END   2 /* bytes of room kept for it */
#define DELETE     0x7f
#define BELL       '\a'
#define DISABLED   0
#define CONTROL(c) ((c)&0x1f)

void
ldisc_init(struct ldisc *ldisc)
{
	struct term_attributes *a = &ldisc->attributes;

	memset(ldisc, 0, sizeof(*ldisc));
	a->iflag = ICRNL | IXON | IMAXBEL;
	a->oflag = OPOST | ONLCR;
	a->cflag = CS8 | CREAD | CLOCAL;
	a->lflag =
	    ISIG | ICANON | IEXTEN | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE;
	a->ispeed = a->ospeed = B115200;
	a->cc[VINTR] = CONTROL('C');
	a->cc[VQUIT] = CONTROL('\\');
	a->cc[VERASE] = DELETE;
	a->cc[VKILL] = CONTROL('U');
	a->cc[VEOF] = CONTROL('D');
	a->cc[VMIN] = 1;
	a->cc[VSTART] = CONTROL('Q');
	a->cc[VSTOP] = CONTROL('S');
	a->cc[VSUSP] = CONTROL('Z');
	a->cc[VREPRINT] = CONTROL('R');
	a->cc[VWERASE] = CONTROL('W');
	a->cc[VLNEXT] = CONTROL('V');
}

/* A byte of a UTF-8 character that is not its first. */
static bool
is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

bool
ldisc_is_canonical(const struct ldisc *ldisc)
{
	return (ldisc->attributes.lflag & ICANON) != 0;
}

static bool
has(const struct ldisc *ldisc, uint32_t lflag)
{
	return (ldisc->attributes.lflag & lflag) != 0;
}

static bool
is_key(const struct ldisc *ldisc, int index, unsigned char c)
{
	return c != DISABLED && ldisc->attributes.cc[index] == c;
}

/* One character to the screen, as OPOST says. */
static void
put(struct ldisc *ldisc, char c)
{
	uint32_t oflag = ldisc->attributes.oflag;

	if ((oflag & OPOST) != 0) {
		if (c == '\n' && (oflag & ONLCR) != 0) {
			ldisc->put(ldisc, "\r\n", 2);
			ldisc->column = 0;
			return;
		}
		if (c == '\r' && (oflag & OCRNL) != 0)
			c = '\n';
		if (c == '\r' && (oflag & ONOCR) != 0 && ldisc->column == 0)
			return;
	}
	ldisc->put(ldisc, &c, 1);
	if (c == '\r' || (c == '\n' && (oflag & ONLRET) != 0))
		ldisc->column = 0;
	else if (c == '\t')
		ldisc->column = (ldisc->column | 7) + 1;
	else if (c == '\b')
		ldisc->column -= ldisc->column > 0;
	else if ((unsigned char)c >= ' ' && !is_continuation(c))
		ldisc->column++;
}

/* The length of the plain characters at the front of data. */
static size_t
plain_run(const char *data, size_t size)
{
	size_t n = 0;

	while (n < size && (unsigned char)data[n] >= ' ')
		n++;
	return n;
}

void
ldisc_output(struct ldisc *ldisc, const char *data, size_t size)
{
	while (size > 0) {
		size_t run = plain_run(data, size);

		if (run > 0) {
			ldisc->put(ldisc, data, run);
			for (size_t i = 0; i < run; i++)
				ldisc->column += !is_continuation(data[i]);
		} else {
			put(ldisc, data[0]);
			run = 1;
		}
		data += run;
		size -= run;
	}
}

static bool
is_shown_as_control(const struct ldisc *ldisc, unsigned char c)
{
	return has(ldisc, ECHOCTL) && (c < ' ' || c == DELETE) && c != '\t' &&
	       c != '\n';
}

static void
echo(struct ldisc *ldisc, char c)
{
	if (is_shown_as_control(ldisc, (unsigned char)c)) {
		put(ldisc, '^');
		put(ldisc, (char)(c ^ 0x40));
	} else {
		put(ldisc, c);
	}
}

static char *
at(struct ldisc *ldisc, unsigned index)
{
	return &ldisc->data[index % LDISC_INPUT];
}

/* Columns that the line being edited takes, from where it began. */
static unsigned
line_columns(struct ldisc *ldisc)
{
	unsigned column = ldisc->start_column;

	for (unsigned i = ldisc->ready; i != ldisc->tail; i++) {
		unsigned char c = (unsigned char)*at(ldisc, i);

		if (c == '\t')
			column = (column | 7) + 1;
		else if (is_shown_as_control(ldisc, c))
			column += 2;
		else if (c >= ' ' && !is_continuation((char)c))
			column++;
	}
	return column;
}

/* The line has become shorter: take what is too much off the screen. */
static void
rub_out(struct ldisc *ldisc)
{
	unsigned wanted = line_columns(ldisc);

	while (ldisc->column > wanted) {
		put(ldisc, '\b');
		put(ldisc, ' ');
		put(ldisc, '\b');
	}
}

/* Take one character, which may be several bytes, off the line. */
static bool
drop_character(struct ldisc *ldisc)
{
	if (ldisc->tail == ldisc->ready)
		return false;
	while (--ldisc->tail != ldisc->ready &&
	       is_continuation(*at(ldisc, ldisc->tail)))
		;
	return true;
}

static void
erase(struct ldisc *ldisc)
{
	if (!drop_character(ldisc) || !has(ldisc, ECHO))
		return;
	if (has(ldisc, ECHOE))
		rub_out(ldisc);
	else
		echo(ldisc, (char)ldisc->attributes.cc[VERASE]);
}

static bool
ends_with_blank(struct ldisc *ldisc)
{
	char c = *at(ldisc, ldisc->tail - 1);

	return c == ' ' || c == '\t';
}

static void
erase_word(struct ldisc *ldisc)
{
	while (ldisc->tail != ldisc->ready && ends_with_blank(ldisc))
		(void)drop_character(ldisc);
	while (ldisc->tail != ldisc->ready && !ends_with_blank(ldisc))
		(void)drop_character(ldisc);
	if (has(ldisc, ECHO))
		rub_out(ldisc);
}

static void
kill_line(struct ldisc *ldisc)
{
	ldisc->tail = ldisc->ready;
	if (!has(ldisc, ECHO))
		return;
	if (has(ldisc, ECHOKE)) {
		rub_out(ldisc);
		return;
	}
	echo(ldisc, (char)ldisc->attributes.cc[VKILL]);
	if (has(ldisc, ECHOK))
		put(ldisc, '\n');
}

static void
reprint(struct ldisc *ldisc)
{
	echo(ldisc, (char)ldisc->attributes.cc[VREPRINT]);
	put(ldisc, '\n');
	ldisc->start_column = 0;
	for (unsigned i = ldisc->ready; i != ldisc->tail; i++)
		echo(ldisc, *at(ldisc, i));
}

/* The end of a line must always find room. */
size_t
ldisc_room(const struct ldisc *ldisc)
{
	unsigned used = ldisc->tail - ldisc->head;

	return used < LDISC_INPUT - LINE_END ? LDISC_INPUT - LINE_END - used
					     : 0;
}

static void
store(struct ldisc *ldisc, char c, char mark)
{
	unsigned limit = LDISC_INPUT;

	if (mark == MARK_NONE && ldisc_is_canonical(ldisc))
		limit = LDISC_INPUT - LINE_END;
	if (ldisc->tail - ldisc->head >= limit ||
	    (limit < LDISC_INPUT && ldisc->tail - ldisc->ready >= LDISC_LINE)) {
		if ((ldisc->attributes.iflag & IMAXBEL) != 0)
			put(ldisc, BELL);
		return;
	}
	if (ldisc->tail == ldisc->ready)
		ldisc->start_column = ldisc->column;
	*at(ldisc, ldisc->tail) = c;
	ldisc->mark[ldisc->tail % LDISC_INPUT] = mark;
	ldisc->tail++;
	if (mark != MARK_NONE || !ldisc_is_canonical(ldisc))
		ldisc->ready = ldisc->tail;
	if (mark != MARK_EOF &&
	    (has(ldisc, ECHO) ||
		(c == '\n' && has(ldisc, ECHONL) && ldisc_is_canonical(ldisc))))
		echo(ldisc, c);
}

void
ldisc_flush_input(struct ldisc *ldisc)
{
	ldisc->head = ldisc->ready = ldisc->tail;
	ldisc->literal = false;
}

/* Keys that mean a signal. */
static bool
take_signal(struct ldisc *ldisc, char c)
{
	unsigned char key = (unsigned char)c;
	int signal = 0;

	if (!has(ldisc, ISIG))
		return false;
	if (is_key(ldisc, VINTR, key))
		signal = SIGINT;
	else if (is_key(ldisc, VQUIT, key))
		signal = SIGQUIT;
	else if (is_key(ldisc, VSUSP, key))
		signal = SIGTSTP;
	if (signal == 0)
		return false;
	if (!has(ldisc, NOFLSH))
		ldisc_flush_input(ldisc);
	if (has(ldisc, ECHO))
		echo(ldisc, c);
	ldisc->stopped = false;
	ldisc->signal(ldisc, signal);
	return true;
}

/* Keys that stop and start output. */
static bool
take_flow(struct ldisc *ldisc, unsigned char key)
{
	if ((ldisc->attributes.iflag & IXON) == 0)
		return false;
	if (is_key(ldisc, VSTOP, key)) {
		ldisc->stopped = true;
		return true;
	}
	if (is_key(ldisc, VSTART, key) ||
	    (ldisc->stopped && (ldisc->attributes.iflag & IXANY) != 0)) {
		ldisc->stopped = false;
		return is_key(ldisc, VSTART, key);
	}
	return false;
}

/* Keys that edit the line. */
static bool
take_edit(struct ldisc *ldisc, unsigned char key)
{
	if (is_key(ldisc, VERASE, key) || (key == '\b' && has(ldisc, IEXTEN)))
		erase(ldisc);
	else if (is_key(ldisc, VKILL, key))
		kill_line(ldisc);
	else if (has(ldisc, IEXTEN) && is_key(ldisc, VWERASE, key))
		erase_word(ldisc);
	else if (has(ldisc, IEXTEN) && is_key(ldisc, VREPRINT, key))
		reprint(ldisc);
	else if (is_key(ldisc, VEOF, key))
		store(ldisc, (char)key, MARK_EOF);
	else
		return false;
	return true;
}

static void
take_canonical(struct ldisc *ldisc, char c)
{
	unsigned char key = (unsigned char)c;

	if (has(ldisc, IEXTEN) && is_key(ldisc, VLNEXT, key)) {
		ldisc->literal = true;
		if (has(ldisc, ECHO)) {
			put(ldisc, '^');
			put(ldisc, '\b');
		}
		return;
	}
	if (take_edit(ldisc, key))
		return;
	store(ldisc, c,
	    c == '\n' || is_key(ldisc, VEOL, key) ? MARK_LINE : MARK_NONE);
}

static void
take_key(struct ldisc *ldisc, char c)
{
	uint32_t iflag = ldisc->attributes.iflag;

	if ((iflag & ISTRIP) != 0)
		c &= 0x7f;
	if (ldisc->literal) {
		ldisc->literal = false;
		store(ldisc, c, MARK_NONE);
		return;
	}
	if (c == '\r' && (iflag & IGNCR) != 0)
		return;
	if (c == '\r' && (iflag & ICRNL) != 0)
		c = '\n';
	else if (c == '\n' && (iflag & INLCR) != 0)
		c = '\r';
	if (take_signal(ldisc, c) || take_flow(ldisc, (unsigned char)c))
		return;
	if (ldisc_is_canonical(ldisc))
		take_canonical(ldisc, c);
	else
		store(ldisc, c, MARK_NONE);
}

void
ldisc_input(struct ldisc *ldisc, const char *keys, size_t size)
{
	for (size_t i = 0; i < size; i++)
		take_key(ldisc, keys[i]);
}

static bool
peek_line(const struct ldisc *ldisc, char *data, size_t size, size_t *got)
{
	if (ldisc->head == ldisc->ready)
		return false;
	for (unsigned i = ldisc->head; i != ldisc->ready && *got < size; i++) {
		char mark = ldisc->mark[i % LDISC_INPUT];

		if (mark == MARK_EOF)
			break;
		data[(*got)++] = ldisc->data[i % LDISC_INPUT];
		if (mark == MARK_LINE)
			break;
	}
	return true;
}

bool
ldisc_peek(const struct ldisc *ldisc, char *data, size_t size, size_t *got,
    unsigned waited)
{
	unsigned there = ldisc->ready - ldisc->head;
	unsigned min = ldisc->attributes.cc[VMIN];
	unsigned time = ldisc->attributes.cc[VTIME];

	*got = 0;
	if (ldisc_is_canonical(ldisc))
		return peek_line(ldisc, data, size, got);
	if (min > size)
		min = (unsigned)size;
	if (there < min || (min == 0 && there == 0)) {
		/* With MIN the clock starts at the first byte. */
		bool late =
		    time > 0 && waited >= time && (min == 0 || there > 0);

		if (!late && !(min == 0 && time == 0))
			return false;
	}
	while (*got < size && *got < there) {
		data[*got] = ldisc->data[(ldisc->head + *got) % LDISC_INPUT];
		(*got)++;
	}
	return true;
}

/* An end of file right behind what was read is the end of that line. */
void
ldisc_consume(struct ldisc *ldisc, size_t size)
{
	bool line_ended = false;

	for (; size > 0 && ldisc->head != ldisc->ready; size--) {
		line_ended =
		    ldisc->mark[ldisc->head % LDISC_INPUT] == MARK_LINE;
		ldisc->head++;
	}
	if (!line_ended && ldisc->head != ldisc->ready &&
	    ldisc->mark[ldisc->head % LDISC_INPUT] == MARK_EOF)
		ldisc->head++;
}

void
ldisc_set(struct ldisc *ldisc, const struct term_attributes *attributes)
{
	bool was_canonical = ldisc_is_canonical(ldisc);

	ldisc->attributes = *attributes;
	if (was_canonical && !ldisc_is_canonical(ldisc))
		ldisc->ready = ldisc->tail;
	if ((attributes->iflag & IXON) == 0 && ldisc->stopped) {
		ldisc->stopped = false;
	}
}
