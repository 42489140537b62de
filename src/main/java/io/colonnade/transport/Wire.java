package io.colonnade.transport;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** What carries the batches between lanes; so small that it can be replaced. */
interface Wire {
    /** Largest batch in bytes; only a single head that is larger makes a larger one. */
    int MAX_BATCH = 64 * 1024;

    /** Makes ready to send to a lane. */
    Line open(LaneAddress to);

    /** The way to one lane. */
    interface Line {
        /**
         * Sends a batch, at most once and in the order of the calls. The future fails if it is known not to have left, with
         * a {@link java.net.ConnectException} if there was no connection to leave by; that it succeeds does not mean
         * that the batch arrived.
         */
        Future<Void> send(Buffer batch);

        /** Frees the way; nothing more is sent. */
        void close();
    }
}
