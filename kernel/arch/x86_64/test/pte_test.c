/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Page-table entries of x86_64, bit by bit.
 */
#include <arch/pte.h>

#include <libtest/test.h>

#define PA    0x0000123456789000ULL
#define ADDED (PTE_ACCESSED | PTE_DIRTY)
#define RX    (VM_PROT_READ | VM_PROT_EXECUTE)

static void
test_leaf(void)
{
	pte_t pte = pte_leaf(PA, VM_PROT_READ, true, VM_CACHE_NORMAL, 0);

	ok(pte == (PA | PTE_PRESENT | PTE_USER | PTE_NX | ADDED),
	    "a user page to read");
	ok(pte_present(pte) && pte_is_leaf(pte, 0), "is a present leaf");
	ok(pte_addr(pte) == PA, "and gives its address");
	pte = pte_leaf(PA, VM_PROT_DEFAULT, true, VM_CACHE_NORMAL, 0);
	ok((pte & PTE_WRITE) != 0 && (pte & PTE_NX) != 0,
	    "writable is not executable");
	pte = pte_leaf(PA, RX, true, VM_CACHE_NORMAL, 0);
	ok((pte & PTE_WRITE) == 0 && (pte & PTE_NX) == 0,
	    "executable is not writable");
	pte = pte_leaf(PA, VM_PROT_NONE, true, VM_CACHE_NORMAL, 0);
	ok(!pte_present(pte) && pte_addr(pte) == PA,
	    "no protection, no page, but its address");
	pte = pte_leaf(PA, VM_PROT_READ, false, VM_CACHE_NORMAL, 0);
	ok((pte & PTE_USER) == 0 && (pte & PTE_GLOBAL) != 0,
	    "a kernel page is global");
}

static void
test_levels(void)
{
	pte_t big = pte_leaf(0x40000000, VM_PROT_READ, false, 0, 1);

	ok((big & PTE_LARGE) != 0 && pte_is_leaf(big, 1), "a large page");
	ok(!pte_is_leaf(pte_table(PA), 1), "a table is no leaf");
	ok(pte_present(pte_table(PA)) && pte_addr(pte_table(PA)) == PA,
	    "but present, with its address");
	is_int(PTE_INDEX(0xffffffffffffffffULL, 3), 511, "top index");
	is_int(PTE_INDEX(0x0000000000201000ULL, 0), 1, "page index");
	is_int(PTE_INDEX(0x0000000000201000ULL, 1), 1, "directory index");
}

static void
test_cache(void)
{
	pte_t device = pte_leaf(PA, VM_PROT_DEFAULT, false, VM_CACHE_DEVICE, 0);
	pte_t combine =
	    pte_leaf(PA, VM_PROT_DEFAULT, false, VM_CACHE_WRITECOMBINE, 0);

	ok((device & (PTE_PCD | PTE_PWT)) == (PTE_PCD | PTE_PWT),
	    "registers are uncached");
	ok((combine & (PTE_PCD | PTE_PWT)) == PTE_PWT, "write-combining");
}

static void
test_prot(void)
{
	for (vm_prot_t prot = 0; prot <= VM_PROT_ALL; prot++) {
		pte_t pte = pte_leaf(PA, prot, true, VM_CACHE_DEVICE, 0);
		vm_prot_t want = prot == 0 ? 0 : prot | VM_PROT_READ;

		is_int(pte_prot(pte), want, "protection comes back");
		pte = pte_leaf(PA, VM_PROT_ALL, true, VM_CACHE_DEVICE, 0);
		pte = pte_set_prot(pte, prot);
		ok(pte == pte_leaf(PA, prot, true, VM_CACHE_DEVICE, 0),
		    "set_prot changes nothing else");
	}
}

int
main(void)
{
	pte_t slot = 0;

	test_leaf();
	test_levels();
	test_cache();
	test_prot();
	pte_write(&slot, pte_table(PA));
	ok(slot == pte_table(PA), "written");
	return test_done();
}
