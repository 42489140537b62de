package io.colonnade.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** {@code 13:45:02.123 INFO  amber-heron Cluster: boreal-wren joined}; a stack trace follows on lines of its own. */
final class TextLines extends EncoderBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private final String node;

    TextLines(String node) {
        this.node = node;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        var line = "%s %-5s %s %s: %s%n%s"
                .formatted(
                        TIME.format(event.getInstant()),
                        event.getLevel(),
                        node,
                        shortName(event.getLoggerName()),
                        onOneLine(event.getFormattedMessage()),
                        stack(event));
        return line.getBytes(StandardCharsets.UTF_8);
    }

    private static String shortName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }

    /** What clients send must not be able to forge a line. */
    private static String onOneLine(String message) {
        return message.replaceAll("\\s*\\R\\s*", " | ");
    }

    private static String stack(ILoggingEvent event) {
        var thrown = event.getThrowableProxy();
        return thrown == null ? "" : ThrowableProxyUtil.asString(thrown);
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
