package io.colonnade.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.colonnade.core.FatalErrors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/** Reports errors that anybody logs, at any level, to {@link FatalErrors}: libraries catch and log errors that nobody can live on with. */
final class FatalErrorFilter extends TurboFilter {
    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable error) {
        if (error != null) {
            FatalErrors.report(error);
        } else if (parameters != null
                && parameters.length > 0
                && parameters[parameters.length - 1] instanceof Throwable last) {
            FatalErrors.report(last);
        }
        return FilterReply.NEUTRAL;
    }
}
