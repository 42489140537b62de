package io.colonnade.foobar;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A picture that has been uploaded to a file.
 *
 * @param file the file with the bytes
 * @param picture the properties of the picture
 */
record Upload(Source file, Picture picture) {
    /** Handles one part of the picture; parts are counted from 0. */
    interface PartHandler {
        Future<Void> handle(int part, Buffer bytes);
    }

    /**
     * A file that is read part by part without blocking the event loop.
     *
     * @param size in bytes
     */
    record Source(FileSystem files, String path, int size) {
        /** Passes the parts to the handler in order, each after the one before is done. Fails with the first failure. */
        Future<Void> forEachPart(PartHandler handler) {
            return files.open(
                            path,
                            new OpenOptions().setRead(true).setWrite(false).setCreate(false))
                    .compose(file -> from(0, file, handler).eventually(file::close));
        }

        private Future<Void> from(int part, AsyncFile file, PartHandler handler) {
            var start = part * Picture.PART_SIZE;
            if (start >= size) {
                return Future.succeededFuture();
            }
            var length = Math.min(Picture.PART_SIZE, size - start);
            return file.read(Buffer.buffer(length), 0, start, length)
                    .compose(bytes -> handler.handle(part, bytes))
                    .compose(done -> from(part + 1, file, handler));
        }
    }

    /**
     * Reads the file once to find its type and digest. Fails with a {@link Problem} if it is no picture of a known type.
     *
     * @param file of 1 to {@link Picture#MAX_SIZE} bytes
     */
    static Future<Upload> inspect(Source file) {
        var inspection = new Inspection();
        return file.forEachPart(inspection)
                .map(read -> new Upload(file, new Picture(inspection.type(), file.size(), inspection.digest())));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static final class Inspection implements PartHandler {
        private final MessageDigest sha256 = sha256();
        private Optional<PictureType> type = Optional.empty();

        @Override
        public Future<Void> handle(int part, Buffer bytes) {
            if (part == 0) {
                type = PictureType.of(bytes);
            }
            sha256.update(bytes.getBytes());
            return type.isPresent()
                    ? Future.succeededFuture()
                    : Future.failedFuture(Problem.invalid(
                            "picture", "The picture is no PNG, JPEG, GIF or WebP file; send one of these."));
        }

        PictureType type() {
            return type.orElseThrow();
        }

        String digest() {
            return HexFormat.of().formatHex(sha256.digest());
        }
    }
}
