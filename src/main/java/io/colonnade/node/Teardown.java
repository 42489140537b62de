package io.colonnade.node;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must be undone of a start, the latest first; whether the start failed half-way or the node stops. */
final class Teardown {
    private static final Logger log = LoggerFactory.getLogger(Teardown.class);

    /** Something to close that may block. */
    @FunctionalInterface
    interface Closing {
        void close() throws Exception;
    }

    private record Step(String what, Supplier<Future<?>> undo) {}

    private final Deque<Step> steps = new ArrayDeque<>();

    synchronized void add(String what, Supplier<Future<?>> undo) {
        steps.push(new Step(what, undo));
    }

    /** Adds a closing that blocks: it gets a thread of its own, as Vert.x may be closed by then. */
    void addBlocking(String what, Closing closing) {
        add(
                what,
                () -> Future.future(closed -> new Thread(
                                () -> {
                                    try {
                                        closing.close();
                                        closed.complete();
                                    } catch (Exception failed) {
                                        closed.fail(failed);
                                    }
                                },
                                "stop-" + what)
                        .start()));
    }

    /**
     * Undoes everything, once. Never fails: what cannot be undone is logged, and the rest is. Its future belongs to no
     * context: those of Vert.x end on the way, and what was composed on them would never complete.
     */
    Future<Void> run() {
        var undone = Promise.<Void>promise();
        runInto(undone);
        return undone.future();
    }

    private void runInto(Promise<Void> undone) {
        var step = next();
        if (step == null) {
            undone.complete();
            return;
        }
        step.undo().get().onComplete(done -> {
            if (done.failed()) {
                log.warn("{} could not be stopped: {}", step.what(), String.valueOf(done.cause()));
            }
            runInto(undone);
        });
    }

    private synchronized @Nullable Step next() {
        return steps.poll();
    }
}
