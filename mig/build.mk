# SPDX-License-Identifier: BSD-2-Clause
HOST_PROGRAMS += mig
mig_SUMMARY := the Mach interface generator
