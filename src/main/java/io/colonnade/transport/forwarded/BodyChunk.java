package io.colonnade.transport.forwarded;

import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Some of a body, to be written once or to be dropped.
 *
 * @param counted the memory of a batch, which is given back after that; null if the garbage collector frees it
 */
record BodyChunk(Buffer bytes, @Nullable ByteBuf counted) {
    /** Bytes from which on it costs less to count who uses them than to copy them. */
    private static final int LENT_FROM = 16 * 1024;

    /** A piece that is free of the batch that it came in. */
    static BodyChunk kept(Buffer bytes) {
        return new BodyChunk(bytes, null);
    }

    static boolean worthLending(ByteBuf batch, int length) {
        return length >= LENT_FROM && batch.isDirect();
    }

    /** Reads a piece that keeps the memory of the batch. */
    static BodyChunk lent(ByteBuf batch, int length) {
        var counted = batch.readRetainedSlice(length);
        return new BodyChunk(BufferInternal.buffer(counted), counted);
    }

    /** @param writer must read no more of the bytes when its future is complete */
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
