/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: stty [-a | -g] [SETTING...]
 * help: show or change settings of the terminal that is standard input
 *
 * A SETTING is a flag (-FLAG turns it off), a control character and what it
 * shall be (^C, ^- or undef for none), a speed, "min N", "time N", "rows N",
 * "columns N", "size", "sane", "raw", "cooked", "cbreak", "nl", "evenp",
 * "oddp", or what -g printed.
 */
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("stty [-a | -g] [SETTING...]",
    "show or change settings of the terminal that is standard input");

enum word { CONTROL, INPUT, OUTPUT, LOCAL, WORDS };

/* `bits` of `mask` in one of the four words; `sane` is how it should be. */
static const struct flag {
	const char *name;
	enum word word;
	tcflag_t mask;
	tcflag_t bits;
	bool sane;
} flags[] = {
    {"parenb", CONTROL, PARENB, PARENB, false},
    {"parodd", CONTROL, PARODD, PARODD, false},
    {"cs5", CONTROL, CSIZE, CS5, false},
    {"cs6", CONTROL, CSIZE, CS6, false},
    {"cs7", CONTROL, CSIZE, CS7, false},
    {"cs8", CONTROL, CSIZE, CS8, true},
    {"hupcl", CONTROL, HUPCL, HUPCL, false},
    {"cstopb", CONTROL, CSTOPB, CSTOPB, false},
    {"cread", CONTROL, CREAD, CREAD, true},
    {"clocal", CONTROL, CLOCAL, CLOCAL, false},
    {"ignbrk", INPUT, IGNBRK, IGNBRK, false},
    {"brkint", INPUT, BRKINT, BRKINT, true},
    {"ignpar", INPUT, IGNPAR, IGNPAR, false},
    {"parmrk", INPUT, PARMRK, PARMRK, false},
    {"inpck", INPUT, INPCK, INPCK, false},
    {"istrip", INPUT, ISTRIP, ISTRIP, false},
    {"inlcr", INPUT, INLCR, INLCR, false},
    {"igncr", INPUT, IGNCR, IGNCR, false},
    {"icrnl", INPUT, ICRNL, ICRNL, true},
    {"ixon", INPUT, IXON, IXON, true},
    {"ixany", INPUT, IXANY, IXANY, false},
    {"ixoff", INPUT, IXOFF, IXOFF, false},
    {"opost", OUTPUT, OPOST, OPOST, true},
    {"onlcr", OUTPUT, ONLCR, ONLCR, true},
    {"ocrnl", OUTPUT, OCRNL, OCRNL, false},
    {"onocr", OUTPUT, ONOCR, ONOCR, false},
    {"onlret", OUTPUT, ONLRET, ONLRET, false},
    {"isig", LOCAL, ISIG, ISIG, true},
    {"icanon", LOCAL, ICANON, ICANON, true},
    {"iexten", LOCAL, IEXTEN, IEXTEN, true},
    {"echo", LOCAL, ECHO, ECHO, true},
    {"echoe", LOCAL, ECHOE, ECHOE, true},
    {"echok", LOCAL, ECHOK, ECHOK, true},
    {"echonl", LOCAL, ECHONL, ECHONL, false},
    {"noflsh", LOCAL, NOFLSH, NOFLSH, false},
    {"tostop", LOCAL, TOSTOP, TOSTOP, false},
};

static const struct character {
	const char *name;
	int index;
	cc_t sane;
} characters[] = {
    {"intr", VINTR, 'C' & 31},
    {"quit", VQUIT, '\\' & 31},
    {"erase", VERASE, 127},
    {"kill", VKILL, 'U' & 31},
    {"eof", VEOF, 'D' & 31},
    {"eol", VEOL, _POSIX_VDISABLE},
    {"start", VSTART, 'Q' & 31},
    {"stop", VSTOP, 'S' & 31},
    {"susp", VSUSP, 'Z' & 31},
};

static const struct speed {
	int baud;
	speed_t code;
} speeds[] = {
    {0, B0},
    {50, B50},
    {75, B75},
    {110, B110},
    {134, B134},
    {150, B150},
    {200, B200},
    {300, B300},
    {600, B600},
    {1200, B1200},
    {1800, B1800},
    {2400, B2400},
    {4800, B4800},
    {9600, B9600},
    {19200, B19200},
    {38400, B38400},
    {57600, B57600},
    {115200, B115200},
    {230400, B230400},
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static struct termios state;

static tcflag_t *
word_of(enum word word)
{
	tcflag_t *words[WORDS] = {
	    &state.c_cflag, &state.c_iflag, &state.c_oflag, &state.c_lflag};

	return words[word];
}

static void
apply_flag(const struct flag *flag, bool on)
{
	tcflag_t *word = word_of(flag->word);

	*word &= ~flag->mask;
	if (on)
		*word |= flag->bits;
}

static void
set_sane(void)
{
	for (size_t i = 0; i < COUNT(flags); i++)
		if (flags[i].sane || flags[i].mask == flags[i].bits)
			apply_flag(&flags[i], flags[i].sane);
	for (size_t i = 0; i < COUNT(characters); i++)
		state.c_cc[characters[i].index] = characters[i].sane;
}

/* "cooked" is the other way round. */
static void
set_raw(bool raw)
{
	if (!raw) {
		set_sane();
		return;
	}
	state.c_iflag &= ~(tcflag_t)(BRKINT | PARMRK | ISTRIP | INLCR | IGNCR |
				     ICRNL | IXON | INPCK);
	state.c_oflag &= ~(tcflag_t)OPOST;
	state.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
	state.c_cflag &= ~(tcflag_t)(CSIZE | PARENB);
	state.c_cflag |= CS8;
	state.c_cc[VMIN] = 1;
	state.c_cc[VTIME] = 0;
}

static void
set_parity(bool on, bool odd)
{
	state.c_cflag &= ~(tcflag_t)(CSIZE | PARENB | PARODD);
	state.c_cflag |= on ? CS7 | PARENB | (odd ? PARODD : 0U) : CS8;
}

/* Words that stand for several settings; false for another word. */
static bool
set_several(const char *name, bool on)
{
	if (strcmp(name, "sane") == 0 && on) {
		set_sane();
	} else if (strcmp(name, "raw") == 0) {
		set_raw(on);
	} else if (strcmp(name, "cooked") == 0) {
		set_raw(!on);
	} else if (strcmp(name, "cbreak") == 0) {
		state.c_lflag &= ~(tcflag_t)ICANON;
		state.c_lflag |= on ? 0U : ICANON;
	} else if (strcmp(name, "nl") == 0) {
		state.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR);
		state.c_oflag &= ~(tcflag_t)ONLCR;
		state.c_iflag |= on ? 0U : ICRNL;
		state.c_oflag |= on ? 0U : ONLCR;
	} else if (strcmp(name, "evenp") == 0 || strcmp(name, "parity") == 0) {
		set_parity(on, false);
	} else if (strcmp(name, "oddp") == 0) {
		set_parity(on, true);
	} else {
		return false;
	}
	return true;
}

static bool
set_flag(const char *name, bool on)
{
	for (size_t i = 0; i < COUNT(flags); i++) {
		if (strcmp(name, flags[i].name) != 0)
			continue;
		apply_flag(&flags[i], on);
		return true;
	}
	return set_several(name, on);
}

static cc_t
parse_character(const char *text)
{
	if (strcmp(text, "^-") == 0 || strcmp(text, "undef") == 0)
		return _POSIX_VDISABLE;
	if (strcmp(text, "^?") == 0)
		return 127;
	if (text[0] == '^' && text[1] != '\0' && text[2] == '\0')
		return (cc_t)(toupper((unsigned char)text[1]) & 31);
	if (text[0] == '\0' || text[1] != '\0')
		die("%s: not a character", text);
	return (cc_t)text[0];
}

static void
set_size(const char *name, const char *value)
{
	unsigned short number = (unsigned short)number_arg(value, 0, USHRT_MAX);
	struct winsize size;

	if (ioctl(STDIN_FILENO, TIOCGWINSZ, &size) != 0)
		die_errno("standard input");
	if (*name == 'r')
		size.ws_row = number;
	else
		size.ws_col = number;
	if (ioctl(STDIN_FILENO, TIOCSWINSZ, &size) != 0)
		die_errno(name);
}

/* A word and the word after it; false when it is none of those. */
static bool
set_value(const char *name, const char *value)
{
	bool minimum = strcmp(name, "min") == 0;

	if (value == NULL)
		return false;
	if (minimum || strcmp(name, "time") == 0) {
		state.c_cc[minimum ? VMIN : VTIME] =
		    (cc_t)number_arg(value, 0, UCHAR_MAX);
		return true;
	}
	if (strcmp(name, "rows") == 0 || strcmp(name, "columns") == 0 ||
	    strcmp(name, "cols") == 0) {
		set_size(name, value);
		return true;
	}
	for (size_t i = 0; i < COUNT(characters); i++) {
		if (strcmp(name, characters[i].name) != 0)
			continue;
		state.c_cc[characters[i].index] = parse_character(value);
		return true;
	}
	return false;
}

static bool
set_speed(const char *text)
{
	long long baud;

	if (!number_parse(text, 0, INT_MAX, &baud))
		return false;
	for (size_t i = 0; i < COUNT(speeds); i++)
		if (speeds[i].baud == baud)
			return cfsetispeed(&state, speeds[i].code) == 0 &&
			       cfsetospeed(&state, speeds[i].code) == 0;
	return false;
}

/* What -g printed: numbers in hexadecimal, with colons between. */
static bool
set_saved(const char *text)
{
	struct termios saved = state;
	tcflag_t *words[WORDS] = {
	    &saved.c_cflag, &saved.c_iflag, &saved.c_oflag, &saved.c_lflag};
	char *end;
	size_t i;

	if (strchr(text, ':') == NULL)
		return false;
	for (i = 0; i < WORDS + NCCS; i++) {
		unsigned long value = strtoul(text, &end, 16);

		if (end == text || *end != (i + 1 < WORDS + NCCS ? ':' : '\0'))
			return false;
		if (i < WORDS)
			*words[i] = (tcflag_t)value;
		else
			saved.c_cc[i - WORDS] = (cc_t)value;
		text = end + 1;
	}
	state = saved;
	return true;
}

static void
print_saved(void)
{
	for (enum word word = CONTROL; word < WORDS; word++)
		printf("%lx:", (unsigned long)*word_of(word));
	for (int i = 0; i < NCCS; i++)
		printf("%x%c", state.c_cc[i], i + 1 < NCCS ? ':' : '\n');
}

static void
print_character(const char *name, cc_t c)
{
	printf("%s = ", name);
	if (c == _POSIX_VDISABLE)
		printf("undef; ");
	else if (c < 32 || c == 127)
		printf("^%c; ", c ^ 64);
	else
		printf("%c; ", c);
}

static void
print_flags(enum word word, bool all)
{
	bool any = false;

	for (size_t i = 0; i < COUNT(flags); i++) {
		const struct flag *flag = &flags[i];
		bool on = (*word_of(word) & flag->mask) == flag->bits;

		if (flag->word != word || (!all && on == flag->sane) ||
		    (!on && flag->mask != flag->bits))
			continue;
		printf("%s%s%s", any ? " " : "", on ? "" : "-", flag->name);
		any = true;
	}
	if (any)
		putchar('\n');
}

/* All, or what is not as it should be. */
static void
print_state(bool all)
{
	struct winsize size;
	int baud = 0;

	for (size_t i = 0; i < COUNT(speeds); i++)
		if (speeds[i].code == cfgetospeed(&state))
			baud = speeds[i].baud;
	printf("speed %d baud;", baud);
	if (all && ioctl(STDIN_FILENO, TIOCGWINSZ, &size) == 0)
		printf(" rows %d; columns %d;", size.ws_row, size.ws_col);
	putchar('\n');
	for (size_t i = 0; all && i < COUNT(characters); i++)
		print_character(
		    characters[i].name, state.c_cc[characters[i].index]);
	if (all || !(state.c_lflag & ICANON))
		printf("min = %d; time = %d;\n", state.c_cc[VMIN],
		    state.c_cc[VTIME]);
	for (enum word word = CONTROL; word < WORDS; word++)
		print_flags(word, all);
}

static void
print_size(void)
{
	struct winsize size;

	if (ioctl(STDIN_FILENO, TIOCGWINSZ, &size) != 0)
		die_errno("standard input");
	printf("%d %d\n", size.ws_row, size.ws_col);
}

/* The settings from argv[0] on; true if the state has changed. */
static bool
set_all(char **argv)
{
	bool changed = false;

	for (; *argv != NULL; argv++) {
		const char *name = *argv;

		if (strcmp(name, "size") == 0) {
			print_size();
			continue;
		}
		changed = true;
		if (set_value(name, argv[1]))
			argv++;
		else if (!(*name == '-' ? set_flag(name + 1, false)
					: set_flag(name, true)) &&
			 !set_speed(name) && !set_saved(name))
			die("%s: unknown setting", name);
	}
	return changed;
}

int
main(int argc, char **argv)
{
	util_init(argc, argv);
	if (tcgetattr(STDIN_FILENO, &state) != 0)
		die_errno("standard input");
	if (argc == 1)
		print_state(false);
	else if (argc == 2 && strcmp(argv[1], "-a") == 0)
		print_state(true);
	else if (argc == 2 && strcmp(argv[1], "-g") == 0)
		print_saved();
	else if (set_all(argv + 1) &&
		 tcsetattr(STDIN_FILENO, TCSADRAIN, &state) != 0)
		die_errno("standard input");
	return util_exit(0);
}
