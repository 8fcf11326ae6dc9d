# SPDX-License-Identifier: BSD-2-Clause
HOST_PROGRAMS += mig
mig_SUMMARY := the Mach interface generator

# On a host: make install-mig PREFIX=/usr DESTDIR=/tmp/package
PREFIX ?= /usr/local
.PHONY: install-mig
install-mig: mig
	$(Q)install -D $(O)/host/bin/mig $(DESTDIR)$(PREFIX)/bin/mig
	$(Q)install -D -m 644 mig/mig.1 $(DESTDIR)$(PREFIX)/share/man/man1/mig.1
