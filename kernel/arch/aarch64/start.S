/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the loader to C. The image begins with the arm64 Image header, which is
 * at the same time the DOS header of a PE/COFF file with an EFI entry point.
 *
 *   plain:  x0 = FDT, MMU off, EL1 or EL2            start_plain
 *   EFI:    boot/efi_stub.c has moved the image to memory of its own and left
 *           boot services; MMU on, EL1 or EL2        efi_enter_kernel
 *
 * Both meet in start_common with x20 = FDT, x21 = EFI hand-over or 0, x22 =
 * where the image is. It drops to EL1, builds the early tables (the first 2 MiB
 * of the image one to one in TTBR0; image and FDT at their kernel addresses in
 * TTBR1), turns the MMU on and calls arch_head(fdt, handover, image).
 */
#include <machine/asm.h>
#include <machine/vm_param.h>

#define BLOCK_SHIFT   21
#define BLOCK_SIZE    0x200000
#define BLOCK_NORMAL  0x701 /* valid, normal, inner shareable, accessed */
#define BLOCK_READ    0x60000000000781 /* the same, read-only, never executed */
#define TABLE         3

/* RES1 bits, and what is wanted: see docs/arch-aarch64.md. */
#define SCTLR_OFF     0x30d00800
#define SCTLR_ON      0x34d5d91d

#define TCR_VALUE     0xb5103510 /* 48 bits each way, 4 KiB, write-back */
#define TCR_AS_BIT    36

#define HCR_VALUE     0x30080000000 /* EL1 is AArch64; no PAC traps */
#define CPTR_VALUE    0x33ff
#define SPSR_EL1H     0x3c5

#define HANDOVER_SIZE 0x10000

	.section .head.text, "ax"
	.globl _start
_start:
	add	x13, x18, #0x16		/* "MZ" when read as bytes */
	b	start_plain
	.quad	0			/* offset from a 2 MiB boundary */
	.quad	_image_size
	.quad	0xa			/* little endian, 4 KiB, anywhere */
	.quad	0, 0, 0
	.ascii	"ARM\x64"
	.long	pe_header - _start

	.balign 8
pe_header:
	.ascii	"PE\0\0"
	.short	0xaa64			/* machine */
	.short	2			/* sections */
	.long	0, 0, 0			/* time, symbols */
	.short	pe_sections - pe_optional
	.short	0x206			/* executable, stripped */
pe_optional:
	.short	0x20b			/* PE32+ */
	.byte	1, 0			/* linker version */
	.long	_pe_text_size
	.long	_pe_data_size
	.long	0
	.long	_pe_entry
	.long	0x1000			/* base of code */
	.quad	0			/* image base */
	.long	0x1000			/* section alignment */
	.long	0x1000			/* file alignment */
	.short	0, 0, 1, 0, 0, 0	/* versions */
	.long	0
	.long	_image_size
	.long	0x1000			/* size of headers */
	.long	0			/* check sum */
	.short	10			/* EFI application */
	.short	0x100			/* runs with data not executable */
	.quad	0, 0, 0, 0		/* stack and heap */
	.long	0
	.long	6			/* directories, all empty */
	.quad	0, 0, 0, 0, 0, 0
pe_sections:
	.ascii	".text\0\0\0"
	.long	_pe_text_size, 0x1000, _pe_text_size, 0x1000
	.long	0, 0, 0
	.long	0x60000020		/* code, read, execute */
	.ascii	".data\0\0\0"
	.long	_pe_data_size, _pe_data_start
	.long	_pe_data_file_size, _pe_data_start
	.long	0, 0, 0
	.long	0xc0000040		/* data, read, write */

	.section .text.idmap, "ax"

function start_plain
	mov	x20, x0
	mov	x21, xzr
	adrp	x22, _start
	b	start_common
end_function start_plain

/*
 * efi_enter_kernel(fdt, handover, image): the copy at `image` is clean to
 * memory. Continue in it, turn MMU and caches off.
 */
function efi_enter_kernel
	mov	x20, x0
	mov	x21, x1
	mov	x22, x2
	msr	daifset, #15
	adr	x3, 1f
	adrp	x4, _start
	sub	x3, x3, x4
	add	x3, x3, x22
	br	x3
1:	mrs	x3, CurrentEL
	cmp	x3, #8
	b.eq	2f
	mrs	x3, sctlr_el1
	and	x3, x3, #~(1 << 12)	/* I */
	and	x3, x3, #~(1 << 2)	/* C */
	and	x3, x3, #~(1 << 0)	/* M */
	msr	sctlr_el1, x3
	b	3f
2:	mrs	x3, sctlr_el2
	and	x3, x3, #~(1 << 12)	/* I */
	and	x3, x3, #~(1 << 2)	/* C */
	and	x3, x3, #~(1 << 0)	/* M */
	msr	sctlr_el2, x3
3:	isb
	ic	iallu
	dsb	sy
	isb
	b	start_common
end_function efi_enter_kernel

function start_common
	msr	daifset, #15
	mrs	x0, CurrentEL
	cmp	x0, #8
	b.ne	start_el1

	/* Nothing of EL1 traps to EL2, and EL1 starts with known settings. */
	ldr	x0, =HCR_VALUE
	msr	hcr_el2, x0
	isb
	mov	x0, #3
	msr	cnthctl_el2, x0
	msr	cntvoff_el2, xzr
	mov	x0, #CPTR_VALUE
	msr	cptr_el2, x0
	msr	hstr_el2, xzr
	msr	vttbr_el2, xzr
	mrs	x0, midr_el1
	msr	vpidr_el2, x0
	mrs	x0, mpidr_el1
	msr	vmpidr_el2, x0
	mrs	x0, id_aa64dfr0_el1
	ubfx	x0, x0, #8, #4		/* a performance monitor? */
	sub	x0, x0, #1
	cmp	x0, #14
	b.hs	1f
	mrs	x0, pmcr_el0
	ubfx	x0, x0, #11, #5		/* its counters are all EL1's */
	msr	mdcr_el2, x0
1:	mrs	x0, id_aa64pfr0_el1
	ubfx	x0, x0, #24, #4		/* GIC system registers? */
	cbz	x0, 2f
	mrs	x0, S3_4_C12_C9_5	/* ICC_SRE_EL2 */
	orr	x0, x0, #1		/* SRE */
	orr	x0, x0, #8		/* and EL1 may use it */
	msr	S3_4_C12_C9_5, x0
	isb
	mrs	x0, S3_4_C12_C9_5
	tbz	x0, #0, 2f
	msr	S3_4_C12_C11_0, xzr	/* ICH_HCR_EL2 */
2:	mrs	x0, id_aa64mmfr0_el1
	ubfx	x0, x0, #56, #4		/* fine-grained traps? */
	cbz	x0, 3f
	msr	S3_4_C1_C1_4, xzr	/* HFGRTR_EL2 */
	msr	S3_4_C1_C1_5, xzr	/* HFGWTR_EL2 */
	msr	S3_4_C1_C1_6, xzr	/* HFGITR_EL2 */
	msr	S3_4_C3_C1_4, xzr	/* HDFGRTR_EL2 */
	msr	S3_4_C3_C1_5, xzr	/* HDFGWTR_EL2 */
3:	ldr	x0, =SCTLR_OFF
	msr	sctlr_el1, x0
	mov	x0, #SPSR_EL1H
	msr	spsr_el2, x0
	adr	x0, start_el1
	msr	elr_el2, x0
	eret
end_function start_common

function start_el1
	ldr	x0, =SCTLR_OFF
	msr	sctlr_el1, x0
	isb
	msr	spsel, #1
	adrp	x23, early_tables
	mov	x24, #EARLY_TABLES_SIZE
	bl	start_invalidate
	mov	x0, x23
	add	x1, x23, x24
1:	stp	xzr, xzr, [x0], #16
	cmp	x0, x1
	b.lo	1b

	/* The first 2 MiB of the image, one to one. */
	add	x1, x23, #0x1000
	add	x2, x23, #0x2000
	ubfx	x3, x22, #39, #9
	orr	x4, x1, #TABLE
	str	x4, [x23, x3, lsl #3]
	ubfx	x3, x22, #30, #9
	orr	x4, x2, #TABLE
	str	x4, [x1, x3, lsl #3]
	ubfx	x3, x22, #BLOCK_SHIFT, #9
	mov	x5, #BLOCK_NORMAL
	orr	x4, x22, x5
	str	x4, [x2, x3, lsl #3]

	/* The image, with the hand-over that follows it, where it is linked. */
	add	x0, x23, #0x3000
	add	x1, x23, #0x4000
	add	x2, x23, #0x5000
	orr	x4, x1, #TABLE
	str	x4, [x0, #511 * 8]
	orr	x4, x2, #TABLE
	str	x4, [x1, #510 * 8]
	ldr	x6, =_image_size + BLOCK_SIZE - 1
	cbz	x21, 2f
	add	x6, x6, #HANDOVER_SIZE
2:	lsr	x6, x6, #BLOCK_SHIFT
	mov	x3, xzr
	orr	x4, x22, x5
3:	str	x4, [x2, x3, lsl #3]
	add	x4, x4, #BLOCK_SIZE
	add	x3, x3, #1
	cmp	x3, x6
	b.lo	3b

	/* The FDT: one block, or two where it crosses a boundary. */
	cbz	x20, 4f
	ldr	x5, =BLOCK_READ
	and	x3, x20, #~(BLOCK_SIZE - 1)
	orr	x4, x3, x5
	str	x4, [x2, #EARLY_SLOT_FDT * 8]
	ldr	w6, [x20, #4]
	rev	w6, w6
	and	x7, x20, #(BLOCK_SIZE - 1)
	add	x7, x7, x6
	cmp	x7, #BLOCK_SIZE >> 12, lsl #12
	b.ls	4f
	add	x4, x4, #BLOCK_SIZE
	str	x4, [x2, #(EARLY_SLOT_FDT + 1) * 8]

4:	bl	start_invalidate
	ldr	x1, =MAIR_VALUE
	msr	mair_el1, x1
	ldr	x1, =TCR_VALUE
	mrs	x2, id_aa64mmfr0_el1
	and	x3, x2, #15		/* physical address size, at most 48 */
	cmp	x3, #5
	mov	x4, #5
	csel	x3, x3, x4, lo
	bfi	x1, x3, #32, #3
	ubfx	x3, x2, #5, #1		/* 16 bits of ASID? */
	bfi	x1, x3, #TCR_AS_BIT, #1
	msr	tcr_el1, x1
	msr	ttbr0_el1, x23
	msr	ttbr1_el1, x0
	isb
	tlbi	vmalle1
	ic	iallu
	dsb	nsh
	isb
	ldr	x1, =SCTLR_ON
	msr	sctlr_el1, x1
	isb
	ldr	x1, =start_virtual
	br	x1
end_function start_el1

/* Drop what caches hold of [x23, x23 + x24); clobbers x8 to x10. */
function start_invalidate
	mrs	x8, ctr_el0
	ubfx	x8, x8, #16, #4
	mov	x9, #4
	lsl	x8, x9, x8
	mov	x9, x23
	add	x10, x23, x24
	dsb	sy
1:	dc	ivac, x9
	add	x9, x9, x8
	cmp	x9, x10
	b.lo	1b
	dsb	sy
	ret
end_function start_invalidate

/*
 * mmu_install(root): replace the kernel's tables under our feet. Runs in the
 * one-to-one mapping with the upper half turned off, so that no translation of
 * the old tables is used together with the new ones. Called at its kernel
 * address; x1 is the physical address of mmu_install_idmap.
 */
function mmu_install
	BTI_C
	br	x1
end_function mmu_install

function mmu_install_idmap
	hint	#36			/* bti j */
	mrs	x2, tcr_el1
	orr	x3, x2, #(1 << 23)	/* EPD1 */
	msr	tcr_el1, x3
	isb
	msr	ttbr1_el1, x0
	isb
	tlbi	vmalle1
	dsb	nsh
	isb
	msr	tcr_el1, x2
	isb
	ret
end_function mmu_install_idmap

	.text

function start_virtual
	hint	#36
	adrp	x1, vectors
	add	x1, x1, :lo12:vectors
	msr	vbar_el1, x1
	adrp	x1, boot_stack_top
	add	sp, x1, :lo12:boot_stack_top
	adrp	x0, _bss_start
	add	x0, x0, :lo12:_bss_start
	adrp	x1, _bss_end
	add	x1, x1, :lo12:_bss_end
1:	stp	xzr, xzr, [x0], #16
	cmp	x0, x1
	b.lo	1b
	msr	tpidr_el1, xzr
	mov	x29, xzr
	mov	x30, xzr
	mov	x0, x20
	mov	x1, x21
	mov	x2, x22
	b	arch_head
end_function start_virtual

	.section .early, "aw", %nobits
	.balign 4096
	.globl early_tables
early_tables:			/* one-to-one: 3 levels; kernel: 3 levels */
	.skip	0x6000
	.globl mmu_empty_root, early_fixmap
mmu_empty_root:			/* TTBR0 where there is no user space */
	.skip	0x1000
early_fixmap:			/* level 3 table of EARLY_SLOT_FIXMAP */
	.skip	0x1000
	.set	EARLY_TABLES_SIZE, . - early_tables
	.globl boot_stack_guard, boot_stack_top
boot_stack_guard:
	.skip	0x1000
boot_stack:
	.skip	KSTACK_SIZE
boot_stack_top:
