package io.colonnade.web;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The form of a file that is sent in one content coding.
 *
 * @param type the value of the field {@code Content-Type}
 * @param encoding the content coding, {@code identity} for none
 * @param etag a strong entity tag, with its quotes; empty if the file may be being written, see {@link #isSettled}
 * @param modified the time of the last change, or {@link #UNKNOWN}
 * @param length in bytes
 */
record Representation(String type, String encoding, String etag, HttpDate modified, long length, Body body) {
    static final String IDENTITY = "identity";
    private static final String UNSETTLED = "";

    /** A file that has changed this short a time ago may not be complete, or may change again at the same time of the disk's clock. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    static final HttpDate UNKNOWN = HttpDate.of(Instant.EPOCH);

    /** Makes a strong entity tag of values that change when the content does. */
    static String tag(long version, long length) {
        return "\"" + Long.toHexString(version) + "-" + Long.toHexString(length) + "\"";
    }

    boolean isEncoded() {
        return !encoding.equals(IDENTITY);
    }

    /**
     * Whether this is a version of the file that may be told from others, and be stored. It is not if the file has changed within the last
     * two seconds: whoever writes it may not be done.
     */
    boolean isSettled() {
        return !etag.equals(UNSETTLED);
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
            return isSettled() && version(now).equals(etag) ? this : onDisk(type, encoding, file.path(), now);
        } catch (IOException gone) {
            return null;
        }
    }

    /** Makes the representation of a file that its owner may change: the time of its last change is its version. */
    static Representation onDisk(String type, String encoding, Path file, BasicFileAttributes now) {
        return described(type, encoding, version(now), now, now.size(), new Body.OnDisk(file));
    }

    /** Makes the representation of what was just read of a file whose attributes are these. */
    static Representation described(
            String type, String encoding, String tag, BasicFileAttributes now, long length, Body body) {
        var modified = now.lastModifiedTime().toInstant();
        return Duration.between(modified, Instant.now()).abs().compareTo(SETTLING) > 0
                ? new Representation(type, encoding, tag, HttpDate.of(modified), length, body)
                : unsettled(type, encoding, length, body);
    }

    static Representation unsettled(String type, String encoding, long length, Body body) {
        return new Representation(type, encoding, UNSETTLED, UNKNOWN, length, body);
    }

    /**
     * This representation with its file open, if it is in one that its owner may change. If another file has taken its place meanwhile,
     * what is open now is a version that nobody has looked at.
     *
     * @throws IOException if the file cannot be opened
     */
    Representation opened() throws IOException {
        if (!(body instanceof Body.OnDisk file)) {
            return this;
        }
        var open = FileChannel.open(file.path(), StandardOpenOption.READ);
        try {
            var same = isSettled()
                    && version(Files.readAttributes(file.path(), BasicFileAttributes.class))
                            .equals(etag);
            return same && open.size() == length
                    ? new Representation(type, encoding, etag, modified, length, new Body.Opened(open))
                    : unsettled(type, encoding, open.size(), new Body.Opened(open));
        } catch (IOException gone) {
            open.close();
            throw gone;
        }
    }

    private static String version(BasicFileAttributes now) {
        return tag(now.lastModifiedTime().to(TimeUnit.NANOSECONDS), now.size());
    }

    /** The same bytes as the compressed form of a file of another type. */
    Representation encoded(String coding, String typeOfPlain) {
        return new Representation(typeOfPlain, coding, etag, modified, length, body);
    }
}
