package io.colonnade.web;

import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Where the bytes of a file are. */
sealed interface Body {
    /** Ends a response, whose fields are complete, with a part of the bytes. */
    Future<Void> send(HttpServerResponse response, ByteRange part);

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

        @Override
        public Future<Void> send(HttpServerResponse response, ByteRange part) {
            var first = (int) part.first();
            return response.end(bytes.slice(first, first + (int) part.length()));
        }
    }

    /**
     * In the file of the node's own into which an archive was unpacked. It stays open, as looking for it by name costs each request
     * 2 to 3 us. The collector closes it with the last reference.
     *
     * @param position of the first byte
     */
    record Unpacked(FileChannel file, long position) implements Body {
        @Override
        public Future<Void> send(HttpServerResponse response, ByteRange part) {
            return response.sendFile(file, position + part.first(), part.length());
        }
    }

    /** In a file of a {@code webroot} directory, whose owner changes it at any time. */
    record OnDisk(Path path) implements Body {
        @Override
        public Future<Void> send(HttpServerResponse response, ByteRange part) {
            return response.sendFile(path.toString(), part.first(), part.length());
        }
    }
}
