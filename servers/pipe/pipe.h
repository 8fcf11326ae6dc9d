/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A pipe: a stream with any number of ends for reading and for writing, but
 * one of each if it has no name. It has data as long as there is an end.
 */
#ifndef PIPE_H
#define PIPE_H

#include <libstream/stream.h>

#include "share.h"

struct pipe {
	struct stream stream; /* first */
	struct ring ring;
	unsigned readers;
	unsigned writers;
	uint64_t ino;
	struct share *share; /* or NULL: nobody shares the ring */
};

/* Count one more pipe; ENFILE. One less. */
extern int pipe_count_up(void);
extern void pipe_count_down(void);

/* Operations of all pipes, for a stream_ops. */
extern int pipe_peek(struct stream *stream, void *data, size_t size,
    size_t *got, uint64_t waited_ns);
extern void pipe_consume(struct stream *stream, size_t size);
extern int pipe_room(struct stream *stream, size_t size, size_t *part);
extern void pipe_write(struct stream *stream, const void *data, size_t size);
extern int pipe_events(struct stream *stream, int flags);

/* An end with these flags is there, or is gone. */
extern void pipe_add_end(struct pipe *pipe, int flags);
extern void pipe_remove_end(struct pipe *pipe, int flags);

#endif
