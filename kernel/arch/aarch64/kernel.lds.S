/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Link map of the kernel image. File layout equals memory layout, because the
 * Image is what objcopy makes of the ELF file and its PE/COFF sections use file
 * offsets as addresses: one page of headers, what is executed or only read, what
 * is written. A section that is not named here would lie beyond what the PE
 * header tells the firmware to load: the linker refuses it. The symbols with _pe_ are values for the PE header in start.S.
 */
#include <machine/vm_param.h>

OUTPUT_ARCH(aarch64)
ENTRY(_start)

PHDRS
{
	text PT_LOAD FLAGS(5);
	rodata PT_LOAD FLAGS(4);
	data PT_LOAD FLAGS(6);
}

SECTIONS
{
	. = KERNEL_BASE;
	_image_start = .;
	.head : {
		KEEP(*(.head.text))
		. = ALIGN(4096);
	} :text
	_text_start = .;
	.text : {
		*(.text.vectors)
		_idmap_start = .;
		*(.text.idmap)
		_idmap_end = .;
		_copy_start = .;
		*(.text.copy)
		_copy_end = .;
		*(.text .text.*)
		. = ALIGN(4096);
	} :text
	_text_end = .;
	.rodata : {
		*(.rodata .rodata.*)
		*(.got .got.plt)
		. = ALIGN(16);
		__start_kobject_servers = .;
		KEEP(*(kobject_servers))
		__stop_kobject_servers = .;
		. = ALIGN(16);
		__start_ktests = .;
		KEEP(*(ktests))
		__stop_ktests = .;
		. = ALIGN(8);
		_pan_sites_start = .;
		KEEP(*(.pan_sites))
		_pan_sites_end = .;
		. = ALIGN(8);
		exception_table_start = .;
		KEEP(*(.exception_table))
		exception_table_end = .;
		. = ALIGN(4096);
	} :rodata
	_rodata_end = .;
	.data : {
		*(.data .data.*)
		. = ALIGN(4096);
	} :data
	_data_end = .;
	.bss : {
		_bss_start = .;
		*(.bss .bss.* COMMON)
		. = ALIGN(16);
		_bss_end = .;
	} :data
	/* Not cleared: written by start.S before the MMU is on. */
	.early (NOLOAD) : ALIGN(4096) {
		*(.early)
		. = ALIGN(4096);
	} :data
	_image_end = .;

	_image_size = _image_end - _image_start;
	_pe_text_size = _rodata_end - _text_start;
	_pe_data_start = _rodata_end - _image_start;
	_pe_data_file_size = _data_end - _rodata_end;
	_pe_data_size = _image_end - _rodata_end;
	_pe_entry = efi_entry - _image_start;

	/DISCARD/ : {
		*(.comment .note .note.* .eh_frame .eh_frame_hdr)
		*(.interp .dynamic .dynsym .dynstr .gnu.hash .hash)
	}
}

ASSERT(_bss_start == _data_end, "a section without a place before .bss")
ASSERT(_idmap_end - _image_start < 0x200000, "switch code beyond 2 MiB")
ASSERT(_image_size < 0x20000000, "image overlaps the early slots")
ASSERT(_image_size < 0x100000, "image beyond the reach of -mcmodel=tiny")
