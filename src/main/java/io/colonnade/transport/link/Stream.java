package io.colonnade.transport.link;

import io.colonnade.core.Failure;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.ResponseHead;
import io.colonnade.transport.frame.StreamId;
import io.netty.buffer.ByteBuf;
import io.vertx.core.MultiMap;

/** One end of a stream: what its link tells it. */
public interface Stream {
    StreamId id();

    /** The number of the batch that opened the stream. */
    long openedIn();

    /** A response's head, final or informational; only to the opener. */
    void head(Frame type, ResponseHead head);

    /**
     * Some of the body that the other end sends.
     *
     * @param batch what the bytes are to be read from, all of them; whose memory they are in
     * @param length in bytes
     */
    void arrived(ByteBuf batch, int length);

    void arrivedAll(MultiMap trailers);

    /** The other end needs no more of what this end sends. */
    void stop();

    /** The other end may be sent so many bytes more. */
    void credit(long bytes);

    /** The stream is over before its time: the other end said so, or is lost. Tells the other end nothing. */
    void fail(Failure failure);

    /** All batches that came at a time have been received, and one brought something for this stream: it passes on what it held back. */
    void settle();

    /** Looks at the time limits. */
    void tick(long nanos);
}
