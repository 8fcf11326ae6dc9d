# SPDX-License-Identifier: BSD-2-Clause
# The parts of the C library that need no system, tested on the host under
# names of their own (rename.h), most of them against the host's results.
LIBC_TEST_CPPFLAGS := -include libc/test/rename.h -Ilibc/include \
	-Ilibc/arch/x86_64/include -Ilibc/internal -Ilibc/test
LIBC_TEST_CFLAGS := -ffreestanding -Wno-redundant-decls
LIBC_TEST_COMMON := libc/test/host.c $(wildcard libc/src/string/*.c \
	libc/src/ctype/*.c libc/src/number/*.c libc/src/malloc/*.c \
	libc/src/locale/*.c libc/src/errno/*.c) \
	$(filter-out %/wcsftime.c,$(wildcard libc/src/wchar/*.c)) \
	$(filter-out %/popen.c %/tmpfile.c %/remove.c,$(wildcard \
	libc/src/stdio/*.c)) libc/arch/x86_64/longdouble.c \
	$(addprefix libc/src/stdlib/,strtol.c strtod.c atoi.c getenv.c \
	bsearch.c)
LIBC_TEST_MORE := $(addprefix libc/src/stdlib/,qsort.c setenv.c \
	a64l.c drand48.c div.c) \
	$(addprefix libc/src/misc/,fnmatch.c fmtmsg.c getopt.c libgen.c) \
	$(addprefix libc/src/time/,date.c tz.c tzset.c localtime.c mktime.c \
	asctime.c strftime.c strptime.c) libc/src/wchar/wcsftime.c \
	$(wildcard libc/src/search/*.c)
LIBC_TESTS := libc_string_test libc_format_test libc_stdio_test \
	libc_sort_test libc_malloc_test libc_misc_test libc_regex_test \
	libc_wide_test libc_net_test

HOST_TESTS += $(LIBC_TESTS)
$(foreach test,$(LIBC_TESTS),\
	$(eval $(test)_SRCS := libc/test/$(test).c $(LIBC_TEST_COMMON)) \
	$(eval $(test)_CPPFLAGS := $(LIBC_TEST_CPPFLAGS)) \
	$(eval $(test)_CFLAGS := $(LIBC_TEST_CFLAGS)))
libc_stdio_test_SRCS += libc/src/system/mntent.c
libc_misc_test_SRCS += $(LIBC_TEST_MORE)
libc_wide_test_SRCS += libc/src/iconv/iconv.c libc/src/stdlib/rand.c $(LIBC_TEST_MORE)
libc_sort_test_SRCS += libc/src/stdlib/qsort.c
libc_net_test_SRCS += $(wildcard libc/src/net/*.c)
libc_regex_test_SRCS += $(wildcard libc/src/regex/*.c)

# The string functions that x86_64 has of its own, by the same tests.
HOST_TESTS += libc_string_x86_64_test
libc_string_x86_64_test_SRCS := $(filter-out %/memcpy.c %/memset.c,\
	$(libc_string_test_SRCS)) libc/arch/x86_64/memcpy.c \
	libc/arch/x86_64/memset.c
libc_string_x86_64_test_CPPFLAGS := $(LIBC_TEST_CPPFLAGS)
libc_string_x86_64_test_CFLAGS := $(LIBC_TEST_CFLAGS)
