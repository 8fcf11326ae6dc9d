/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tests of the external pager protocol with a scripted pager: a file of pages
 * whose first byte is their number, and what came back of it.
 */
#include <ipc/ipc_kobject.h>
#include <kern/panic.h>
#include <kern/thread.h>
#include <libtest/test.h>
#include <memory_object_control_server.h>
#include <stdlib.h>
#include <string.h>
#include <vm/pmap.h>
#include <vm/vm_map.h>
#include <vm/vm_map_copy.h>
#include <vm/vm_pageout.h>
#include <vm/vm_pager.h>

#include "vm_host.h"

#define P          VM_PAGE_SIZE
#define FILE_PAGES 256

static unsigned char file[FILE_PAGES];
static struct {
	mach_port_t port;
	mach_port_t control;
	bool cache;     /* may_cache */
	bool silent;    /* answers nothing */
	bool error;     /* data_error for every request */
	bool hole;      /* data_unavailable */
	bool move;      /* supply memory that moves */
	vm_prot_t lock; /* lock value of supplied pages */
	unsigned inits, requests, pages, terminates, returns, unlocks, locked;
} pager;

static struct vm_object *
object(void)
{
	return convert_port_to_memory_object(pager.control);
}

/* A page's worth of data, in memory that is moved or copied. */
static struct vm_map_copy *
contents(unsigned first, unsigned count)
{
	struct vm_map_copy *copy;
	struct vm_map *map;
	vm_address_t a = 0;
	int fail_in = vm_host_fail_in;

	vm_host_fail_in = -1; /* the pager is not the one tested */
	map = vm_map_create();
	vm_map_allocate(map, &a, count * P, true, VM_PROT_DEFAULT);
	for (unsigned i = 0; i < count; i++)
		vm_host_store(map, a + i * P, file[first + i]);
	if (vm_map_copyin(map, a, count * P, pager.move, &copy) != KERN_SUCCESS)
		panic("the pager has no memory");
	vm_map_destroy(map);
	vm_host_fail_in = fail_in;
	return copy;
}

static void
answer(const struct vm_host_message *m)
{
	struct vm_object *held = object();
	unsigned first = (unsigned)(m->offset / P);
	unsigned count = (unsigned)(m->size / P);

	pager.requests++;
	pager.pages += count;
	if (pager.error)
		memory_object_data_error(held, m->offset, m->size, 5);
	else if (pager.hole)
		memory_object_data_unavailable(held, m->offset, m->size);
	else
		memory_object_data_supply(held, m->offset,
		    (vm_offset_t)contents(first, count),
		    (mach_msg_type_number_t)m->size, pager.lock, false,
		    MACH_PORT_NULL);
	vm_object_release(held);
}

static void
take_back(const struct vm_host_message *m)
{
	for (vm_size_t at = 0; at < m->size; at += P)
		vm_map_copy_read_at(
		    m->data, at, &file[(m->offset + at) / P], 1);
	vm_map_copy_discard(m->data);
	pager.returns++;
}

static void
unlock(const struct vm_host_message *m)
{
	struct vm_object *held = object();

	pager.unlocks++;
	memory_object_lock_request(held, m->offset, m->size,
	    MEMORY_OBJECT_RETURN_NONE, false, VM_PROT_NONE, MACH_PORT_NULL);
	vm_object_release(held);
}

static void
run(const struct vm_host_message *m)
{
	struct vm_object *held;

	switch (m->event) {
	case PAGER_INIT:
		pager.inits++;
		pager.control = m->control;
		if (pager.silent)
			break;
		held = object();
		memory_object_ready(
		    held, pager.cache, MEMORY_OBJECT_COPY_DELAY);
		vm_object_release(held);
		break;
	case PAGER_TERMINATE:
		pager.terminates++;
		break;
	case PAGER_REQUEST:
		if (!pager.silent)
			answer(m);
		break;
	case PAGER_UNLOCK:
		unlock(m);
		break;
	case PAGER_RETURN:
		take_back(m);
		break;
	case PAGER_LOCK_COMPLETED:
		pager.locked++;
		break;
	default:
		break;
	}
}

/* A new file behind a new port. */
static void
reset(void)
{
	memset(&pager, 0, sizeof(pager));
	pager.port = vm_host_port();
	vm_host_pager = run;
	for (unsigned i = 0; i < FILE_PAGES; i++)
		file[i] = (unsigned char)i;
}

static vm_address_t
map_file(struct vm_map *map, unsigned pages, bool copy)
{
	struct vm_map_request request = {
	    .size = pages * P,
	    .anywhere = true,
	    .prot = VM_PROT_DEFAULT,
	    .max_prot = VM_PROT_ALL,
	    .inheritance = VM_INHERIT_COPY,
	    .needs_copy = copy,
	};
	struct ipc_port *port =
	    ipc_port_copy_send(ipc_port_from_handle(pager.port));

	request.object = vm_pager_enter(port, pages * P);
	if (request.object == NULL ||
	    vm_map_insert(map, &request) != KERN_SUCCESS)
		return 0;
	return request.address;
}

/* Write dirty pages back, and with `flush` forget the clean ones. */
static void
sync_file(bool flush)
{
	struct vm_object *held = object();

	memory_object_lock_request(held, 0, FILE_PAGES * P,
	    MEMORY_OBJECT_RETURN_DIRTY, flush, VM_PROT_NO_CHANGE, pager.port);
	vm_object_release(held);
	vm_host_deliver();
}

static void
test_page_in(bool move)
{
	struct vm_host_usage before = vm_host_usage();
	struct vm_map *map = vm_map_create(), *other = vm_map_create();
	vm_address_t a, b;

	reset();
	pager.move = move;
	a = map_file(map, 40, false);
	is_int(vm_host_load(map, a + 7 * P), 7, "a page of the file");
	is_int(pager.inits, 1, "introduced once");
	ok(pager.pages > 1, "neighbours come along");
	is_int(vm_host_load(map, a + 8 * P), 8, "a neighbour");
	is_int(vm_host_load(map, a + 39 * P), 39, "the last page");
	b = map_file(other, 40, false);
	is_int(pager.inits, 1, "the same port is the same object");
	is_int(vm_host_load(other, b + 8 * P), 8, "seen by another");
	vm_host_store(map, a + P, 101);
	is_int(vm_host_load(other, b + P), 101, "shared for writing");
	vm_map_destroy(other);
	vm_map_destroy(map);
	vm_host_deliver();
	is_int(file[1], 101, "what was written is returned");
	is_int(file[2], 2, "what was not is as it was");
	is_int(pager.terminates, 1, "and the object terminated");
	is_int(vm_host_port_rights(pager.port), 1, "the port's right dropped");
	before.objects++; /* the test's port */
	ok(vm_host_same(before), "nothing leaked");
}

static void
test_private(void)
{
	struct vm_map *map = vm_map_create(), *child;
	vm_address_t a;

	reset();
	a = map_file(map, 10, true);
	is_int(vm_host_load(map, a + P), 1, "a private mapping shows the file");
	is_int(vm_host_store(map, a + P, 55), KERN_SUCCESS, "and is written");
	child = vm_map_fork(map);
	is_int(vm_host_load(child, a + P), 55, "a child sees that");
	is_int(vm_host_load(child, a + 2 * P), 2, "and the file");
	vm_host_store(child, a + 2 * P, 66);
	is_int(vm_host_load(map, a + 2 * P), 2, "but keeps its own stores");
	vm_map_destroy(child);
	vm_map_destroy(map);
	vm_host_deliver();
	is_int(file[1], 1, "the file is not changed");
	is_int(pager.returns, 0, "nothing is returned");
}

/* A copy of a shared file mapping keeps the moment. */
static void
test_snapshot(void)
{
	struct vm_map *map = vm_map_create(), *to = vm_map_create();
	struct vm_map_copy *copy;
	vm_address_t a, b;

	reset();
	a = map_file(map, 10, false);
	vm_host_store(map, a, 91);
	is_int(vm_map_copyin(map, a, 10 * P, false, &copy), KERN_SUCCESS,
	    "copy of a mapped file");
	vm_host_store(map, a, 92);
	vm_host_store(map, a + 3 * P, 93);
	vm_map_copyout(to, &b, copy);
	is_int(vm_host_load(to, b), 91, "the moment of the copy");
	is_int(vm_host_load(to, b + 3 * P), 3, "also a page read later");
	is_int(vm_host_load(to, b + 5 * P), 5, "and the rest of the file");
	vm_map_destroy(map);
	vm_map_destroy(to);
	vm_host_deliver();
	is_int(file[0], 92, "the file has the last store");
}

static void
test_write_back(void)
{
	struct vm_map *map = vm_map_create();
	vm_address_t a;

	reset();
	pager.cache = true;
	a = map_file(map, 100, false);
	for (unsigned i = 0; i < 100; i++)
		vm_host_store(map, a + i * P, 200);
	vm_host_store(map, a + 50 * P, 201);
	sync_file(false);
	is_int(pager.locked, 1, "a lock request is answered");
	is_int(pager.returns, 4, "100 pages in 4 messages");
	is_int(file[50], 201, "with their contents");
	sync_file(false);
	is_int(pager.returns, 4, "clean pages are not returned again");
	vm_host_store(map, a + 50 * P, 202);
	sync_file(false);
	is_int(file[50], 202, "a later store is noticed");
	is_int(pager.returns, 5, "that one page");
	vm_host_store(map, a + 51 * P, 203);
	sync_file(true);
	is_int(file[51], 203, "flushed: returned");
	file[51] = 204;
	is_int(vm_host_load(map, a + 51 * P), 204, "and asked for again");
	vm_map_destroy(map);
	vm_host_deliver();
	is_int(pager.terminates, 0, "kept when nobody maps it");
	pager.requests = 0;
	map = vm_map_create();
	a = map_file(map, 100, false);
	is_int(vm_host_load(map, a + 51 * P), 204, "found again");
	is_int(pager.requests, 0, "without asking");
	vm_host_store(map, a + 60 * P, 205);
	vm_map_destroy(map);
	ok(vm_pager_shrink(), "given up when memory is short");
	vm_host_deliver();
	is_int(file[60], 205, "but not what was dirty");
	is_int(pager.terminates, 1, "and terminated");
}

static void
test_errors(void)
{
	struct vm_host_usage before = vm_host_usage();
	struct vm_map *map = vm_map_create();
	vm_address_t a;

	reset();
	pager.error = true;
	a = map_file(map, 10, false);
	is_int(vm_host_load(map, a), -KERN_MEMORY_ERROR, "data_error");
	pager.error = false;
	is_int(vm_host_load(map, a + P), 1, "asked again, it has the page");
	vm_map_destroy(map);
	vm_host_deliver();

	reset();
	pager.hole = true;
	map = vm_map_create();
	a = map_file(map, 10, false);
	is_int(vm_host_load(map, a + P), 0, "data_unavailable: zeros");
	vm_map_destroy(map);
	vm_host_deliver();

	reset();
	map = vm_map_create();
	a = map_file(map, 10, false);
	vm_host_load(map, a);
	pager.silent = true;
	a = map_file(map, 40, false);
	is_int(vm_host_load(map, a + 30 * P), -KERN_MEMORY_ERROR,
	    "a silent pager: an error in the end");
	is_int(vm_host_load(map, a), 0, "what is there is there");
	pager.silent = false;
	is_int(vm_host_load(map, a + 30 * P), 30, "it may come back");
	vm_host_port_kill(pager.port);
	is_int(vm_host_load(map, a + 5 * P), 5, "what is there outlives it");
	vm_map_destroy(map);

	map = vm_map_create();
	reset();
	a = map_file(map, 40, false);
	vm_host_load(map, a);
	vm_host_port_kill(pager.port);
	is_int(vm_host_load(map, a + 30 * P), -KERN_MEMORY_ERROR,
	    "a dead pager: an error at once");
	vm_map_destroy(map);
	before.objects += 4; /* the test's ports */
	ok(vm_host_same(before), "nothing leaked");
}

static void
test_lock(void)
{
	struct vm_map *map = vm_map_create();
	vm_address_t a;

	reset();
	pager.lock = VM_PROT_WRITE;
	a = map_file(map, 10, false);
	is_int(vm_host_load(map, a), 0, "a locked page is read");
	is_int(pager.unlocks, 0, "without asking");
	is_int(vm_host_store(map, a, 3), KERN_SUCCESS, "written");
	is_int(pager.unlocks, 1, "when the pager allowed it");
	vm_map_destroy(map);
	vm_host_deliver();

	reset();
	pager.lock = VM_PROT_WRITE;
	map = vm_map_create();
	a = map_file(map, 10, true);
	is_int(vm_host_load(map, a + P), 1, "a private mapping reads it");
	is_int(vm_host_store(map, a + P, 3), KERN_SUCCESS, "and writes");
	is_int(vm_host_store(map, a + 2 * P, 4), KERN_SUCCESS, "unread, too");
	is_int(pager.unlocks, 0, "copies, which nobody locks");
	is_int(vm_host_load(map, a + P) + vm_host_load(map, a + 2 * P), 7,
	    "and keeps them");
	vm_map_destroy(map);
	vm_host_deliver();
}

/* A file larger than memory, written all over. */
static void
test_shortage(void)
{
	struct vm_map *map = vm_map_create();
	vm_address_t hog = 0, a;
	uint64_t i = 0;
	bool good = true;

	reset();
	a = map_file(map, FILE_PAGES, false);
	for (i = 0; i < FILE_PAGES; i++)
		good = good && vm_host_load(map, a + i * P) == file[i];
	ok(good, "a file in memory");
	pager.requests = 0;
	vm_map_allocate(map, &hog, 16UL << 20, true, VM_PROT_DEFAULT);
	for (i = 0; vm_host_store(map, hog + i * P, 1) == KERN_SUCCESS;)
		i++;
	is_int(vm_counters.active + vm_counters.inactive,
	    vm_phys_total_count / 64, "clean pages gave way but for a 64th");
	vm_map_remove(map, hog, 8UL << 20);
	for (i = 0; i < FILE_PAGES; i++)
		good = good && vm_host_load(map, a + i * P) == file[i];
	ok(good, "and come back from the pager");
	ok(pager.requests > 0, "which was asked");
	vm_map_destroy(map);
	vm_host_deliver();
}

/* Each allocation fails once: errors, but no lost page and no leak. */
static void
test_failures(void)
{
	bool done = false, intact = true, clean = true;
	int points;

	for (points = 0; !done && points < 300; points++) {
		struct vm_host_usage before = vm_host_usage();
		struct vm_map *map = vm_map_create();
		vm_address_t a;

		reset();
		a = map_file(map, 20, false);
		vm_host_load(map, a);
		vm_host_fail_in = points;
		vm_host_store(map, a + P, 77);
		vm_host_load(map, a + 19 * P);
		done = vm_host_fail_in >= 0;
		vm_host_fail_in = -1;
		vm_host_store(map, a + P, 78);
		vm_host_fail_in = points;
		sync_file(false);
		done = done && vm_host_fail_in >= 0;
		vm_host_fail_in = -1;
		vm_host_store(map, a + 2 * P, 79);
		vm_map_destroy(map);
		vm_host_deliver();
		intact = intact && file[1] == 78 && file[2] == 79;
		before.objects++;
		clean = clean && vm_host_same(before);
	}
	ok(done && points > 4, "each allocation failed in its turn");
	ok(intact, "no store was lost");
	ok(clean, "nothing leaked");
}

int
main(void)
{
	vm_host_start(16UL << 20);
	test_page_in(false);
	test_page_in(true);
	test_private();
	test_snapshot();
	test_write_back();
	test_errors();
	test_lock();
	test_shortage();
	test_failures();
	return test_done();
}
