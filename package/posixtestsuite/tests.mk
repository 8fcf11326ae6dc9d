# SPDX-License-Identifier: BSD-2-Clause
# Builds every test of the suite, in its source. One that cannot be built is a
# result too: made/<test>.state says RUN, HEADER (it only has to compile),
# COMPILE or LINK (it did not), made/<test>.log why. What is for scripts, which
# give it arguments, is left out. Some tests want to find their source or another
# program by the name that it has in the suite.

FLAGS := -std=gnu99 -O1 -w -D_POSIX_C_SOURCE=200112L -D_XOPEN_SOURCE=600 \
	-Iinclude
SOURCES := $(sort $(shell find conformance -name '*.c' -name '[0-9]*' \
	! -name '*-core-buildonly.c'))
STATES := $(SOURCES:%.c=made/%.state)
PLACE := $(DEST)/usr/lib/posixtestsuite

.PHONY: tests install
tests: $(STATES)

runner.bin: $(FOLDER)/runner.c
	$(CC) $(CFLAGS) -std=gnu17 -Wall -Wextra -Werror -o $@ $<

made/%.state: %.c
	@mkdir -p $(@D)
	@base=made/$*; \
	if ! $(CC) $(FLAGS) -c -o $$base.o $< 2>$$base.log; then \
		state=COMPILE; \
	elif ! $(NM) $$base.o | grep -q ' T main$$'; then \
		state=HEADER; \
	elif ! $(CC) -s -o $$base $$base.o 2>>$$base.log; then \
		state=LINK; \
	else \
		state=RUN; \
	fi; \
	rm -f $$base.o; \
	echo $$state >$@

install:
	mkdir -p $(PLACE)
	install -m 755 runner.bin $(PLACE)/runner
	for state in $(STATES); do \
		name=$${state#made/conformance/}; \
		echo "$${name%.state} $$(cat $$state)"; \
	done | sed 's,^interfaces/,,' >states
	grep -v ' RUN$$' states >$(PLACE)/not-run || true
	sed -n 's, RUN$$,,p' states >$(PLACE)/list
	while read -r name; do \
		file=made/conformance/interfaces/$$name; \
		[ -f $$file ] || file=made/conformance/$$name; \
		mkdir -p $(PLACE)/$${name%/*}; \
		cp $$file $(PLACE)/$$name; \
	done <$(PLACE)/list
	mkdir -p $(PLACE)/conformance
	ln -s .. $(PLACE)/conformance/interfaces
	ln -s 9-buildonly $(PLACE)/sigaltstack/9-buildonly.test
	cp conformance/interfaces/mlockall/3-7.c $(PLACE)/mlockall/
