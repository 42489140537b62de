package io.colonnade.foobar;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The page of messages that a request asks for.
 *
 * @param before only messages with a smaller id
 * @param limit the number of messages, at most; 1 to 100. Default 20
 */
record Page(long before, int limit) {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    /** Reads {@code before} and {@code limit} of the query. Throws a {@link Problem} that names the value that is not allowed. */
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

    /** One more than the page shows, which tells whether there is a next page. */
    int lookAhead() {
        return limit + 1;
    }

    /** The document: {@code messages}, and {@code next}, the value of {@code before} for the next page, null on the last one. */
    JsonObject answer(List<Message> found) {
        var shown = found.subList(0, Math.min(limit, found.size()));
        var more = found.size() > limit;
        return new JsonObject()
                .put("messages", new JsonArray(shown.stream().map(Message::json).toList()))
                .put("next", more ? (Object) shown.get(limit - 1).id() : null);
    }
}
