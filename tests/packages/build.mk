# SPDX-License-Identifier: BSD-2-Clause
# What the packages' tests share.
DATA += packages_tap
packages_tap_SUMMARY := TAP for scripts
packages_tap_FILES := $(d)/tap.sh:/tests/tap.sh

DATA += packages_configure
packages_configure_SUMMARY := packages are configured and built on the system
packages_configure_FILES := $(d)/configure.sh:/tests/configure/run

DATA += packages_power
packages_power_SUMMARY := what is at work when power is cut
packages_power_FILES := $(d)/power-sqlite.sh:/tests/power/sqlite \
	$(d)/power-make.sh:/tests/power/make
