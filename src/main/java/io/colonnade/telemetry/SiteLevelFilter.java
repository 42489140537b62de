package io.colonnade.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.colonnade.core.SiteLogging;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/** Applies the levels that a site sets in its own archive, where the site's code logs and nowhere else. */
final class SiteLevelFilter extends TurboFilter {
    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable error) {
        var least = SiteLogging.levelOf(logger.getName());
        if (least == null) {
            return FilterReply.NEUTRAL;
        }
        return level.isGreaterOrEqual(in(least)) ? FilterReply.ACCEPT : FilterReply.DENY;
    }

    private static Level in(System.Logger.Level least) {
        return switch (least) {
            case ALL, TRACE -> Level.TRACE;
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARNING -> Level.WARN;
            case ERROR -> Level.ERROR;
            case OFF -> Level.OFF;
        };
    }
}
