package io.colonnade.transport.received;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.MimeMapping;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** A file as the body of a response to another node. A worker thread reads it piece by piece, as fast as the pieces are sent. */
final class FileBody {
    private static final int PIECE = 64 * 1024;

    private final ContextInternal context;
    private final FileChannel channel;
    private final String contentType;
    private final boolean owned;

    private FileBody(ContextInternal context, FileChannel channel, String contentType, boolean owned) {
        this.context = context;
        this.channel = channel;
        this.contentType = contentType;
        this.owned = owned;
    }

    static Future<FileBody> open(ContextInternal context, String filename) {
        var path = context.owner().fileResolver().resolve(filename).toPath();
        var type = MimeMapping.mimeTypeForFilename(filename);
        var contentType = type == null ? "application/octet-stream" : type.toString();
        return context.executeBlocking(() -> FileChannel.open(path, StandardOpenOption.READ))
                .map(channel -> new FileBody(context, channel, contentType, true));
    }

    /** Sends from a channel that the caller opened and will close. */
    static FileBody of(ContextInternal context, FileChannel channel) {
        return new FileBody(context, channel, "application/octet-stream", false);
    }

    Future<Void> send(HttpServerResponse response, long offset, long length) {
        return context.executeBlocking(channel::size)
                .compose(size -> sendOf(size, response, offset, length))
                .onComplete(done -> closeIfOwned());
    }

    private Future<Void> sendOf(long size, HttpServerResponse response, long offset, long length) {
        if (offset < 0 || length < 0 || offset > size) {
            return context.failedFuture(
                    "offset " + offset + " and length " + length + " are not within " + size + " bytes");
        }
        if (response.headWritten()) {
            return context.failedFuture(new IllegalStateException("Head already written"));
        }
        var end = offset + Math.min(length, size - offset);
        var headers = response.headers();
        if (!headers.contains(HttpHeaders.CONTENT_TYPE)) {
            headers.set(HttpHeaders.CONTENT_TYPE, contentType);
        }
        if (!headers.contains(HttpHeaders.CONTENT_LENGTH)) {
            headers.set(HttpHeaders.CONTENT_LENGTH, Long.toString(end - offset));
        }
        return sendFrom(offset, end, response);
    }

    private Future<Void> sendFrom(long position, long end, HttpServerResponse response) {
        if (position >= end) {
            return response.end();
        }
        return context.executeBlocking(() -> read(position, (int) Math.min(PIECE, end - position)))
                .compose(piece -> response.write(piece).map(piece.length()))
                .compose(written -> sendFrom(position + written, end, response));
    }

    private Buffer read(long position, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new IOException("the file became shorter while it was sent");
            }
        }
        return Buffer.buffer(bytes.array());
    }

    private void closeIfOwned() {
        if (owned) {
            context.executeBlocking(() -> {
                channel.close();
                return null;
            });
        }
    }
}
