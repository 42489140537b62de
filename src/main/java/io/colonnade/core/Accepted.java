package io.colonnade.core;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.MultiMap;
import java.util.Locale;

/**
 * How much a client wants an error as a page or as JSON (field {@code Accept}, RFC 9110 section 12.5.1).
 *
 * @param html the weight of a page, 0 to 1; 0 too if the client does not name that form
 * @param json the weight of JSON, likewise
 */
public record Accepted(double html, double json) {
    public static Accepted of(MultiMap fields) {
        var html = 0.0;
        var json = 0.0;
        for (var element : ListField.elements(fields, HttpHeaderNames.ACCEPT)) {
            var type = ListField.value(element).toLowerCase(Locale.ROOT);
            if (type.equals("text/html") || type.equals("application/xhtml+xml")) {
                html = Math.max(html, ListField.weight(element));
            } else if (type.equals("application/json") || type.endsWith("+json")) {
                json = Math.max(json, ListField.weight(element));
            }
        }
        return new Accepted(html, json);
    }
}
