/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel of mach.h. It walks a message by its descriptors alone, so a
 * descriptor that does not say what follows it shows.
 */
#include "mach.h"

#include <mach/mig_support.h>

#define STACK_MAX 65536U /* where a stub's local array can be */

#ifdef TYPED_WIDE
#define INLINE     0x20000000U
#define LONG       0x40000000U
#define ITEM_ALIGN 8U
#else
#define INLINE     0x10000000U
#define LONG       0x20000000U
#define ITEM_ALIGN 4U
#endif

struct call *current;
unsigned char memory[MEMORY_SIZE];

static uint32_t random_state;

void
random_start(uint32_t seed)
{
	random_state = seed * 2654435761U + 12345;
}

uint32_t
random_next(void)
{
	random_state = random_state * 1664525U + 1013904223U;
	return random_state >> 8;
}

uint32_t
random_below(uint32_t limit)
{
	return limit == 0 ? 0 : random_next() % limit;
}

/* Most often an edge. */
uint32_t
pick_count(uint32_t most)
{
	switch (random_below(5)) {
	case 0:
		return 0;
	case 1:
		return most > 0 ? 1 : 0;
	case 2:
		return most;
	case 3:
		return most > 0 ? most - 1 : 0;
	default:
		return random_below(most + 1);
	}
}

uint32_t
pick_disposition(void)
{
	return 16 + random_below(6);
}

kern_return_t
pick_code(void)
{
	return random_below(8) == 0 ? 1000 : KERN_SUCCESS;
}

void
fill(void *data, uint32_t size)
{
	unsigned char *bytes = data;
	uint32_t i;

	for (i = 0; i < size; i++)
		bytes[i] = (unsigned char)random_next();
}

void
fill_string(char *data, uint32_t room)
{
	uint32_t length = pick_count(room - 1);
	uint32_t i;

	for (i = 0; i < length; i++)
		data[i] = (char)('a' + random_below(26));
	data[length] = '\0';
}

void
mix(uint32_t *digest, const void *data, uint64_t size)
{
	const unsigned char *bytes = data;
	uint64_t i;

	for (i = 0; i < size; i++)
		*digest = (*digest ^ bytes[i]) * 16777619U;
}

void
mix_string(uint32_t *digest, const char *data, uint32_t room)
{
	uint32_t i;

	for (i = 0; i < room && data[i] != '\0'; i++)
		mix(digest, data + i, 1);
	mix(digest, &i, sizeof(i));
}

/* Memory that may be a hostile address: read what is known to be there. */
void
mix_memory(uint32_t *digest, uintptr_t address, uint64_t size)
{
	uintptr_t start = (uintptr_t)memory;
	uintptr_t request = (uintptr_t)current->sent;
	uintptr_t stack = (uintptr_t)__builtin_frame_address(0);

	mix(digest, &size, sizeof(size));
	if (address - start < MEMORY_SIZE) {
		if (size > MEMORY_SIZE - (address - start))
			size = MEMORY_SIZE - (address - start);
		mix(digest, (const void *)address, size);
	} else if (address - request < MESSAGE_MAX ||
		   address - stack < STACK_MAX) {
		mix(digest, (const void *)address, size);
	} else {
		mix(digest, &address, sizeof(address));
	}
}

static uint32_t
round_up(uint32_t size)
{
	return (size + ITEM_ALIGN - 1) & ~(ITEM_ALIGN - 1);
}

static uint32_t
word(const unsigned char *at)
{
	uint32_t value;

	__builtin_memcpy(&value, at, sizeof(value));
	return value;
}

struct item {
	uint32_t head; /* bytes of the descriptor */
	uint32_t name;
	uint64_t bytes; /* of the data, without padding */
	int is_inline;
};

#ifdef TYPED_WIDE
static struct item
read_item(const unsigned char *at)
{
	uint32_t type = word(at);

	return (struct item){.head = 8,
	    .name = type & 0xff,
	    .bytes = (uint64_t)(type >> 8 & 0xffff) * word(at + 4) / 8,
	    .is_inline = (type & INLINE) != 0};
}

static void
set_name(unsigned char *at, uint32_t name)
{
	at[0] = (unsigned char)name;
}
#else
static struct item
read_item(const unsigned char *at)
{
	uint32_t type = word(at);

	if ((type & LONG) != 0)
		return (struct item){.head = 12,
		    .name = word(at + 4) & 0xffff,
		    .bytes = (uint64_t)(word(at + 4) >> 16) * word(at + 8) / 8,
		    .is_inline = (type & INLINE) != 0};
	return (struct item){.head = 4,
	    .name = type & 0xff,
	    .bytes = (uint64_t)(type >> 8 & 0xff) * (type >> 16 & 0xfff) / 8,
	    .is_inline = (type & INLINE) != 0};
}

static void
set_name(unsigned char *at, uint32_t name)
{
	at[(word(at) & LONG) != 0 ? 4 : 0] = (unsigned char)name;
}
#endif

static void
broken(const char *what)
{
	say("not ok - a message is broken: ");
	say(what);
	say("\n");
	test_exit(1);
}

/* What the receiver of a right sees instead of what its sender said. */
static uint32_t
received(uint32_t name)
{
	if (name == 19 || name == 20)
		return 17;
	return name == 21 ? 18 : name;
}

/* Zero what a sender need not fill: padding, and what follows a string. */
static void
clean_item(unsigned char *data, const struct item *item)
{
	uint32_t size = round_up((uint32_t)item->bytes);
	uint32_t i;

	for (i = (uint32_t)item->bytes; i < size; i++)
		data[i] = 0;
	if (item->name != 12)
		return;
	for (i = 0; i < item->bytes && data[i] != 0; i++)
		;
	for (; i < item->bytes; i++)
		data[i] = 0;
}

/* Walk the body: check it, clean it, and change names if it is delivered. */
static void
walk(unsigned char *message, uint32_t size, int deliver)
{
	uint32_t at = sizeof(mach_msg_header_t);
	mach_msg_bits_t bits = ((mach_msg_header_t *)message)->msgh_bits;
	int complex = 0;

	while (at < size) {
		struct item item = read_item(message + at);
		unsigned char *type = message + at;

		if (item.name >= 16)
			complex = 1;
		if (deliver)
			set_name(type, received(item.name));
		at += item.head;
		if (!item.is_inline) {
			complex = 1;
			at += (uint32_t)sizeof(void *);
			continue;
		}
		if (item.bytes > size - at)
			broken("an item is longer than it");
		clean_item(message + at, &item);
		at += round_up((uint32_t)item.bytes);
	}
	if (at != size)
		broken("its items end elsewhere");
	if (complex && (bits & MACH_MSGH_BITS_COMPLEX) == 0)
		broken("it carries rights or memory but does not say so");
	if (!complex && (bits & MACH_MSGH_BITS_COMPLEX) != 0)
		broken("it says it carries rights or memory");
}

/* Keep a message to compare, with the unused parts of its header zeroed. */
static void
keep(unsigned char *copy, const unsigned char *message, uint32_t size)
{
	const mach_msg_header_t *from = (const void *)message;
	mach_msg_header_t *head = (void *)copy;

	__builtin_memcpy(copy, message, size);
	__builtin_memset(head, 0, sizeof(*head));
	head->msgh_bits = from->msgh_bits;
	head->msgh_size = from->msgh_size;
	head->msgh_remote_port = from->msgh_remote_port;
	head->msgh_local_port = from->msgh_local_port;
	head->msgh_id = from->msgh_id;
	if (head->msgh_size != size)
		broken("its header has another size");
	walk(copy, size, 0);
}

/* The header as its receiver sees it. */
static void
deliver_head(mach_msg_header_t *head)
{
	mach_port_t remote = head->msgh_remote_port;

	head->msgh_remote_port = head->msgh_local_port;
	head->msgh_local_port = remote;
	head->msgh_bits =
	    (head->msgh_bits & MACH_MSGH_BITS_COMPLEX) |
	    MACH_MSGH_BITS(received(MACH_MSGH_BITS_LOCAL(head->msgh_bits)),
		received(MACH_MSGH_BITS_REMOTE(head->msgh_bits)));
	head->msgh_seqno = 77;
}

static union {
	uint64_t align;
	unsigned char bytes[MESSAGE_MAX];
} reply_buffer;

/* One message out and, if there is to be a reply, one back. */
mach_msg_return_t
mach_msg(mach_msg_header_t *message, mach_msg_option_t option,
    mach_msg_size_t send_size, mach_msg_size_t rcv_size,
    mach_port_name_t rcv_name, mach_msg_timeout_t timeout,
    mach_port_name_t notify)
{
	mach_msg_header_t *reply = (void *)reply_buffer.bytes;

	(void)rcv_name;
	(void)notify;
	current->options = (uint32_t)option;
	current->timeout = timeout;
	current->request_size = send_size;
	keep(current->request, (void *)message, send_size);
	__builtin_memcpy(current->sent, message, send_size);
	walk(current->sent, send_size, 1);
	deliver_head((void *)current->sent);
	__builtin_memset(reply, 0xaa, MESSAGE_MAX);
	random_start(current->seed + 1);
	current->demux((void *)current->sent, reply);
	if ((option & MACH_RCV_MSG) == 0)
		return MACH_MSG_SUCCESS;
	current->reply_size = reply->msgh_size;
	keep(current->reply, (void *)reply, reply->msgh_size);
	if (reply->msgh_size > rcv_size)
		return MACH_RCV_TOO_LARGE;
	walk((void *)reply, reply->msgh_size, 1);
	deliver_head(reply);
	reply->msgh_remote_port = MACH_PORT_NULL;
	__builtin_memcpy(message, reply, reply->msgh_size);
	return MACH_MSG_SUCCESS;
}

mach_port_t
mig_get_reply_port(void)
{
	return 42;
}

void
mig_put_reply_port(mach_port_t port)
{
	(void)port;
}

void
mig_dealloc_reply_port(mach_port_t port)
{
	(void)port;
}

static unsigned char allocated[MEMORY_SIZE];

void
mig_allocate(vm_address_t *address, vm_size_t size)
{
	if (size <= MEMORY_SIZE)
		*address = (vm_address_t)(uintptr_t)allocated;
}

void
mig_deallocate(vm_address_t address, vm_size_t size)
{
	(void)address;
	(void)size;
	current->deallocated++;
}

/* The length without NUL; all of the room is written. */
vm_size_t
mig_strncpy(char *to, const char *from, vm_size_t room)
{
	vm_size_t length = 0;
	vm_size_t i;

	while (length < room && from[length] != '\0')
		length++;
	for (i = 0; i < room; i++)
		to[i] = i < length ? from[i] : '\0';
	return length;
}

void mach_msg_destroy(mach_msg_header_t *message);

void
mach_msg_destroy(mach_msg_header_t *message)
{
	(void)message;
	current->destroyed++;
}

/* Change some of a message, where and how the generator says. */
static uint32_t
mutate(unsigned char *message, uint32_t size)
{
	static const uint32_t words[] = {0, 1, 0xffffffffU, 0x80000000U,
	    0x40000001U, 0x20000001U, 0x7fffffffU, 2048, 2049, 16, 17};
	uint32_t times = 1 + random_below(3);
	uint32_t head = (uint32_t)sizeof(mach_msg_header_t);
	uint32_t at;

	while (times-- > 0) {
		switch (random_below(5)) {
		case 0: /* shorter */
			size = head + random_below(size - head + 1);
			break;
		case 1: /* a word */
			if (size < head + 4)
				break;
			at = head + random_below((size - head) / 4) * 4;
			__builtin_memcpy(message + at,
			    &words[random_below(sizeof(words) / 4)], 4);
			break;
		case 2:
			((mach_msg_header_t *)message)->msgh_bits ^=
			    MACH_MSGH_BITS_COMPLEX;
			break;
		default: /* a bit */
			if (size == head)
				break;
			at = head + random_below(size - head);
			message[at] ^= (unsigned char)(1U << random_below(8));
			break;
		}
	}
	((mach_msg_header_t *)message)->msgh_size = size;
	return size;
}

/* There if the address sanitizer is. */
extern void __asan_poison_memory_region(const volatile void *, size_t)
    __attribute__((weak));
extern void __asan_unpoison_memory_region(const volatile void *, size_t)
    __attribute__((weak));

void
damage(const struct call *of, demux_t demux, uint32_t seed)
{
	static struct call hostile;
	mach_msg_header_t *reply = (void *)reply_buffer.bytes;
	struct call *before = current;
	uint32_t size;

	current = &hostile;
	hostile.demux = demux;
	hostile.seed = seed;
	random_start(seed);
	__builtin_memset(hostile.sent, 0xaa, MESSAGE_MAX);
	__builtin_memcpy(hostile.sent, of->sent, of->request_size);
	size = mutate(hostile.sent, of->request_size);
	/* Behind the message there is nothing a stub may read. */
	__builtin_memset(hostile.sent + size, 0xaa, MESSAGE_MAX - size);
	if (__asan_poison_memory_region)
		__asan_poison_memory_region(
		    hostile.sent + size, MESSAGE_MAX - size);
	demux((void *)hostile.sent, reply);
	if (__asan_unpoison_memory_region)
		__asan_unpoison_memory_region(hostile.sent, MESSAGE_MAX);
	if (reply->msgh_size > MESSAGE_MAX)
		broken("a reply to a damaged request");
	current = before;
}
