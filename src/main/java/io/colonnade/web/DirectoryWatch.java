package io.colonnade.web;

import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a directory at intervals: at what the operating system tells to have changed, and now and then at all of it, as network file
 * systems tell nothing and many changes at once are lost.
 */
final class DirectoryWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DirectoryWatch.class);

    /** The pause after a scan is at least this many times as long as the scan, so that scans take at most 1/20 of one core. */
    private static final int REST = 20;

    /** The same for a look at what is told to have changed, which is short, and only comes to more while files change. */
    private static final int SHORT_REST = 4;

    /** How to look; on a worker thread. */
    interface Look {
        /** Looks at all. */
        void all() throws IOException;

        /** Looks at what is told to have changed; false if only a look at all can find that out. */
        boolean changes() throws IOException;

        /** Whether changes are told. */
        boolean isTold();
    }

    private final Vertx vertx;
    private final Duration interval;
    private final Look look;
    private boolean failing;
    private long allAt;
    private volatile boolean closed;

    DirectoryWatch(Vertx vertx, Duration interval, Look look) {
        this.vertx = vertx;
        this.interval = interval;
        this.look = look;
        this.allAt = System.nanoTime() + interval.toNanos();
        lookAfter(interval);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void lookAfter(Duration delay) {
        vertx.setTimer(delay.toMillis(), timer -> look());
    }

    private void look() {
        if (!closed) {
            vertx.executeBlocking(this::measured).onComplete(this::looked);
        }
    }

    private Duration measured() throws IOException {
        var start = System.nanoTime();
        if (start - allAt < 0 && look.changes()) {
            return rest(start, SHORT_REST, shortInterval());
        }
        look.all();
        var rest = rest(start, REST, interval);
        allAt = System.nanoTime() + rest.toNanos();
        if (!look.isTold()) {
            return rest;
        }
        if (look.changes()) {
            return shortInterval();
        }
        allAt = System.nanoTime();
        return rest(start, 1, interval);
    }

    /** A look at what is told costs nothing if nothing is. Twice in an interval, so that the change is served within it. */
    private Duration shortInterval() {
        return interval.dividedBy(2);
    }

    /** How long to pause after what began then. */
    private static Duration rest(long start, int times, Duration atLeast) {
        var rest = Duration.ofNanos(System.nanoTime() - start).multipliedBy(times);
        return rest.compareTo(atLeast) > 0 ? rest : atLeast;
    }

    private void looked(AsyncResult<Duration> rest) {
        if (rest.failed() && !failing && !closed) {
            log.warn(
                    "webroot cannot be read, its files are served as they were: {}",
                    rest.cause().toString());
        }
        failing = rest.failed();
        lookAfter(rest.failed() ? interval : rest.result());
    }
}
