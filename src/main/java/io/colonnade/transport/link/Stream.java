package io.colonnade.transport.link;

import io.colonnade.core.Failure;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.ResponseHead;
import io.colonnade.transport.frame.StreamId;
import io.netty.buffer.ByteBuf;
import io.vertx.core.MultiMap;

/** One end of a stream, as its link sees it. */
public interface Stream {
    StreamId id();

    /** The number of the batch that opened the stream. */
    long openedIn();

    /** A response's head, final or informational. Only the opener gets one. */
    void head(Frame type, ResponseHead head);

    /**
     * Some of the body that the other end sends.
     *
     * @param batch the buffer from which all of the bytes must be read; they are in its memory
     * @param length the number of bytes
     */
    void arrived(ByteBuf batch, int length);

    void arrivedAll(MultiMap trailers);

    /** The other end needs no more of what this end sends. */
    void stop();

    /** The other end may be sent so many bytes more. */
    void credit(long bytes);

    /** The stream is over early: the other end said so, or is lost. This tells the other end nothing. */
    void fail(Failure failure);

    /** All batches of one read have been received, and one had something for this stream. The stream passes on what it held back. */
    void settle();

    /** Called several times a second. Only a tunnel has time limits of its own; the entrance of an exchange keeps those of the exchange. */
    default void tick(long nanos) {}
}
