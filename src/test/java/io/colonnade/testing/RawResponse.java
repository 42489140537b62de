package io.colonnade.testing;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/**
 * One response as it came over the wire.
 *
 * @param statusLine without its line end
 * @param fields the lines of the head in their order and case
 * @param body with the chunks put together
 * @param chunks the sizes of the chunks; empty if the body was not chunked
 * @param trailers the lines after the last chunk
 * @param end how the body ended
 */
public record RawResponse(
        String statusLine, List<String> fields, Buffer body, List<Integer> chunks, List<String> trailers, End end) {

    /** How the end of the body was marked. */
    public enum End {
        /** There is no body with this status or method. */
        NO_BODY,
        LENGTH,
        LAST_CHUNK,
        /** The connection was closed, as the head announced. */
        CLOSE,
        /** The connection broke before the body was complete. */
        PREMATURE
    }

    public int status() {
        return Integer.parseInt(statusLine.split(" ", 3)[1]);
    }

    /** The first field of that name, in any case. */
    public Optional<String> field(String name) {
        return fieldValues(name).stream().findFirst();
    }

    public List<String> fieldValues(String name) {
        var start = name.length() + 1;
        return fields.stream()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, start))
                .map(line -> line.substring(start).strip())
                .toList();
    }

    public String text() {
        return body.toString();
    }

    public boolean isComplete() {
        return end != End.PREMATURE;
    }

    @Override
    public String toString() {
        var shown = body.length() <= 2000 ? text() : body.length() + " bytes";
        return statusLine + "\n" + String.join("\n", fields) + "\n\n" + shown + "\n" + trailers + " " + end;
    }
}
