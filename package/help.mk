# SPDX-License-Identifier: BSD-2-Clause
# Goals that need neither a configuration nor the parts of the tree.

BOARDS := $(sort $(patsubst configs/%_defconfig,%,$(wildcard configs/*_defconfig)))
DEFAULT_BOARD := qemu_x86_64

define HELP
Mach_R

  make run                  install what the host lacks, build, boot in QEMU
  make                      build output/images/<board>.img
  make test                 every test; ends with one summary
  make check                style, layers, static analysis: under 2 minutes
  make host-tests           unit tests only; make <name>_test: one of them
  make bench                what operations cost, in instructions
  make debug                as run, stopped, with a GDB port
  make fuzz-kernel          10 million calls at random; SEED= CALLS=
  make test-packages        every package's own tests, the long ones too; ARCHS=
  make posix-suite          the Open POSIX Test Suite; SUITE="WORD..." ARCHS=

Configuration (O=DIR: one configuration a directory; default: output)
  make <board>_defconfig    $(BOARDS)
  make menuconfig           choose in a menu (nconfig: another menu)
  make oldconfig            ask about new options (olddefconfig: defaults)
  make savedefconfig        write the minimal form back
  make list-defconfigs      the boards, a line each

One part of the tree (kernel, mig, libc, ext2, cat...)
  make <part>               build it and stage its files
  make <part>-rebuild       the same, from nothing
  make <part>-dirclean      remove all that was built of it
  make <part>-why           what changed since it was last built
  make <part>-show-depends  what it needs
  make list-parts           the selected ones
  make install-mig          mig and its manual on this machine (PREFIX, DESTDIR)

Packages (docs/adding-a-package.md; their goals: make <package>-source,
-extract, -patch, -configure, -build, -reconfigure, and those above)
  make source               fetch all sources, for a build without network
  make sdk                  a compiler and libraries to build programs outside
  make legal-info           licences and sources; sbom, show-info: as JSON
  make graph-size           a table and a picture; graph-depends, graph-build

  make host-packages        install the host packages (apt)
  make clean                remove all that was built, keep the configuration
  make distclean            remove $(O) whole
  V=1 shows commands; -jN sets the jobs (default: all processors)
endef

.PHONY: help list-defconfigs clean distclean host-packages run debug test bench check \
	fuzz-kernel posix-suite test-packages
help:
	$(info $(HELP)) @:

list-defconfigs:
	@for board in $(BOARDS); do \
		printf '%-24s %s\n' $${board}_defconfig \
		    "$$(sed -n '1s/^# //p' configs/$${board}_defconfig)"; \
	done
	@for file in $(wildcard $(EXTERNAL:%=%/configs/*_defconfig)); do \
		printf '%-24s %s (%s)\n' $${file##*/} \
		    "$$(sed -n '1s/^# //p' $$file)" $${file%/configs/*}; \
	done

clean:
	$(Q)rm -rf $(addprefix $(O)/,build key log host host-test run stage staging cross sysroot sysroot.list sdk graphs legal-info root root.list images check tests)

distclean:
	$(Q)rm -rf $(O)

host-packages:
	$(Q)scripts/host-packages

# Each of these sets the machine up first, then builds in a make of its own,
# so that what was missing when this one began is there.
built = scripts/host-packages && $(MAKE) --no-print-directory O=$(O) all

run:
	+$(Q)$(built) && exec scripts/run-qemu $(O)

debug:
	+$(Q)$(built) && exec scripts/run-qemu --gdb $(O)

check:
	$(Q)scripts/host-packages && scripts/check $(O)

test:
	$(Q)scripts/host-packages && scripts/test $(O)

bench:
	$(Q)scripts/host-packages && mkdir -p $(O) && scripts/bench $(O)

SEED ?= 1
CALLS ?= 10000000
fuzz-kernel:
	$(Q)scripts/host-packages && mkdir -p $(O) && \
	    scripts/fuzz-kernel $(O) $(SEED) $(CALLS)

# Words are parts of names of tests; none: all.
SUITE ?=
ARCHS ?= x86_64 aarch64
test-packages:
	$(Q)scripts/host-packages && mkdir -p $(O) && \
	    ARCHS='$(ARCHS)' scripts/test-packages $(O)
posix-suite:
	$(Q)scripts/host-packages && mkdir -p $(O) && \
	    ARCHS='$(ARCHS)' scripts/posix-suite $(O) $(SUITE)
