package io.colonnade.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The form of a file that is sent in one content coding.
 *
 * @param type the value of the field {@code Content-Type}
 * @param encoding the content coding, {@code identity} for none
 * @param etag a strong entity tag, with its quotes
 * @param modified the time of the last change, or {@link #UNKNOWN}
 * @param length in bytes
 */
record Representation(String type, String encoding, String etag, HttpDate modified, long length, Body body) {
    static final String IDENTITY = "identity";
    static final HttpDate UNKNOWN = HttpDate.of(Instant.EPOCH);

    /** Makes a strong entity tag of values that change when the content does. */
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
     * This representation, or a newer one if the owner of a {@code webroot} directory has changed the file. Only files of such
     * a directory are looked at.
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

    /** Makes the representation of a file that its owner may change: the time of its last change is its version. */
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
