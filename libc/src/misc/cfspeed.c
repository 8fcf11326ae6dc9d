/* SPDX-License-Identifier: BSD-2-Clause */
/* Line speeds in struct termios, and raw mode. */
#include <errno.h>
#include <termios.h>

speed_t
cfgetispeed(const struct termios *attributes)
{
	return attributes->__c_ispeed;
}

speed_t
cfgetospeed(const struct termios *attributes)
{
	return attributes->__c_ospeed;
}

int
cfsetispeed(struct termios *attributes, speed_t speed)
{
	if (speed > B230400) {
		errno = EINVAL;
		return -1;
	}
	attributes->__c_ispeed = speed;
	return 0;
}

int
cfsetospeed(struct termios *attributes, speed_t speed)
{
	if (speed > B230400) {
		errno = EINVAL;
		return -1;
	}
	attributes->__c_ospeed = speed;
	return 0;
}

void
cfmakeraw(struct termios *attributes)
{
	attributes->c_iflag &= ~(tcflag_t)(IGNBRK | BRKINT | PARMRK | ISTRIP |
					   INLCR | IGNCR | ICRNL | IXON);
	attributes->c_oflag &= ~(tcflag_t)OPOST;
	attributes->c_lflag &=
	    ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
	attributes->c_cflag &= ~(tcflag_t)(CSIZE | PARENB);
	attributes->c_cflag |= CS8;
	attributes->c_cc[VMIN] = 1;
	attributes->c_cc[VTIME] = 0;
}
