package io.colonnade.transport.link;

import io.netty.buffer.ByteBuf;

/** What takes turns in the batches of a link: a frame of each source that has something to send. */
interface FrameSource {
    /** Notes that it waits for its turn; false if it did already, or has nothing to send. */
    boolean enqueue();

    /** Its turn has come. */
    void dequeued();

    /** Whether a frame could be sent if the link had room for it. */
    boolean sendable();

    /** Bytes that wait to be sent. */
    long waiting();

    /**
     * Puts one frame into the batch.
     *
     * @param room bytes of data that may be sent, more than 0
     * @return the bytes of data that were
     */
    int sendFrame(ByteBuf batch, int room);
}
