# SPDX-License-Identifier: BSD-2-Clause
# The utilities: one file each.
UTILITIES += $(wildcard $(d)/*.c)
$(foreach file,$(wildcard $(d)/*.c),\
	$(eval $(basename $(notdir $(file)))_LIBS := libutil))

test_LINKS := /bin/[:test
grep_LINKS := /bin/egrep:grep /bin/fgrep:grep
