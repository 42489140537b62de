package io.colonnade.telemetry;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/** Takes what is logged by {@code java.util.logging} into the log of the node. */
final class JavaUtilLogging extends Handler {
    private final SimpleFormatter words = new SimpleFormatter();

    /** Takes over from the handlers that there are, which print to stderr in a form of their own. */
    static void takeOver(LogLevel least) {
        LogManager.getLogManager().reset();
        var root = java.util.logging.Logger.getLogger("");
        root.addHandler(new JavaUtilLogging());
        root.setLevel(
                switch (least) {
                    case ERROR -> Level.SEVERE;
                    case WARN -> Level.WARNING;
                    case INFO -> Level.INFO;
                    case DEBUG -> Level.FINE;
                    case TRACE -> Level.FINEST;
                });
    }

    @Override
    public void publish(LogRecord event) {
        var name = event.getLoggerName();
        LoggerFactory.getLogger(name == null || name.isEmpty() ? "java.util.logging" : name)
                .atLevel(level(event.getLevel().intValue()))
                .setCause(event.getThrown())
                .log(words.formatMessage(event));
    }

    private static org.slf4j.event.Level level(int level) {
        if (level >= Level.SEVERE.intValue()) {
            return org.slf4j.event.Level.ERROR;
        }
        if (level >= Level.WARNING.intValue()) {
            return org.slf4j.event.Level.WARN;
        }
        if (level >= Level.INFO.intValue()) {
            return org.slf4j.event.Level.INFO;
        }
        return level >= Level.FINE.intValue() ? org.slf4j.event.Level.DEBUG : org.slf4j.event.Level.TRACE;
    }

    @Override
    public void flush() {
        // nothing is kept back
    }

    @Override
    public void close() {
        // nothing is open
    }
}
