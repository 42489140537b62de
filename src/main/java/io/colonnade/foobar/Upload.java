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

/** A picture that has been uploaded to a file, read part by part without blocking the event loop. */
final class Upload {
    private final FileSystem files;
    private final String path;
    private final Picture picture;

    private Upload(FileSystem files, String path, Picture picture) {
        this.files = files;
        this.path = path;
        this.picture = picture;
    }

    Picture picture() {
        return picture;
    }

    /** What is done with one part of the picture, counted from 0. */
    interface PartHandler {
        Future<Void> handle(int part, Buffer bytes);
    }

    /**
     * Reads the file once, to know what it is. Fails with a {@link Problem} if it is no picture of a known type.
     *
     * @param size of the file, 1 to {@link Picture#MAX_SIZE}
     */
    static Future<Upload> inspect(FileSystem files, String path, int size) {
        // of an unknown type yet; only its size matters for reading it
        var raw = new Upload(files, path, new Picture(PictureType.PNG, size, ""));
        var inspection = new Inspection();
        return raw.forEachPart(inspection)
                .map(read -> new Upload(files, path, new Picture(inspection.type(), size, inspection.digest())));
    }

    /** Gives the parts in order, each when the one before is done; fails with the first failure. */
    Future<Void> forEachPart(PartHandler handler) {
        return files.open(path, new OpenOptions().setRead(true).setWrite(false).setCreate(false))
                .compose(file -> from(0, file, handler).eventually(file::close));
    }

    private Future<Void> from(int part, AsyncFile file, PartHandler handler) {
        if (part == picture.parts()) {
            return Future.succeededFuture();
        }
        var size = picture.partSize(part);
        return file.read(Buffer.buffer(size), 0, (long) part * Picture.PART_SIZE, size)
                .compose(bytes -> handler.handle(part, bytes))
                .compose(done -> from(part + 1, file, handler));
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
