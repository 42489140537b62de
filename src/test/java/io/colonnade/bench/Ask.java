package io.colonnade.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request that every contender answers alike.
 *
 * @param label what the table calls it
 * @param status what it is answered with
 * @param connections that it is sent on at most, as what is large is not whole on many of them within a round
 * @param conditional whether it carries, as {@code If-None-Match}, the tag that the contender itself gave
 */
record Ask(
        String label,
        String method,
        String path,
        int status,
        int connections,
        boolean conditional,
        Map<String, String> fields) {
    private static final int ANY = Integer.MAX_VALUE;

    static Ask get(String label, String path) {
        return new Ask(label, "GET", path, 200, ANY, false, Map.of());
    }

    /** Without a body. */
    static Ask post(String label, String path) {
        return new Ask(label, "POST", path, 200, ANY, false, Map.of("Content-Length", "0"));
    }

    Ask onAtMost(int few) {
        return new Ask(label, method, path, status, few, conditional, fields);
    }

    /** The same of who has it already. */
    Ask unchanged() {
        return new Ask(label + ", unchanged", method, path, 304, connections, true, fields);
    }

    /** As it is sent to a contender that gave this tag; empty if it gave none. */
    Ask tagged(String tag) {
        if (!conditional) {
            return this;
        }
        var all = new TreeMap<>(fields);
        all.put("If-None-Match", tag);
        return new Ask(label, method, path, status, connections, conditional, all);
    }

    /** The lines of its head, as a generator wants them. */
    List<String> lines() {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue())
                .toList();
    }
}
