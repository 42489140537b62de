package io.colonnade.dns;

import io.colonnade.core.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs defects, at most once a minute: a client that finds a query which shows one may send it very often. */
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
