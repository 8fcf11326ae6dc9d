# SPDX-License-Identifier: BSD-2-Clause
# The kernel lives in the top 2 GiB; interrupts use the stack they find.

KERNEL_ARCH_CFLAGS := -mcmodel=kernel -mpreferred-stack-boundary=3 -mno-red-zone -fcf-protection=none \
	-fstack-protector-strong -mstack-protector-guard=global
KERNEL_ARCH_LDFLAGS := -Wl,-z,max-page-size=4096
# Its machines have ACPI tables.
KERNEL_ARCH_EXCLUDE := boot/fdt.c boot/fdt_boot.c
KERNEL_ARCH_NO_RETURN := -fomit-frame-pointer -ffixed-rbp \
	$(foreach n,bx 12 13 14 15,-fcall-used-r$(n))
