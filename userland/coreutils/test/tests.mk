# SPDX-License-Identifier: BSD-2-Clause
HOST_TEST_SCRIPTS += userland/coreutils/test/coreutils_test.sh
