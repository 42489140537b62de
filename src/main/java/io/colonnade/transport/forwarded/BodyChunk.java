package io.colonnade.transport.forwarded;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Some bytes of a body, which must be written once or dropped.
 *
 * @param counted the reference to the batch's memory, which is released after that; null if the garbage collector frees the bytes
 */
record BodyChunk(Buffer bytes, @Nullable ByteBuf counted) {
    /** From this many bytes on, counting references costs less than copying. */
    private static final int LENT_FROM = 16 * 1024;

    /** A chunk that does not depend on the batch that it arrived in. */
    static BodyChunk kept(Buffer bytes) {
        return new BodyChunk(bytes, null);
    }

    static boolean worthLending(ByteBuf batch, int length) {
        return length >= LENT_FROM && batch.isDirect();
    }

    /** Reads a chunk that keeps the memory of the batch. */
    static BodyChunk lent(ByteBuf batch, int length) {
        var counted = batch.readRetainedSlice(length);
        return new BodyChunk(BufferInternal.buffer(counted), counted);
    }

    /** @param writer must not read the bytes after its future is complete */
    Future<Void> write(Function<Buffer, Future<Void>> writer) {
        if (counted == null) {
            return writer.apply(bytes);
        }
        try {
            return writer.apply(bytes).onComplete(done -> counted.release());
        } catch (RuntimeException refused) {
            counted.release();
            throw refused;
        }
    }

    void drop() {
        if (counted != null) {
            counted.release();
        }
    }
}
