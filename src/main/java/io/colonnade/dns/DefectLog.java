package io.colonnade.dns;

import io.colonnade.core.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs defects, once a minute at most: who finds a query that shows one can send it as often as they like. */
final class DefectLog {
    private static final Logger log = LoggerFactory.getLogger(DefectLog.class);
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final Clock clock;
    private long nextAt;

    DefectLog(Clock clock) {
        this.clock = clock;
        this.nextAt = clock.nanos();
    }

    void report(RuntimeException defect) {
        if (clock.nanos() - nextAt >= 0) {
            nextAt = clock.nanos() + QUIET.toNanos();
            log.error("a query could not be answered; further ones like it are counted as dropped", defect);
        }
    }
}
