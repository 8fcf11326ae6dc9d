# SPDX-License-Identifier: BSD-2-Clause
# KERNEL_FLAT: loaders want the arm64 Image, a flat copy of the ELF file.

KERNEL_ARCH_CFLAGS := -mcmodel=tiny -mbranch-protection=bti \
	-fno-unwind-tables -fstack-protector-strong
KERNEL_ARCH_LDFLAGS := -Wl,-z,max-page-size=4096
KERNEL_FLAT := machr.Image
# They come with a device tree, by EFI or none.
KERNEL_ARCH_EXCLUDE := boot/multiboot2.c boot/pvh.c lib/acpi.c \
	lib/acpi_tables.c
KERNEL_ARCH_NO_RETURN := $(foreach n,19 20 21 22 23 24 25 26 27 28,\
	-fcall-used-x$(n))
