package io.colonnade.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logging to stderr, set up in code: reading a {@code logback.xml} would cost every start a tenth of a second. Logback finds
 * this class as a service and calls {@link #configure(LoggerContext)} at the first event.
 */
public final class Logging extends ContextAwareBase implements Configurator {
    /** Libraries that log more than people want to read, and the least important level that is logged of each. */
    private static final Map<String, Level> QUIET = Map.of(
            "io.vertx", Level.WARN,
            "io.netty", Level.WARN,
            "org.flywaydb", Level.WARN,
            "org.mariadb", Level.WARN,
            // These warn, with stack traces, whenever a member is lost; the cluster package says so in a line.
            "com.hazelcast", Level.ERROR,
            "io.vertx.core.eventbus.impl.clustered", Level.ERROR,
            // Its only error is that the other end of a connection has died, where nobody has asked to be told: the
            // event bus's.
            "io.vertx.core.net.impl.ConnectionBase", Level.OFF,
            // Its only error is the one that the start of the node fails with.
            "com.hazelcast.instance.AddressPicker", Level.OFF);

    /** Sets format, level and the node's name for all events from now on; on any thread, at any time. */
    public static void configure(LogFormat format, LogLevel level, String node) {
        set("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        set("hazelcast.logging.type", "slf4j");
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        attach(context, format, level, node);
        JavaUtilLogging.takeOver(level);
    }

    private static void set(String property, String value) {
        System.setProperty(property, System.getProperty(property, value));
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        attach(context, LogFormat.TEXT, LogLevel.INFO, "-");
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static void attach(LoggerContext context, LogFormat format, LogLevel level, String node) {
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder(context, format, node));
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        context.addTurboFilter(new FatalErrorFilter());
        context.addTurboFilter(new SiteLevelFilter());
        context.addTurboFilter(new ClientFaultFilter());
        root.setLevel(Level.valueOf(level.name()));
        if (level.compareTo(LogLevel.TRACE) < 0) {
            QUIET.forEach((name, least) -> context.getLogger(name).setLevel(least));
        }
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, LogFormat format, String node) {
        if (format == LogFormat.TEXT) {
            return TextLines.encoder(context, node);
        }
        var encoder = new JsonLines(node);
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}
