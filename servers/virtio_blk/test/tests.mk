# SPDX-License-Identifier: BSD-2-Clause
HOST_TESTS += gpt_test
gpt_test_SRCS := servers/virtio_blk/test/gpt_test.c servers/virtio_blk/gpt.c
