package io.colonnade.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.http.HttpClosedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Drops what Vert.x Web logs as an unhandled exception of a site where the client alone is at fault: it has left, or has sent a form that
 * cannot be read. Such a client has its answer, and the log would name the site.
 */
final class ClientFaultFilter extends TurboFilter {
    static final String LOGGER = "io.vertx.ext.web.RoutingContext";

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable error) {
        return (error instanceof HttpClosedException || error instanceof DecoderException)
                        && logger.getName().equals(LOGGER)
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }
}
