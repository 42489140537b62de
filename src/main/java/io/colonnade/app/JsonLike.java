package io.colonnade.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be shared between nodes: strings, finite numbers, booleans, and {@code JsonObject} and {@code JsonArray} of those. */
final class JsonLike {
    private JsonLike() {}

    /**
     * Gives the value itself.
     *
     * @throws IllegalArgumentException if it, or something in it, would not come back as what it is
     */
    static Object check(Object value) {
        if (!isJsonLike(value)) {
            throw new IllegalArgumentException("a " + value.getClass().getName()
                    + " cannot be shared between nodes; allowed are strings, finite numbers, booleans, and JsonObject and"
                    + " JsonArray of those");
        }
        return value;
    }

    /** A copy that later changes of the value do not reach. */
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

    /** Inside of a document null is a value, and documents may be plain maps and lists. */
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
