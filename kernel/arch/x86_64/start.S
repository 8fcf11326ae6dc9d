/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the loader, in 32-bit protected mode without paging, to head() in long
 * mode. The first tables map the lowest 4 GiB three times: where it is (so that
 * this code goes on), at DIRECT_MAP_BASE, and its first GiB at KERNEL_BASE.
 */
#define PVH_MAGIC 0x336ec578 /* boot/loader.h */
#include <machine/regs.h>
#include <machine/vm_param.h>

#define PHYS(symbol) ((symbol) - KERNEL_BASE)

#define HEADER_MAGIC 0xe85250d6

	.section .boot.header, "a"
	.balign 8
header:
	.long HEADER_MAGIC
	.long 0 /* i386 protected mode */
	.long header_end - header
	.long 0x100000000 - (HEADER_MAGIC + (header_end - header))
	/* Needed: the memory map, modules; wanted: the rest. */
	.short 1, 0
	.long 16
	.long 6, 3
	/* Modules at page boundaries. */
	.short 6, 0
	.long 8
	/* Any picture is fine: without this GRUB warns that there is no console. */
	.short 5, 1
	.long 20
	.long 0, 0, 0
	.balign 8
	.short 0, 0
	.long 8
header_end:

	.section .note.pvh, "a", @note
	.balign 4
	.long 4, 8, 18 /* sizes of name and address, XEN_ELFNOTE_PHYS32_ENTRY */
	.asciz "Xen"
	.quad start_pvh

	.section .boot.text, "ax"
	.code32
	.globl start_multiboot2
start_multiboot2:
	movl %eax, %edi
	jmp start32

start_pvh:
	movl $PVH_MAGIC, %edi

/* EDI: the protocol; EBX: the physical address of its information. */
start32:
	cli
	cld
	movl %ebx, %ebp

	/* 2 MiB pages for 4 GiB; the memory is zero already. */
	movl $PHYS(boot_directories), %edx
	movl $0x83, %eax
	movl $2048, %ecx
1:	movl %eax, (%edx)
	addl $0x200000, %eax
	addl $8, %edx
	decl %ecx
	jnz 1b

	movl $(PHYS(boot_directories) + 3), %eax
	movl %eax, PHYS(boot_high) + 510 * 8
	movl $PHYS(boot_low), %edx
	movl $4, %ecx
1:	movl %eax, (%edx)
	addl $4096, %eax
	addl $8, %edx
	decl %ecx
	jnz 1b
	movl $(PHYS(boot_low) + 3), PHYS(boot_root)
	movl $(PHYS(boot_low) + 3), PHYS(boot_root) + 256 * 8
	movl $(PHYS(boot_high) + 3), PHYS(boot_root) + 511 * 8

	movl $(CR4_PAE | CR4_OSFXSR | CR4_OSXMMEXCPT), %eax
	movl %eax, %cr4
	movl $PHYS(boot_root), %eax
	movl %eax, %cr3
	movl $MSR_EFER, %ecx
	movl $(EFER_LME | EFER_NXE | EFER_SCE), %eax
	xorl %edx, %edx
	wrmsr
	movl $(CR0_PG | CR0_WP | CR0_NE | CR0_TS | CR0_MP | CR0_PE), %eax
	movl %eax, %cr0
	lgdt PHYS(gdt_pointer_low)
	ljmp $SEL_KERNEL_CODE, $start64_low

	.code64
start64_low:
	movabsq $start64, %rax
	jmp *%rax

	.text
start64:
	lgdt gdt_pointer
	xorl %eax, %eax
	movl %eax, %ds
	movl %eax, %es
	movl %eax, %ss
	movl %eax, %fs
	movl %eax, %gs
	movq $boot_stack_top, %rsp
	movl %ebp, %esi
	xorl %ebp, %ebp
	call head
	ud2

	.section .rodata
	.balign 8
boot_gdt:
	.quad 0
	.quad 0x00af9b000000ffff /* SEL_KERNEL_CODE */
	.quad 0x00cf93000000ffff /* SEL_KERNEL_DATA */
boot_gdt_end:
gdt_pointer_low:
	.short boot_gdt_end - boot_gdt - 1
	.long PHYS(boot_gdt)
	.balign 8
gdt_pointer:
	.short boot_gdt_end - boot_gdt - 1
	.quad boot_gdt

	/* The guard page is not mapped by the kernel's own tables. */
	.section .bss.page, "aw", @nobits
	.balign 4096
	.globl boot_stack_guard, boot_stack, boot_stack_top
boot_stack_guard:
	.skip 4096
boot_stack:
	.skip 4 * 4096
boot_stack_top:

	.section .boot.bss, "aw", @nobits
	.balign 4096
boot_root:
	.skip 4096
boot_low:
	.skip 4096
boot_high:
	.skip 4096
boot_directories:
	.skip 4 * 4096

	.section .note.GNU-stack, "", @progbits
