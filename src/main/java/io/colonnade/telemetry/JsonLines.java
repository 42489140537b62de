package io.colonnade.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import io.colonnade.core.SiteLogging;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * One JSON object on a line for each event: {@code time, level, node, logger, thread, message}, {@code site} if the code of one runs,
 * and {@code stack} if something was thrown.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {
    private final String node;

    JsonLines(String node) {
        this.node = node;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        var line = new JsonObject()
                .put("time", event.getInstant().toString())
                .put("level", event.getLevel().toString())
                .put("node", node)
                .put("logger", event.getLoggerName())
                .put("thread", event.getThreadName())
                .put("message", event.getFormattedMessage());
        var site = SiteLogging.current();
        if (site != null) {
            line.put("site", site);
        }
        var thrown = event.getThrowableProxy();
        if (thrown != null) {
            line.put("stack", ThrowableProxyUtil.asString(thrown));
        }
        return (line.encode() + "\n").getBytes(StandardCharsets.UTF_8);
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
