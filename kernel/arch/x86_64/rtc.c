/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The PC's clock chip, read once: the time of day at boot.
 */
#include <arch/timer.h>
#include <machine/io.h>

#include <kern/string.h>
#include <lib/acpi.h>

#define CMOS_INDEX   0x70
#define CMOS_DATA    0x71
#define STATUS_B     0x0b
#define STATUS_B_BIN 0x04
#define STATUS_B_24H 0x02
#define HOUR_PM      0x80

#define RTC_TRIES    100

struct rtc {
	uint8_t second, minute, hour, day, month, year, century;
};

static uint8_t
read_cmos(uint8_t reg)
{
	outb(CMOS_INDEX, reg);
	return inb(CMOS_DATA);
}

static struct rtc
read_registers(uint8_t century)
{
	return (struct rtc){
	    .second = read_cmos(0x00),
	    .minute = read_cmos(0x02),
	    .hour = read_cmos(0x04),
	    .day = read_cmos(0x07),
	    .month = read_cmos(0x08),
	    .year = read_cmos(0x09),
	    .century = century != 0 ? read_cmos(century) : 0,
	};
}

static uint8_t
from_bcd(uint8_t value)
{
	return (uint8_t)((value >> 4) * 10 + (value & 15));
}

static void
decode(struct rtc *rtc, uint8_t status)
{
	bool pm = (rtc->hour & HOUR_PM) != 0;

	rtc->hour &= (uint8_t)~HOUR_PM;
	if ((status & STATUS_B_BIN) == 0) {
		rtc->second = from_bcd(rtc->second);
		rtc->minute = from_bcd(rtc->minute);
		rtc->hour = from_bcd(rtc->hour);
		rtc->day = from_bcd(rtc->day);
		rtc->month = from_bcd(rtc->month);
		rtc->year = from_bcd(rtc->year);
		rtc->century = from_bcd(rtc->century);
	}
	if ((status & STATUS_B_24H) == 0)
		rtc->hour = (uint8_t)(rtc->hour % 12 + (pm ? 12 : 0));
}

/*
 * Days since 1970 of a date: years counted from March, so that the leap day
 * is the last, in which a month starts (153 m + 2) / 5 days into the year.
 */
static uint64_t
days_since_1970(unsigned year, unsigned month, unsigned day)
{
	unsigned m = (month + 9) % 12;
	unsigned y = year - (month < 3);

	return 365ULL * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 +
	       day - 1 - 719468;
}

/* The registers change while they are read: wait for two equal readings. */
uint64_t
clock_boot_epoch(void)
{
	struct acpi_fixed fixed = {.century = 0};
	struct rtc rtc, again;
	unsigned year, tries = RTC_TRIES;

	(void)acpi_fixed(&fixed);
	again = read_registers(fixed.century);
	do {
		rtc = again;
		again = read_registers(fixed.century);
	} while (memcmp(&rtc, &again, sizeof(rtc)) != 0 && --tries > 0);
	decode(&rtc, read_cmos(STATUS_B));
	if (tries == 0 || rtc.month < 1 || rtc.month > 12 || rtc.day < 1 ||
	    rtc.day > 31)
		return 0;
	year = rtc.year + (rtc.century >= 19 ? rtc.century * 100U : 2000U);
	return days_since_1970(year, rtc.month, rtc.day) * 86400 +
	       rtc.hour * 3600UL + rtc.minute * 60UL + rtc.second -
	       clock_uptime_ns() / 1000000000;
}
