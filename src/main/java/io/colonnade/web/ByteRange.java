package io.colonnade.web;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a file that a request asks for (RFC 9110, section 14).
 *
 * @param first the position of its first byte
 * @param length in bytes; at least 1, but 0 for {@link #UNSATISFIABLE}
 */
record ByteRange(long first, long length) {
    /** No byte of the file is in the range. */
    static final ByteRange UNSATISFIABLE = new ByteRange(0, 0);

    /** A number of 18 digits always fits into a long. */
    private static final Pattern SINGLE =
            Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*", Pattern.CASE_INSENSITIVE);

    /**
     * Parses the field {@code Range}.
     *
     * @param size of the file, in bytes
     * @return null if the whole file is to be sent. That is so without the field, with one that cannot be parsed, and with
     *     several ranges, which a server may ignore
     */
    static @Nullable ByteRange parse(@Nullable String field, long size) {
        if (field == null) {
            return null;
        }
        var matcher = SINGLE.matcher(field);
        if (!matcher.matches()) {
            return null;
        }
        var first = matcher.group(1);
        var last = matcher.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? null : suffix(Long.parseLong(last), size);
        }
        return between(Long.parseLong(first), last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last), size);
    }

    boolean isUnsatisfiable() {
        return length == 0;
    }

    /** The value of the field {@code Content-Range} for this part. */
    String contentRange(long size) {
        return "bytes " + (isUnsatisfiable() ? "*" : first + "-" + (first + length - 1)) + "/" + size;
    }

    private static @Nullable ByteRange suffix(long wanted, long size) {
        if (wanted == 0) {
            return UNSATISFIABLE;
        }
        var length = Math.min(wanted, size);
        return length == 0 ? null : new ByteRange(size - length, length);
    }

    private static @Nullable ByteRange between(long first, long last, long size) {
        if (last < first) {
            return null;
        }
        return first >= size ? UNSATISFIABLE : new ByteRange(first, Math.min(last, size - 1) - first + 1);
    }
}
