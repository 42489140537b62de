package io.colonnade.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogLevelsTest {
    @Test
    void readsWhatLogbackWouldRead() {
        assertThat(
                        levels(
                                "logback.xml",
                                """
                        <configuration>
                          <appender name="STDOUT" class="ch.qos.logback.core.ConsoleAppender"/>
                          <logger name="com.shop" level="debug"/>
                          <logger name="com.other" level="${LEVEL}"/>
                          <root level="WARN"><appender-ref ref="STDOUT"/></root>
                        </configuration>"""))
                .isEqualTo(Map.of("com.shop", System.Logger.Level.DEBUG, "", System.Logger.Level.WARNING));
    }

    @Test
    void readsWhatJavaUtilLoggingWouldRead() {
        assertThat(
                        levels(
                                "logging.properties",
                                """
                        handlers=java.util.logging.ConsoleHandler
                        java.util.logging.ConsoleHandler.level=FINEST
                        .level=INFO
                        com.shop.level = FINE
                        """))
                .isEqualTo(Map.of("", System.Logger.Level.INFO, "com.shop", System.Logger.Level.DEBUG));
    }

    @Test
    void aFileThatCannotBeReadHasNoEffect() {
        assertThat(levels("logback.xml", "<configuration>")).isEmpty();
        assertThat(levels("logback.xml", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"))
                .isEmpty();
        assertThat(levels("other.xml", "<configuration/>")).isEmpty();
    }

    private static Map<String, System.Logger.Level> levels(String name, String content) {
        return LogLevels.of(
                "shop",
                asked ->
                        asked.equals(name) ? new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)) : null);
    }
}
