/* SPDX-License-Identifier: BSD-2-Clause */
/* The strings of the C locale. */
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>

#include "locale_state.h"
#include "word.h"

static const char *const strings[] = {
    [RADIXCHAR] = ".",
    [YESEXPR] = "^[yY]",
    [NOEXPR] = "^[nN]",
    [CRNCYSTR] = "-",
    [D_T_FMT] = "%a %b %e %H:%M:%S %Y",
    [D_FMT] = "%m/%d/%y",
    [T_FMT] = "%H:%M:%S",
    [T_FMT_AMPM] = "%I:%M:%S %p",
    [AM_STR] = "AM",
    [PM_STR] = "PM",
    [DAY_1] = "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    [ABDAY_1] = "Sun",
    "Mon",
    "Tue",
    "Wed",
    "Thu",
    "Fri",
    "Sat",
    [MON_1] = "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    [ABMON_1] = "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
};

char *
nl_langinfo(nl_item item)
{
	const char *string = NULL;

	if (item == CODESET)
		string = __locale_is_utf8() ? "UTF-8" : "ASCII";
	else if (item > 0 &&
		 (size_t)item < sizeof(strings) / sizeof(strings[0]))
		string = strings[item];
	return UNCONST(char *, string != NULL ? string : "");
}

char *
nl_langinfo_l(nl_item item, locale_t locale)
{
	if (item == CODESET && locale != LC_GLOBAL_LOCALE)
		return UNCONST(char *,
		    __locale_object_is_utf8(locale) ? "UTF-8" : "ASCII");
	return nl_langinfo(item);
}
