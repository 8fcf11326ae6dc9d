# SPDX-License-Identifier: BSD-2-Clause
HOST_TESTS += virtio_queue_test
virtio_queue_test_SRCS := lib/libvirtio/test/virtio_queue_test.c \
	lib/libvirtio/queue.c
virtio_queue_test_CPPFLAGS := -Iinclude -Iinclude/arch/x86_64
