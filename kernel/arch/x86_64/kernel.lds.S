/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The link map. The image is loaded at 2 MiB and, but for the 32-bit entry
 * code, linked at KERNEL_BASE plus where it is loaded. Sections of different
 * protection never share a page.
 */
#include <machine/vm_param.h>

OUTPUT_FORMAT(elf64-x86-64)
ENTRY(start_multiboot2)

PHDRS
{
	boot PT_LOAD FLAGS(5);
	text PT_LOAD FLAGS(5);
	rodata PT_LOAD FLAGS(4);
	data PT_LOAD FLAGS(6);
	note PT_NOTE FLAGS(4);
}

SECTIONS
{
	. = 0x200000;
	kernel_start = .;
	.boot : {
		KEEP(*(.boot.header))
		*(.boot.text)
	} :boot
	.note.pvh : { KEEP(*(.note.pvh)) } :boot :note

	. = ALIGN(4096) + KERNEL_BASE;
	text_start = .;
	.text : AT(ADDR(.text) - KERNEL_BASE) {
		*(.text .text.*)
	} :text
	. = ALIGN(4096);
	text_end = .;

	.rodata : AT(ADDR(.rodata) - KERNEL_BASE) {
		*(.rodata .rodata.*)
	} :rodata
	.exception_table : AT(ADDR(.exception_table) - KERNEL_BASE) {
		exception_table_start = .;
		KEEP(*(.exception_table))
		exception_table_end = .;
	} :rodata
	.smap_sites : AT(ADDR(.smap_sites) - KERNEL_BASE) {
		smap_sites_start = .;
		KEEP(*(.smap_sites))
		smap_sites_end = .;
	} :rodata
	kobject_servers : AT(ADDR(kobject_servers) - KERNEL_BASE) {
		__start_kobject_servers = .;
		KEEP(*(kobject_servers))
		__stop_kobject_servers = .;
		. = ALIGN(16);
		__start_ktests = .;
		KEEP(*(ktests))
		__stop_ktests = .;
	} :rodata
	. = ALIGN(4096);
	rodata_end = .;

	.data : AT(ADDR(.data) - KERNEL_BASE) {
		*(.data .data.*)
	} :data
	.bss : AT(ADDR(.bss) - KERNEL_BASE) {
		*(.bss.page)
		*(.bss .bss.* COMMON)
		. = ALIGN(4096);
	} :data
	kernel_end = .;
	/* Tables of start.S, free again once the kernel has its own. */
	.boot.bss (NOLOAD) : AT(ADDR(.boot.bss) - KERNEL_BASE) {
		*(.boot.bss)
	} :data
	boot_bss_end = .;

	/DISCARD/ : {
		*(.comment .note.GNU-stack .note.gnu.property .eh_frame)
	}
}
