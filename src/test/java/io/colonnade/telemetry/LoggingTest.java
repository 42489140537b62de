package io.colonnade.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.read.ListAppender;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingTest {
    @AfterEach
    void restore() {
        Logging.configure(LogFormat.TEXT, LogLevel.INFO, "-");
    }

    @Test
    void writesOneReadableLineAnEventEvenIfTheMessageHasMore() {
        assertThat(encoded(text(), "joined\nERROR forged", null))
                .matches("2026-01-0\\d \\d\\d:00:00.123 INFO  amber-heron Cluster: joined \\| ERROR forged\\R");
    }

    @Test
    void putsTheStackBelowTheLine() {
        assertThat(encoded(text(), "failed", new IllegalStateException("why")).lines())
                .anySatisfy(line -> assertThat(line).endsWith("Cluster: failed"))
                .contains("java.lang.IllegalStateException: why")
                .anySatisfy(line -> assertThat(line).startsWith("\tat io.colonnade.telemetry.LoggingTest."));
    }

    @Test
    void writesOneJsonObjectALine() {
        var line = encoded(new JsonLines("amber-heron"), "joined\n\"x\"", new IllegalStateException("why"));
        assertThat(line.lines()).hasSize(1);
        var json = new JsonObject(line);
        assertThat(json.getString("time")).isEqualTo("2026-01-02T03:00:00.123Z");
        assertThat(json.getString("level")).isEqualTo("INFO");
        assertThat(json.getString("node")).isEqualTo("amber-heron");
        assertThat(json.getString("logger")).isEqualTo("io.colonnade.cluster.Cluster");
        assertThat(json.getString("message")).isEqualTo("joined\n\"x\"");
        assertThat(json.getString("stack")).startsWith("java.lang.IllegalStateException: why");
    }

    @Test
    void blamesNoSiteForWhatAClientDid() {
        var appender = new ListAppender<ILoggingEvent>();
        var web = (Logger) LoggerFactory.getLogger(ClientFaultFilter.LOGGER);
        appender.start();
        web.addAppender(appender);
        web.error("Unhandled exception in router", new HttpClosedException("gone"));
        web.error("Unhandled exception in router", new DecoderException("no form"));
        web.error("Unhandled exception in router", new IllegalStateException("of the site"));
        web.detachAppender(appender);
        assertThat(appender.list)
                .extracting(event -> event.getThrowableProxy().getMessage())
                .containsExactly("of the site");
    }

    @Test
    void quietsTheLibraries() {
        Logging.configure(LogFormat.JSON, LogLevel.DEBUG, "amber-heron");
        assertThat(LoggerFactory.getLogger("io.colonnade.cluster.Cluster").isDebugEnabled())
                .isTrue();
        for (var library : List.of("io.vertx.core", "io.netty.channel", "org.flywaydb.core")) {
            assertThat(LoggerFactory.getLogger(library).isInfoEnabled()).isFalse();
            assertThat(LoggerFactory.getLogger(library).isWarnEnabled()).isTrue();
        }
        assertThat(LoggerFactory.getLogger("com.hazelcast.core").isWarnEnabled())
                .isFalse();
        assertThat(LoggerFactory.getLogger("com.hazelcast.core").isErrorEnabled())
                .isTrue();
        assertThat(LoggerFactory.getLogger("io.vertx.core.net.impl.ConnectionBase")
                        .isErrorEnabled())
                .isFalse();
    }

    @Test
    void getsTheEventsOfVertxAndHazelcast() {
        Logging.configure(LogFormat.TEXT, LogLevel.INFO, "-");
        assertThat(io.vertx.core.internal.logging.LoggerFactory.getLogger("io.vertx.core")
                        .implementation())
                .isEqualTo("slf4j");
        assertThat(System.getProperty("hazelcast.logging.type")).isEqualTo("slf4j");
    }

    private static Encoder<ILoggingEvent> text() {
        return TextLines.encoder((LoggerContext) LoggerFactory.getILoggerFactory(), "amber-heron");
    }

    private static String encoded(Encoder<ILoggingEvent> encoder, String message, Throwable thrown) {
        var logger = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("io.colonnade.cluster.Cluster");
        var event = new LoggingEvent("", logger, Level.INFO, message, thrown, null);
        event.setInstant(Instant.parse("2026-01-02T03:00:00.123Z"));
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }
}
