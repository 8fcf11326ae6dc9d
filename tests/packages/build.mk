# SPDX-License-Identifier: BSD-2-Clause
# What the packages' tests share.
DATA += packages_tap
packages_tap_SUMMARY := TAP for scripts
packages_tap_FILES := $(d)/tap.sh:/tests/tap.sh
