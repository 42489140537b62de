package io.colonnade.transport.wire;

import io.colonnade.transport.frame.LaneAddress;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;

/** Carries batches between lanes. It is small, so that it can be replaced. */
public interface Wire {
    /** Largest batch in bytes. Only a single head that is larger makes a larger batch. */
    int MAX_BATCH = 96 * 1024;

    /** Initial capacity of a batch in bytes: most batches are small. */
    int FIRST_CAPACITY = 4096;

    /** Prepares to send to a lane. */
    Line open(LaneAddress to);

    /** The way to one lane. */
    interface Line {
        /** A buffer to write a batch into, after what the line itself has put there. It must be sent or released. */
        ByteBuf buffer();

        /**
         * Sends a batch, at most once and in the order of the calls; the batch may wait for the next {@link #flush}. The future fails if
         * the batch is known not to have left, with a {@link java.net.ConnectException} if there was no connection. Its success does
         * not mean that the batch arrived.
         *
         * @param batch written into {@link #buffer()}; the line releases it
         */
        Future<Void> send(ByteBuf batch);

        void flush();

        /** Frees the way; nothing more is sent. */
        void close();
    }
}
