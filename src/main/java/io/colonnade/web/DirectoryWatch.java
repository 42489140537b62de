package io.colonnade.web;

import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scans a directory at intervals. The operating system's own notices of changes are not used: network file systems send
 * none, and many at once are lost.
 */
final class DirectoryWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DirectoryWatch.class);

    /** The pause after a scan is at least this many times as long as the scan, so that scans take at most 1/20 of one core. */
    private static final int REST = 20;

    /** One scan; runs on a worker thread. */
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
