/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the three kinds of XSI communication share: keys, ids, owners, modes.
 *
 * An object has a slot of its kind. Its id is the slot and how often that has
 * been used, so that the id of a removed object is refused, and not soon
 * another's. A segment that is removed while it is attached keeps its id but
 * has no key any more; the others end at once.
 */
#ifndef SYSVIPC_OBJECT_H
#define SYSVIPC_OBJECT_H

#include <servers/sysvipc_types.h>
#include <stdbool.h>

#define OBJECTS_MAX      SYSV_SLOTS
#define OBJECTS_USER_MAX 256 /* of those, of a user who is not 0 */

#define OBJECT_READ      4U /* bits of a mode, as in the last three */
#define OBJECT_WRITE     2U

struct object {
	const struct kind *kind;
	int id;
	int key;
	unsigned mode;
	uint32_t uid, gid;
	uint32_t cuid, cgid;
	int64_t changed; /* s since 1970 */
};

struct kind {
	enum sysv_kind number;
	/* An object of that size, 0 or an errno; key and owner come later. */
	int (*create)(uint64_t size, int pid, struct object **object);
	/* Is one that is there large enough? */
	bool (*fits)(const struct object *object, uint64_t size);
	void (*describe)(const struct object *object, struct sysv_info *info);
	/* Beyond owner and mode; may be NULL. */
	int (*set)(struct object *object, const struct sysv_info *info);
	/* Who waits is told EIDRM; frees it, by and by. */
	void (*remove)(struct object *object);
};

extern const struct kind segment_kind;
extern const struct kind semaphores_kind;
extern const struct kind queue_kind;

/*
 * The object of an id which the sender may use so; NULL: *error is EINVAL or
 * EACCES.
 */
extern void *object_find(
    const struct kind *kind, int id, unsigned wanted, int *error);

/* Its id and its key are free again. */
extern void object_forget(struct object *object);
extern void object_forget_key(struct object *object);

/* Each of that kind. */
extern void object_each(const struct kind *kind,
    void (*function)(struct object *object, void *argument), void *argument);

/* s since 1970. */
extern int64_t object_now(void);

#endif
