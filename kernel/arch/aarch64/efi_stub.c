/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The image as an EFI application, which is how GRUB and other EFI boot
 * managers start it. Copies the image to memory of its own with the hand-over
 * behind it, finds the device tree, the command line and the archive, leaves
 * boot services and enters the copy (efi_enter_kernel in start.S).
 *
 * This runs wherever the firmware loaded the image, on the firmware's stack and
 * page tables, not at the address it is linked for: addresses of objects are
 * taken PC-relative, so no table of pointers may be used, and nothing in .bss
 * exists. On failure it says so and returns to the boot manager.
 */
#include <boot/efi.h>
#include <boot/fdt.h>
#include <kern/string.h>

#include "cache.h"
#include "efi_handover.h"
#include "mmu.h"

#define BLOCK_SIZE 0x200000UL
#define EXIT_TRIES 4

extern efi_status_t efi_entry(
    efi_handle_t image, struct efi_system_table *system);
extern _Noreturn void efi_enter_kernel(
    const void *fdt, struct efi_handover *handover, paddr_t image);
extern char _data_end[];

struct stub {
	efi_handle_t image;
	struct efi_system_table *system;
	struct efi_boot_services *boot;
	struct efi_handover *handover;
	const void *fdt;
	paddr_t copy; /* of the image */
};

static void
say(const struct stub *stub, const char *text)
{
	uint16_t wide[2] = {0, 0};

	for (; *text != '\0'; text++) {
		wide[0] = (uint16_t)*text;
		(void)stub->system->console_out->output_string(
		    stub->system->console_out, wide);
	}
}

static efi_status_t
fail(const struct stub *stub, efi_status_t status, const char *what)
{
	say(stub, "machr: ");
	say(stub, what);
	say(stub, "\r\n");
	return status;
}

static bool
guid_equal(const struct efi_guid *a, const struct efi_guid *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

static const void *
find_fdt(const struct stub *stub)
{
	const struct efi_guid guid = EFI_GUID_DEVICE_TREE;

	for (uint64_t i = 0; i < stub->system->table_count; i++) {
		if (guid_equal(&stub->system->tables[i].guid, &guid))
			return stub->system->tables[i].table;
	}
	return NULL;
}

/* Memory for image and hand-over, on a 2 MiB boundary. */
static efi_status_t
copy_image(struct stub *stub)
{
	size_t size = (size_t)(_image_end - _image_start);
	uint64_t pages = (size + EFI_HANDOVER_SIZE) >> VM_PAGE_SHIFT;
	uint64_t slack = BLOCK_SIZE >> VM_PAGE_SHIFT;
	uint64_t address = 0;
	uint64_t before;
	efi_status_t status;

	status = stub->boot->allocate_pages(
	    EFI_ALLOCATE_ANY, EFI_LOADER_CODE, pages + slack, &address);
	if (status != EFI_SUCCESS)
		return fail(stub, status, "no memory for the kernel");
	stub->copy = (address + BLOCK_SIZE - 1) & ~(BLOCK_SIZE - 1);
	before = (stub->copy - address) >> VM_PAGE_SHIFT;
	if (before > 0)
		(void)stub->boot->free_pages(address, before);
	if (before < slack)
		(void)stub->boot->free_pages(
		    stub->copy + (pages << VM_PAGE_SHIFT), slack - before);
	memcpy((void *)stub->copy, _image_start,
	    (size_t)(_data_end - _image_start));
	stub->handover = (struct efi_handover *)(stub->copy + size);
	memset(stub->handover, 0, sizeof(*stub->handover));
	return EFI_SUCCESS;
}

/* Load options: UTF-16, of which only ASCII means anything to us. */
static void
copy_options(struct stub *stub)
{
	const struct efi_guid guid = EFI_GUID_LOADED_IMAGE;
	struct efi_loaded_image *loaded;
	void *interface = NULL;
	char *to = stub->handover->cmdline;

	if (stub->boot->handle_protocol(stub->image, &guid, &interface) !=
	    EFI_SUCCESS)
		return;
	loaded = interface;
	if (loaded->options == NULL)
		return;
	for (uint32_t i = 0; i < loaded->options_size / 2; i++) {
		if (loaded->options[i] == 0 || i == BOOT_CMDLINE - 1)
			break;
		*to++ =
		    (char)(loaded->options[i] < 127 ? loaded->options[i] : '?');
	}
}

/* The archive from a loader that offers it by LoadFile2 on a vendor path. */
static void
load_archive(struct stub *stub)
{
	struct {
		uint8_t type, subtype, length[2];
		struct efi_guid guid;
		uint8_t end_type, end_subtype, end_length[2];
	} path = {4, 3, {20, 0}, EFI_GUID_INITRD_MEDIA, 0x7f, 0xff, {4, 0}};
	const struct efi_guid guid = EFI_GUID_LOAD_FILE2;
	struct efi_load_file2 *loader;
	efi_handle_t handle = NULL;
	void *at = &path;
	void *interface = NULL;
	uint64_t size = 0;
	uint64_t address = 0;

	if (stub->boot->locate_device_path(&guid, &at, &handle) !=
		EFI_SUCCESS ||
	    stub->boot->handle_protocol(handle, &guid, &interface) !=
		EFI_SUCCESS)
		return;
	loader = interface;
	if (loader->load_file(loader, at, false, &size, NULL) !=
	    EFI_BUFFER_TOO_SMALL)
		return;
	if (stub->boot->allocate_pages(EFI_ALLOCATE_ANY, EFI_LOADER_DATA,
		VM_ROUND_PAGE(size) >> VM_PAGE_SHIFT,
		&address) != EFI_SUCCESS ||
	    loader->load_file(loader, at, false, &size, (void *)address) !=
		EFI_SUCCESS)
		return;
	stub->handover->archive_start = address;
	stub->handover->archive_end = address + size;
}

/* The map's key is stale when anything was allocated since: try again. */
static efi_status_t
leave_boot_services(struct stub *stub)
{
	struct efi_handover *handover = stub->handover;
	efi_status_t status = EFI_LOAD_ERROR;

	for (int i = 0; i < EXIT_TRIES && status != EFI_SUCCESS; i++) {
		uint64_t key;
		uint32_t version;

		handover->map_size = EFI_HANDOVER_MAP_MAX;
		status = stub->boot->get_memory_map(&handover->map_size,
		    handover->map, &key, &handover->descriptor_size, &version);
		if (status != EFI_SUCCESS)
			return fail(stub, status, "no memory map");
		status = stub->boot->exit_boot_services(stub->image, key);
	}
	return status;
}

efi_status_t
efi_entry(efi_handle_t image, struct efi_system_table *system)
{
	struct stub stub = {
	    .image = image,
	    .system = system,
	    .boot = system->boot_services,
	};
	efi_status_t status;

	stub.fdt = find_fdt(&stub);
	if (stub.fdt == NULL || fdt_total_size(stub.fdt) == 0)
		return fail(&stub, EFI_NOT_FOUND,
		    "the firmware has no device tree (ACPI only?)");
	status = copy_image(&stub);
	if (status != EFI_SUCCESS)
		return status;
	copy_options(&stub);
	load_archive(&stub);
	status = leave_boot_services(&stub);
	if (status != EFI_SUCCESS)
		return fail(&stub, status, "boot services do not end");
	cache_clean_to_memory((void *)stub.copy,
	    (size_t)(_image_end - _image_start) + EFI_HANDOVER_SIZE);
	cache_clean_to_memory(stub.fdt, fdt_total_size(stub.fdt));
	efi_enter_kernel(stub.fdt, stub.handover, stub.copy);
}
