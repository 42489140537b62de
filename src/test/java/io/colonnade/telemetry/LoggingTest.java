package io.colonnade.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.read.ListAppender;
import io.colonnade.core.SiteLogging;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.SecureClassLoader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    void namesTheSiteForWhichTheThreadWorks() {
        asSite("shop", () -> {
            assertThat(encoded(text(), "sold out", null)).contains(" amber-heron/shop Cluster: sold out");
            assertThat(new JsonObject(encoded(new JsonLines("amber-heron"), "sold out", null)).getString("site"))
                    .isEqualTo("shop");
        });
        assertThat(new JsonObject(encoded(new JsonLines("amber-heron"), "joined", null)).containsKey("site"))
                .isFalse();
    }

    @Test
    void theLevelsOfASiteAreItsOwn() {
        var debug = System.Logger.Level.DEBUG;
        SiteLogging.setLevels("shop", Map.of("com.shop", debug, "com.shop.noisy", System.Logger.Level.OFF, "", debug));
        asSite("shop", () -> {
            assertThat(isDebugEnabled("com.shop.Basket")).isTrue();
            assertThat(LoggerFactory.getLogger("com.shop.noisy.Timer").isErrorEnabled())
                    .isFalse();
            assertThat(isDebugEnabled("org.library.Thing")).isTrue();
            assertThat(isDebugEnabled("io.vertx.core.Thing")).isFalse();
        });
        asSite("blog", () -> assertThat(isDebugEnabled("com.shop.Basket")).isFalse());
        assertThat(isDebugEnabled("com.shop.Basket")).isFalse();
        SiteLogging.setLevels("shop", Map.of());
        asSite("shop", () -> assertThat(isDebugEnabled("com.shop.Basket")).isFalse());
    }

    @Test
    void takesInWhatIsLoggedByJavaUtilLogging() {
        Logging.configure(LogFormat.TEXT, LogLevel.INFO, "-");
        var appender = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger("com.shop.Basket");
        appender.start();
        logger.addAppender(appender);
        var jul = java.util.logging.Logger.getLogger("com.shop.Basket");
        jul.log(java.util.logging.Level.WARNING, "only {0} left", 3);
        jul.log(java.util.logging.Level.FINE, "not at this level");
        jul.log(java.util.logging.Level.SEVERE, "failed", new IllegalStateException("why"));
        logger.detachAppender(appender);
        assertThat(appender.list)
                .extracting(event -> event.getLevel() + " " + event.getFormattedMessage())
                .containsExactly("WARN only 3 left", "ERROR failed");
        assertThat(appender.list.get(1).getThrowableProxy().getMessage()).isEqualTo("why");
    }

    private static boolean isDebugEnabled(String logger) {
        return LoggerFactory.getLogger(logger).isDebugEnabled();
    }

    private static void asSite(String site, Runnable action) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(new SecureClassLoader(SiteLogging.LOADER + site, before) {});
        try {
            action.run();
        } finally {
            thread.setContextClassLoader(before);
        }
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
