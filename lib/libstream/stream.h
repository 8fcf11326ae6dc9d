/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Streams: files that are read and written where they are (terminals, pipes).
 * The library serves io.defs on open handles, keeps readers, writers and
 * pollers that have to wait, and asks the stream's operations again when
 * stream_wake() says that something has changed.
 *
 * A caller may give up waiting. So data are taken from the stream only after
 * the reply that carries them has been delivered, and put into it only then,
 * too. One thread runs all of it.
 */
#ifndef LIBSTREAM_STREAM_H
#define LIBSTREAM_STREAM_H

#include <libports/ports.h>
#include <servers/io_types.h>
#include <stdbool.h>
#include <stddef.h>

#define STREAM_GROUP_UNKNOWN (-1)

struct stream;

struct stream_ops {
	/*
	 * Look at what a read would give: 0 (nothing: end of file), EAGAIN: the
	 * reader waits; waited_ns is how long it has. consume takes it.
	 */
	int (*peek)(struct stream *stream, void *data, size_t size, size_t *got,
	    uint64_t waited_ns);
	void (*consume)(struct stream *stream, size_t size);

	/*
	 * May size bytes be written at once? 0, EAGAIN: wait; EPIPE... With
	 * EAGAIN, *part is how many might be, for who does not want to wait.
	 */
	int (*room)(struct stream *stream, size_t size, size_t *part);
	void (*write)(struct stream *stream, const void *data, size_t size);

	/*
	 * If there is one: may the group read, or write? STREAM_GROUP_UNKNOWN
	 * if the caller has not told it. KERN_SUCCESS, or what it is answered.
	 */
	kern_return_t (*admit)(struct stream *stream, int group, bool writes);

	/* IO_POLL_* that hold for a handle opened with flags. */
	int (*events)(struct stream *stream, int flags);
	void (*stat)(struct stream *stream, struct io_stat *stat);

	/*
	 * Instead of stat, of a stream that was opened by a file's name: a
	 * right to that file, borrowed. Its server answers io_stat; who wants
	 * to change something is told to ask there (IO_ASK_FILE).
	 */
	mach_port_t (*file)(struct stream *stream);

	/* A handle opened with flags is gone. */
	void (*closed)(struct stream *stream, int flags);

	/*
	 * Optional, of streams whose data clients may share: an answer of
	 * io_direct to who alone has the handle (false: none); somebody waits,
	 * so that changes must be told (false: nobody changes anything but us);
	 * a call is being answered, and its bytes move after that; a change was
	 * told.
	 */
	bool (*direct)(struct stream *stream, int flags, mach_port_t *object,
	    int64_t *place);
	bool (*watch)(struct stream *stream);
	void (*busy)(struct stream *stream, bool writes, bool busy);
	void (*told)(struct stream *stream);
};

struct stream_waiter;

struct stream {
	const struct stream_ops *ops;
	struct stream_waiter *readers; /* in order of arrival */
	struct stream_waiter *writers;
	struct stream_waiter *pollers;
};

/* A send right to a new handle. flags: O_*. 0, ENOMEM. */
extern int stream_open(struct stream *stream, int flags, mach_port_t *right);

/* The stream behind a handle's port, or NULL. */
extern struct stream *stream_of(mach_port_t port);

/* The O_* flags of the handle, 0 if it is none. */
extern int stream_flags(mach_port_t port);

/* Something has changed: serve those who can be served now. */
extern void stream_wake(struct stream *stream);

/* Somebody waits to read, or to write, or only to hear of it. */
extern bool stream_has_readers(const struct stream *stream);
extern bool stream_has_writers(const struct stream *stream);
extern bool stream_has_pollers(const struct stream *stream);

/* The stream ends: everybody who waits gets an error. */
extern void stream_fail(struct stream *stream, int error);

#endif
