package io.colonnade.transport.wire;

import io.colonnade.transport.frame.LaneAddress;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;

/** What carries the batches between lanes; so small that it can be replaced. */
public interface Wire {
    /** Largest batch in bytes; only a single head that is larger makes a larger one. */
    int MAX_BATCH = 96 * 1024;

    /** Bytes that a batch begins with room for: most are small. */
    int FIRST_CAPACITY = 4096;

    /** Makes ready to send to a lane. */
    Line open(LaneAddress to);

    /** The way to one lane. */
    interface Line {
        /** What a batch is to be written into, behind what the line itself needs; to be sent, or to be released. */
        ByteBuf buffer();

        /**
         * Sends a batch, at most once and in the order of the calls; it may wait for the next {@link #flush}. The future fails if
         * it is known not to have left, with a {@link java.net.ConnectException} if there was no connection to leave by;
         * that it succeeds does not mean that the batch arrived.
         *
         * @param batch written into {@link #buffer()}; the line releases it
         */
        Future<Void> send(ByteBuf batch);

        void flush();

        /** Frees the way; nothing more is sent. */
        void close();
    }
}
