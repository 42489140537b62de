package io.colonnade.web;

import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The place of a file's bytes. */
sealed interface Body {
    /** Sends a part of the bytes and ends the response. The fields of the response must be complete. */
    Future<Void> send(HttpServerResponse response, ByteRange part);

    /** In memory. All responses share the buffer, and none writes to it. */
    record InMemory(Buffer bytes) implements Body {
        /**
         * Copies the bytes to memory outside the heap, from which sockets write directly; bytes on the heap would be copied for
         * each response. The garbage collector frees the memory.
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
     * In the file into which the node has unpacked an archive. The file stays open, as opening it by name would cost each
     * request 2 to 3 us. The garbage collector closes it.
     *
     * @param position where in the file the first byte is
     */
    record Unpacked(FileChannel file, long position) implements Body {
        @Override
        public Future<Void> send(HttpServerResponse response, ByteRange part) {
            return response.sendFile(file, position + part.first(), part.length());
        }
    }

    /** In a file of a {@code webroot} directory. Its owner may change it at any time, so it is opened for each response. */
    record OnDisk(Path path) implements Body {
        @Override
        public Future<Void> send(HttpServerResponse response, ByteRange part) {
            return Future.failedFuture(new IllegalStateException(path + " was not opened"));
        }
    }

    /** In a file that is open for one response, and stays the same file whatever takes its place meanwhile. */
    record Opened(FileChannel file) implements Body {
        @Override
        public Future<Void> send(HttpServerResponse response, ByteRange part) {
            return response.sendFile(file, part.first(), part.length()).eventually(this::close);
        }

        private Future<Void> close() {
            try {
                file.close();
                return Future.succeededFuture();
            } catch (IOException unusual) {
                return Future.failedFuture(unusual);
            }
        }
    }
}
