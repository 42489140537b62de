package io.colonnade.telemetry;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import io.colonnade.core.SiteLogging;
import java.nio.charset.StandardCharsets;

/**
 * One readable line for each event, such as {@code 2026-01-02 13:45:02.123 INFO  amber-heron Cluster: boreal-wren has joined}; where
 * the code of a site runs, the node's name has the site's after a slash, as in {@code amber-heron/shop}. A stack trace follows on lines of its own. A line break in the message is written as a bar, so that what clients send cannot forge
 * a line.
 */
final class TextLines {
    private static final String PATTERN =
            "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %property{node}%site %logger{0}: %replace(%msg){'\\s*\\R\\s*', ' | '}%n%ex";

    private TextLines() {}

    /** Written on the thread that logs. */
    private static final class OfSite extends ClassicConverter {
        @Override
        public String convert(ILoggingEvent event) {
            var site = SiteLogging.current();
            return site == null ? "" : "/" + site;
        }
    }

    static Encoder<ILoggingEvent> encoder(LoggerContext context, String node) {
        context.putProperty("node", node);
        PatternLayout.DEFAULT_CONVERTER_SUPPLIER_MAP.put("site", OfSite::new);
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }
}
