package io.colonnade.web;

import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through a directory at intervals. The system's own notices of changes were not used: they do not come from network
 * file systems, and are lost when there are many.
 */
final class DirectoryWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DirectoryWatch.class);

    /** A look that takes one unit of time is followed by a rest of so many. */
    private static final int REST = 20;

    /** One look, on a worker thread. */
    interface Look {
        void run() throws IOException;
    }

    private final Vertx vertx;
    private final Duration interval;
    private final Look look;
    private boolean failing;
    private volatile boolean closed;

    DirectoryWatch(Vertx vertx, Duration interval, Look look) {
        this.vertx = vertx;
        this.interval = interval;
        this.look = look;
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
        look.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void looked(AsyncResult<Duration> took) {
        if (took.failed() && !failing) {
            log.warn(
                    "webroot cannot be read, its files are served as they were: {}",
                    took.cause().toString());
        }
        failing = took.failed();
        var rest = took.failed() ? interval : took.result().multipliedBy(REST);
        lookAfter(rest.compareTo(interval) > 0 ? rest : interval);
    }
}
