package io.colonnade.foobar;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RequestBody;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks what clients send. Throws a {@link Problem} that names the field if it is not allowed. Lengths are in code points. */
final class Input {
    static final int MAX_TEXT = 2000;
    static final int MAX_NAME = 40;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final Pattern LINE_END = Pattern.compile("\\r\\n?");

    private Input() {}

    /** The text of a message, trimmed, with LF alone at the ends of lines. */
    static String text(@Nullable Object value) {
        var text = string("text", value, MAX_TEXT);
        return check("text", text, c -> c == '\n' || c == '\t' || !Character.isISOControl(c));
    }

    /** The name to sign in with, trimmed, of one line. */
    static String name(@Nullable Object value) {
        return check("name", string("name", value, MAX_NAME), c -> !Character.isISOControl(c) && !isLineSeparator(c));
    }

    private static String string(String field, @Nullable Object value, int max) {
        if (!(value instanceof String raw)) {
            throw Problem.invalid(field, "There is no " + field + "; send a string of 1 to " + max + " characters.");
        }
        var text = LINE_END.matcher(raw).replaceAll("\n").strip();
        var length = text.codePointCount(0, text.length());
        if (length < 1 || length > max) {
            throw Problem.invalid(
                    field, "The " + field + " has " + length + " characters; 1 to " + max + " are allowed.");
        }
        return text;
    }

    private static String check(String field, String text, IntPredicate allowed) {
        if (!text.codePoints().allMatch(c -> allowed.test(c) && !isSurrogate(c))) {
            throw Problem.invalid(field, "The " + field + " has a control character; send none.");
        }
        return text;
    }

    private static boolean isSurrogate(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE;
    }

    private static boolean isLineSeparator(int codePoint) {
        var type = Character.getType(codePoint);
        return type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** The value of the field {@code Idempotency-Key}; null if the request has none. */
    static @Nullable String idempotencyKey(@Nullable String value) {
        if (value != null && !KEY.matcher(value).matches()) {
            throw Problem.invalid(
                    "Idempotency-Key", "The Idempotency-Key is not 1 to 255 visible ASCII characters without spaces.");
        }
        return value;
    }

    /** A number of at most 18 decimal digits, or -1 for anything else. */
    static long number(String text) {
        return NUMBER.matcher(text).matches() ? Long.parseLong(text) : -1;
    }

    /** The request's body as a JSON object. */
    static JsonObject json(RequestBody body) {
        try {
            var bytes = body.buffer();
            if (bytes != null && isUtf8(bytes) && Json.decodeValue(bytes) instanceof JsonObject json) {
                return json;
            }
        } catch (DecodeException e) {
            throw notJson();
        }
        throw notJson();
    }

    /** The parser takes overlong forms for the characters that they stand for (RFC 8259 section 8.1, RFC 3629 section 3). */
    private static boolean isUtf8(Buffer bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes()));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    private static Problem notJson() {
        return Problem.of(400, "The body is not a JSON object.");
    }
}
