package io.colonnade.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is sent for a file in one encoding.
 *
 * @param type the field {@code Content-Type}
 * @param encoding the content coding, {@code identity} for none
 * @param etag a strong entity tag, with its quotes
 * @param modified when it was changed last, or {@link #UNKNOWN}
 * @param length in bytes
 */
record Representation(String type, String encoding, String etag, HttpDate modified, long length, Body body) {
    static final String IDENTITY = "identity";
    static final HttpDate UNKNOWN = HttpDate.of(Instant.EPOCH);

    /** A strong entity tag of what changes with the content. */
    static String tag(long version, long length) {
        return "\"" + Long.toHexString(version) + "-" + Long.toHexString(length) + "\"";
    }

    boolean isEncoded() {
        return !encoding.equals(IDENTITY);
    }

    boolean modifiedIsKnown() {
        return modified.instant().isAfter(UNKNOWN.instant());
    }

    /**
     * This, or what it is by now if its owner has changed the file since it was looked at. Looks at the file if the bytes are in one of its owner's.
     *
     * @return null if the file is gone
     */
    @Nullable
    Representation current() {
        if (!(body instanceof Body.OnDisk file)) {
            return this;
        }
        try {
            var now = Files.readAttributes(file.path(), BasicFileAttributes.class);
            return version(now).equals(etag) ? this : onDisk(type, encoding, file.path(), now);
        } catch (IOException gone) {
            return null;
        }
    }

    /** A file of a directory that its owner may change: its version is its time. */
    static Representation onDisk(String type, String encoding, Path file, BasicFileAttributes now) {
        var modified = HttpDate.of(now.lastModifiedTime().toInstant());
        return new Representation(type, encoding, version(now), modified, now.size(), new Body.OnDisk(file));
    }

    private static String version(BasicFileAttributes now) {
        return tag(now.lastModifiedTime().to(TimeUnit.NANOSECONDS), now.size());
    }

    /** The same bytes as the compressed form of a file of another type. */
    Representation encoded(String coding, String typeOfPlain) {
        return new Representation(typeOfPlain, coding, etag, modified, length, body);
    }
}
