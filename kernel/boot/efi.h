/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The parts of the UEFI specification that booting needs: tables with the
 * members in their places, those not used as plain pointers.
 */
#ifndef BOOT_EFI_H
#define BOOT_EFI_H

#include <boot/bootinfo.h>

typedef uint64_t efi_status_t;
typedef void *efi_handle_t;

#define EFI_SUCCESS          0
#define EFI_ERROR(code)      (1ULL << 63 | (code))
#define EFI_LOAD_ERROR       EFI_ERROR(1)
#define EFI_BUFFER_TOO_SMALL EFI_ERROR(5)
#define EFI_OUT_OF_RESOURCES EFI_ERROR(9)
#define EFI_NOT_FOUND        EFI_ERROR(14)

struct efi_guid {
	uint32_t a;
	uint16_t b, c;
	uint8_t d[8];
};

enum efi_memory_type {
	EFI_RESERVED,
	EFI_LOADER_CODE,
	EFI_LOADER_DATA,
	EFI_BOOT_CODE,
	EFI_BOOT_DATA,
	EFI_RUNTIME_CODE,
	EFI_RUNTIME_DATA,
	EFI_CONVENTIONAL,
	EFI_UNUSABLE,
	EFI_ACPI_RECLAIM,
	EFI_ACPI_NVS,
};

#define EFI_MEMORY_WB 0x8ULL /* may be cached, write-back */

struct efi_memory_descriptor {
	uint32_t type;
	uint32_t pad;
	uint64_t physical_start;
	uint64_t virtual_start;
	uint64_t page_count;
	uint64_t attribute;
};

struct efi_table_header {
	uint64_t signature;
	uint32_t revision, size, crc, reserved;
};

enum efi_allocate_type {
	EFI_ALLOCATE_ANY,
	EFI_ALLOCATE_BELOW,
	EFI_ALLOCATE_AT,
};

struct efi_boot_services {
	struct efi_table_header header;
	void *raise_tpl, *restore_tpl;
	efi_status_t (*allocate_pages)(enum efi_allocate_type how,
	    uint32_t type, uint64_t count, uint64_t *address);
	efi_status_t (*free_pages)(uint64_t address, uint64_t count);
	efi_status_t (*get_memory_map)(uint64_t *size, void *map, uint64_t *key,
	    uint64_t *descriptor_size, uint32_t *version);
	void *allocate_pool, *free_pool;
	void *events[6];
	void *install_protocol, *reinstall_protocol, *uninstall_protocol;
	efi_status_t (*handle_protocol)(efi_handle_t handle,
	    const struct efi_guid *protocol, void **interface);
	void *reserved, *register_notify, *locate_handle;
	efi_status_t (*locate_device_path)(
	    const struct efi_guid *protocol, void **path, efi_handle_t *handle);
	void *install_table;
	void *image_load, *image_start, *image_exit, *image_unload;
	efi_status_t (*exit_boot_services)(efi_handle_t image, uint64_t key);
};

struct efi_configuration_table {
	struct efi_guid guid;
	void *table;
};

struct efi_text_output {
	void *reset;
	efi_status_t (*output_string)(
	    struct efi_text_output *self, const uint16_t *text);
};

struct efi_system_table {
	struct efi_table_header header;
	uint16_t *vendor;
	uint32_t firmware_revision;
	efi_handle_t console_in_handle;
	void *console_in;
	efi_handle_t console_out_handle;
	struct efi_text_output *console_out;
	efi_handle_t error_handle;
	struct efi_text_output *error;
	void *runtime_services;
	struct efi_boot_services *boot_services;
	uint64_t table_count;
	struct efi_configuration_table *tables;
};

struct efi_loaded_image {
	uint32_t revision;
	efi_handle_t parent;
	struct efi_system_table *system;
	efi_handle_t device;
	void *file_path, *reserved;
	uint32_t options_size; /* bytes */
	uint16_t *options;
	void *base;
	uint64_t size;
};

struct efi_load_file2 {
	efi_status_t (*load_file)(struct efi_load_file2 *self, void *path,
	    bool boot_policy, uint64_t *size, void *buffer);
};

#define EFI_GUID_LOADED_IMAGE                                       \
	{                                                           \
		0x5b1b31a1, 0x9562, 0x11d2,                         \
		{                                                   \
			0x8e, 0x3f, 0, 0xa0, 0xc9, 0x69, 0x72, 0x3b \
		}                                                   \
	}
#define EFI_GUID_DEVICE_TREE                                           \
	{                                                              \
		0xb1b621d5, 0xf19c, 0x41a5,                            \
		{                                                      \
			0x83, 0x0b, 0xd9, 0x15, 0x2c, 0x69, 0xaa, 0xe0 \
		}                                                      \
	}
#define EFI_GUID_LOAD_FILE2                                            \
	{                                                              \
		0x4006c0c1, 0xfcb3, 0x403e,                            \
		{                                                      \
			0x99, 0x6d, 0x4a, 0x6c, 0x87, 0x24, 0xe0, 0x6d \
		}                                                      \
	}
#define EFI_GUID_INITRD_MEDIA                                          \
	{                                                              \
		0x5568e427, 0x68fc, 0x4f3d,                            \
		{                                                      \
			0xac, 0x74, 0xca, 0x55, 0x52, 0x31, 0xcc, 0x68 \
		}                                                      \
	}

/* An EFI memory map into bootinfo (boot/efi_map.c). */
extern void efi_memory(
    const void *map, uint64_t size, uint64_t descriptor_size);

#endif
