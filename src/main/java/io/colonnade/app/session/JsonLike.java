package io.colonnade.app.session;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values that nodes can share: strings, finite numbers, booleans, and {@code JsonObject} and {@code JsonArray} of those. */
public final class JsonLike {
    private JsonLike() {}

    /**
     * Returns the value itself if it can be shared.
     *
     * @throws IllegalArgumentException if the value, or a part of it, cannot be written as JSON and read back unchanged
     */
    public static Object check(Object value) {
        if (!isJsonLike(value)) {
            throw new IllegalArgumentException("a " + value.getClass().getName()
                    + " cannot be shared between nodes; allowed are strings, finite numbers, booleans, and JsonObject and"
                    + " JsonArray of those");
        }
        return value;
    }

    /** A copy that does not change when the value does. */
    static @Nullable Object copy(@Nullable Object value) {
        if (value instanceof JsonObject object) {
            return object.copy();
        }
        return value instanceof JsonArray array ? array.copy() : value;
    }

    private static boolean isJsonLike(@Nullable Object value) {
        if (value instanceof JsonObject object) {
            return isJsonLike(object.getMap());
        }
        if (value instanceof JsonArray array) {
            return inside(array.getList());
        }
        return value instanceof String || value instanceof Boolean || isNumber(value);
    }

    private static boolean isJsonLike(Map<String, ?> members) {
        return members.values().stream().allMatch(JsonLike::inside);
    }

    /** Within a document, null is allowed, and so are plain maps and lists. */
    @SuppressWarnings("unchecked")
    private static boolean inside(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return isJsonLike((Map<String, ?>) map);
        }
        if (value instanceof List<?> list) {
            return list.stream().allMatch(JsonLike::inside);
        }
        return value == null || isJsonLike(value);
    }

    private static boolean isNumber(@Nullable Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue());
    }
}
