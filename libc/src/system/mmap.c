/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory mapping: a file is the memory object that its server gives for it. */
#include <mach/vm_map_user.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <limits.h>
#include <servers/io_user.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "descriptor.h"
#include "limit.h"
#include "process.h"
#include "vm.h"

_Static_assert(PROT_READ == VM_PROT_READ && PROT_WRITE == VM_PROT_WRITE &&
		   PROT_EXEC == VM_PROT_EXECUTE,
    "protections are the kernel's");

#define ADDRESS_SPACE ((size_t)1 << 47) /* more than any task has */
#define PROT_ALL      (PROT_READ | PROT_WRITE | PROT_EXEC)

struct mapping {
	vm_address_t address;
	vm_size_t size;
	int prot;
	int flags;
	mach_port_t object;
	vm_offset_t offset;
};

static bool
valid(const struct mapping *mapping, size_t size, off_t offset)
{
	int kind = mapping->flags & (MAP_SHARED | MAP_PRIVATE);

	if (size == 0 || (mapping->prot & ~PROT_ALL) != 0 ||
	    (kind != MAP_SHARED && kind != MAP_PRIVATE) ||
	    offset % PAGESIZE != 0 ||
	    ((mapping->flags & MAP_FIXED) &&
		mapping->address % PAGESIZE != 0)) {
		errno = EINVAL;
		return false;
	}
	if (!(mapping->flags & MAP_ANONYMOUS) &&
	    (offset < 0 || (size <= ADDRESS_SPACE &&
			       size > (size_t)(INT64_MAX - offset)))) {
		errno = EOVERFLOW;
		return false;
	}
	if (size > ADDRESS_SPACE) {
		errno = ENOMEM;
		return false;
	}
	return true;
}

static bool
can_be_mapped(int fd)
{
	struct stat status;

	return fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

/* The memory object of a descriptor opened for what is wanted. */
static bool
get_object(struct mapping *mapping, int fd)
{
	mach_port_t port = __descriptor_port(fd);
	int access;
	int wanted = PROT_READ;

	if (port == MACH_PORT_NULL)
		return false;
	access = __descriptors[fd].flags & O_ACCMODE;
	if (access == O_WRONLY ||
	    ((mapping->flags & MAP_SHARED) && (mapping->prot & PROT_WRITE) &&
		access != O_RDWR)) {
		errno = can_be_mapped(fd) ? EACCES : ENODEV;
		return false;
	}
	if ((mapping->flags & MAP_SHARED) && access == O_RDWR)
		wanted |= PROT_WRITE;
	if (__result(io_map(port, wanted, &mapping->object)) == 0)
		return true;
	if (errno == EOPNOTSUPP)
		errno = ENODEV;
	return false;
}

/* What was at a fixed address goes away. */
static int
enter(struct mapping *mapping)
{
	bool fixed = (mapping->flags & MAP_FIXED) != 0;
	bool shared = (mapping->flags & MAP_SHARED) != 0;

	if (fixed)
		syscall_vm_deallocate(
		    mach_task_self(), mapping->address, mapping->size);
	else
		mapping->address = 0;
	return __result(vm_map(mach_task_self(), &mapping->address,
	    mapping->size, 0, !fixed, mapping->object, mapping->offset, !shared,
	    mapping->prot, PROT_ALL,
	    shared ? VM_INHERIT_SHARE : VM_INHERIT_COPY));
}

void *
mmap(void *address, size_t size, int prot, int flags, int fd, off_t offset)
{
	struct mapping mapping = {
	    .address = (vm_address_t)address,
	    .size = VM_ROUND_PAGE(size),
	    .prot = prot,
	    .flags = flags,
	    .object = MACH_PORT_NULL,
	    .offset = (vm_offset_t)offset,
	};
	int result;

	if (!valid(&mapping, size, offset) || !__limit_memory(mapping.size))
		return MAP_FAILED;
	if (!(flags & MAP_ANONYMOUS) && !get_object(&mapping, fd))
		return MAP_FAILED;
	result = enter(&mapping);
	__port_release(mapping.object);
	if (result == 0)
		__vm_mapped((void *)mapping.address, mapping.size);
	return result == 0 ? (void *)mapping.address : MAP_FAILED;
}

static bool
valid_range(const void *address, size_t size)
{
	if ((uintptr_t)address % PAGESIZE == 0 && size > 0 && size <= LONG_MAX)
		return true;
	errno = EINVAL;
	return false;
}

int
munmap(void *address, size_t size)
{
	if (!valid_range(address, size))
		return -1;
	__vm_unmapped(address, VM_ROUND_PAGE(size));
	return __result(syscall_vm_deallocate(
	    mach_task_self(), (vm_address_t)address, VM_ROUND_PAGE(size)));
}

int
mprotect(void *address, size_t size, int prot)
{
	kern_return_t code;

	if (size == 0)
		return 0;
	if (!valid_range(address, size))
		return -1;
	if (prot & ~PROT_ALL) {
		errno = EINVAL;
		return -1;
	}
	code = syscall_vm_protect(mach_task_self(), (vm_address_t)address,
	    VM_ROUND_PAGE(size), FALSE, prot);
	if (code == KERN_INVALID_ADDRESS) {
		errno = ENOMEM;
		return -1;
	}
	return __result(code);
}

int
msync(void *address, size_t size, int flags)
{
	vm_sync_t how = VM_SYNC_SYNCHRONOUS;

	if (!valid_range(address, size))
		return -1;
	if ((flags & ~(MS_ASYNC | MS_SYNC | MS_INVALIDATE)) != 0 ||
	    (flags & (MS_ASYNC | MS_SYNC)) == (MS_ASYNC | MS_SYNC)) {
		errno = EINVAL;
		return -1;
	}
	if ((flags & MS_INVALIDATE) && __vm_is_locked(address, size)) {
		errno = EBUSY;
		return -1;
	}
	if (flags & MS_ASYNC)
		how = VM_SYNC_ASYNCHRONOUS;
	if (flags & MS_INVALIDATE)
		how |= VM_SYNC_INVALIDATE;
	return __result(vm_msync(
	    mach_task_self(), (vm_address_t)address, VM_ROUND_PAGE(size), how));
}

int
posix_madvise(void *address, size_t size, int advice)
{
	(void)address;
	(void)size;
	return advice < POSIX_MADV_NORMAL || advice > POSIX_MADV_DONTNEED
		   ? EINVAL
		   : 0;
}
