package io.colonnade.web;

import io.netty.handler.codec.DateFormatter;
import java.time.Instant;
import java.util.Date;

/**
 * A time as HTTP fields have it (RFC 9110, section 5.6.7). The text is made once, and not for each response.
 *
 * @param instant in whole seconds
 * @param text such as {@code Tue, 04 Mar 2025 05:06:08 GMT}
 */
record HttpDate(Instant instant, String text) {
    static HttpDate of(Instant time) {
        var instant = Instant.ofEpochSecond(time.getEpochSecond());
        return new HttpDate(instant, DateFormatter.format(Date.from(instant)));
    }
}
