package io.colonnade.web;

import io.netty.handler.codec.DateFormatter;
import java.time.Instant;
import java.util.Date;

/**
 * A time as HTTP knows it (RFC 9110, section 5.6.7). Its text is made once, and not for each response that carries it.
 *
 * @param instant in whole seconds
 * @param text as a field has it
 */
record HttpDate(Instant instant, String text) {
    static HttpDate of(Instant time) {
        var instant = Instant.ofEpochSecond(time.getEpochSecond());
        return new HttpDate(instant, DateFormatter.format(Date.from(instant)));
    }
}
