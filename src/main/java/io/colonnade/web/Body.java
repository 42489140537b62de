package io.colonnade.web;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Where the bytes of a file are. */
sealed interface Body {
    /** In memory, shared by all responses: never written to. */
    record InMemory(Buffer bytes) implements Body {
        /**
         * Outside the heap, from where sockets write; on the heap they would copy it for each response. The collector frees it
         * with the last reference.
         */
        static InMemory of(byte[] bytes) {
            var outside = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
            return new InMemory(BufferInternal.buffer(Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(outside))));
        }
    }

    /**
     * In a file.
     *
     * @param mayChange whether the file is in a {@code webroot} directory, whose owner changes it at any time; else it is the
     *     node's own
     */
    record OnDisk(Path path, boolean mayChange) implements Body {}
}
