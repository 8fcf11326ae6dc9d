# SPDX-License-Identifier: BSD-2-Clause
# Random bytes for servers: each has a generator of its own, so that none asks
# another for them.
LIBRARIES += librandom
librandom_SUMMARY := random bytes
librandom_LIBS := libmach
