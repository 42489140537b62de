package io.colonnade.foobar;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Which messages are asked for.
 *
 * @param before only messages with a smaller id
 * @param limit how many at most, 1 to 100
 */
record Page(long before, int limit) {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    /** Reads {@code before} and {@code limit} of the query; throws a {@link Problem} that names the bad one. */
    static Page of(MultiMap query) {
        var before = number(query, "before", Long.MAX_VALUE, Long.MAX_VALUE);
        return new Page(before, (int) number(query, "limit", DEFAULT_LIMIT, MAX_LIMIT));
    }

    private static long number(MultiMap query, String name, long absent, long max) {
        var value = query.get(name);
        if (value == null) {
            return absent;
        }
        var number = Input.number(value);
        if (number < 1 || number > max) {
            throw Problem.invalid(name, name + " is not a number from 1 to " + max + ".");
        }
        return number;
    }

    /** One more than the page shows, to know whether there are more. */
    int lookAhead() {
        return limit + 1;
    }

    /** The answer: {@code messages}, and in {@code next} the {@code before} of the next page, null at the end. */
    JsonObject answer(List<Message> found) {
        var shown = found.subList(0, Math.min(limit, found.size()));
        var more = found.size() > limit;
        return new JsonObject()
                .put("messages", new JsonArray(shown.stream().map(Message::json).toList()))
                .put("next", more ? (Object) shown.get(limit - 1).id() : null);
    }
}
