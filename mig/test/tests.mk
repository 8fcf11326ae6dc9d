# SPDX-License-Identifier: BSD-2-Clause
HOST_TEST_SCRIPTS += mig/test/run.sh
