# SPDX-License-Identifier: BSD-2-Clause
# Mach_R: the one entry point. Sorts the goals, finds the output directory,
# and includes the engine (package/*.mk), which reads the build.mk files.
# docs/builder.md explains how to use it and how to add to it.

ifneq ($(filter 4.% 5.%,$(MAKE_VERSION)),$(MAKE_VERSION))
$(error Mach_R needs GNU make 4.3 or newer, this is $(MAKE_VERSION))
endif

all:
.PHONY: all
.SUFFIXES:
.DELETE_ON_ERROR:
.SECONDARY:
MAKEFLAGS += --no-builtin-rules --no-builtin-variables --no-print-directory
SHELL := /bin/sh
export LC_ALL := C
export TZ := UTC0
unexport GREP_OPTIONS CDPATH

# Parallel unless told otherwise, without asking a shell how many there are.
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(or $(words $(filter processor,$(file </proc/cpuinfo))),1)
endif

# All that is built lives in O. A relative O counts from the source tree.
O ?= output
override O := $(patsubst %/,%,$(O))
OUT := $(abspath $(O))
ifneq ($(words x $(OUT)),2)
$(error the output directory must not have spaces in its name: $(OUT))
endif
# Trees outside with parts, configurations and overlays of their own:
# EXTERNAL="DIR...", remembered in O.
ifeq ($(origin EXTERNAL),undefined)
EXTERNAL := $(if $(wildcard $(O)/.external),$(file <$(O)/.external))
endif
override EXTERNAL := $(abspath $(EXTERNAL))
ifneq ($(filter-out $(wildcard $(EXTERNAL)),$(EXTERNAL)),)
$(error EXTERNAL: no such folder: $(filter-out $(wildcard $(EXTERNAL)),$(EXTERNAL)))
endif
export V ?= 0
Q := $(if $(filter 0,$(V)),@)

# Goals that read nothing but the list of files; a defconfig may be named
# with others (make x_defconfig all), then it goes first.
PLAIN_GOALS := help list-defconfigs clean distclean run debug test bench check \
	fuzz-kernel posix-suite test-packages host-packages host-tests host-test-programs list-host-tests %_test
CONFIG_GOALS := menuconfig nconfig oldconfig olddefconfig savedefconfig \
	defconfig %_defconfig
goals := $(or $(MAKECMDGOALS),all)

ifneq ($(filter $(CONFIG_GOALS),$(goals)),)
ifneq ($(filter-out $(CONFIG_GOALS),$(goals)),)
mixed := y
endif
endif

ifdef mixed
# One goal at a time, so that each sees what the one before it wrote.
.PHONY: $(goals) in-order
$(goals): in-order ; @:
in-order:
	@for goal in $(goals); do $(MAKE) O=$(O) $$goal || exit 1; done
else
include package/help.mk
ifneq ($(filter host-tests host-test-programs list-host-tests %_test,$(goals)),)
include package/test.mk
endif
ifneq ($(filter-out $(PLAIN_GOALS),$(goals)),)
ifeq ($(filter $(CONFIG_GOALS),$(goals)),)
include $(O)/build/config.mk
build := y
endif
include package/component.mk
include package/config.mk
ifdef build
include package/rules.mk
endif
endif
endif
