# SPDX-License-Identifier: BSD-2-Clause
# Host unit tests: programs that print TAP, built with sanitizers. Declared in
# <dir>/test/tests.mk; needs no configuration.
#
#   make host-tests        all of them, through prove
#   make ipc_port_test     one, and its output

HOST_TESTS :=
$(foreach file,$(wildcard */test/tests.mk */*/test/tests.mk */*/*/test/tests.mk),\
	$(eval include $(file)))

TEST_B := $(O)/host-test
TEST_CC := gcc
TEST_FLAGS := -std=gnu17 -g -O1 -fno-common -fno-omit-frame-pointer \
	-fsanitize=address,undefined -fno-sanitize-recover=all \
	-Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -D_GNU_SOURCE \
	-I. -Ilib
TEST_ENV := ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 \
	UBSAN_OPTIONS=print_stacktrace=1

test-objects = $(patsubst %.c,$(TEST_B)/$1.o/%.o,$(filter %.c,$($1_SRCS)))
define test-rule
OBJS.$1 := $(call test-objects,$1)
$$(OBJS.$1): $(TEST_B)/$1.o/%.o: %.c package/test.mk
	$$(Q)mkdir -p $$(@D) && $(TEST_CC) $$($1_CPPFLAGS) $(TEST_FLAGS) $$($1_CFLAGS) \
	    -MMD -MP -c -o $$@ $$<
$(TEST_B)/$1: $$(OBJS.$1)
	$$(Q)$(TEST_CC) $(TEST_FLAGS) -o $$@ $$(filter %.o,$$^) $$($1_LDFLAGS)
.PHONY: $1
$1: $(TEST_B)/$1
	$$(Q)$(TEST_ENV) $$<
-include $(wildcard $(patsubst %.o,%.d,$(call test-objects,$1)))
endef
$(foreach test,$(HOST_TESTS),$(eval $(call test-rule,$(test))))

# A test script is any executable named in HOST_TEST_SCRIPTS; it prints TAP.
.PHONY: host-tests host-test-programs list-host-tests
host-test-programs: $(HOST_TESTS:%=$(TEST_B)/%)
host-tests: host-test-programs
	$(Q)$(TEST_ENV) prove -Q -e '' $(sort $(HOST_TESTS:%=$(TEST_B)/%) \
	    $(HOST_TEST_SCRIPTS))
list-host-tests:
	@printf '%s\n' $(sort $(HOST_TESTS:%=$(TEST_B)/%) $(HOST_TEST_SCRIPTS))
