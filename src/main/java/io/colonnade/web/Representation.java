package io.colonnade.web;

import io.netty.handler.codec.DateFormatter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is sent for a file in one encoding.
 *
 * @param type the field {@code Content-Type}
 * @param encoding the content coding, {@code identity} for none
 * @param etag a strong entity tag, with its quotes
 * @param modified in whole seconds, or {@link #UNKNOWN}
 * @param length in bytes
 */
record Representation(String type, String encoding, String etag, Instant modified, long length, Body body) {
    static final String IDENTITY = "identity";
    static final Instant UNKNOWN = Instant.EPOCH;

    Representation {
        modified = Instant.ofEpochSecond(modified.getEpochSecond());
    }

    /** A strong entity tag of what changes with the content. */
    static String tag(long version, long length) {
        return "\"" + Long.toHexString(version) + "-" + Long.toHexString(length) + "\"";
    }

    boolean isEncoded() {
        return !encoding.equals(IDENTITY);
    }

    boolean modifiedIsKnown() {
        return modified.isAfter(UNKNOWN);
    }

    /** The field {@code Last-Modified}. */
    String lastModified() {
        return DateFormatter.format(Date.from(modified));
    }

    /**
     * This, or what it is by now if its owner has changed the file since it was looked at. Looks at the file if the bytes are on disk.
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
            return file.mayChange() ? onDisk(type, encoding, file.path(), now) : this;
        } catch (IOException gone) {
            return null;
        }
    }

    /** A file of a directory that its owner may change: its version is its time. */
    static Representation onDisk(String type, String encoding, Path file, BasicFileAttributes now) {
        var modified = now.lastModifiedTime();
        var tag = tag(modified.to(TimeUnit.NANOSECONDS), now.size());
        return new Representation(type, encoding, tag, modified.toInstant(), now.size(), new Body.OnDisk(file, true));
    }

    /** The same bytes as the compressed form of a file of another type. */
    Representation encoded(String coding, String typeOfPlain) {
        return new Representation(typeOfPlain, coding, etag, modified, length, body);
    }
}
