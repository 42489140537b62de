package io.colonnade.node;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a start that must be undone, the latest first, when the start fails half-way or the node stops. */
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

    /** Adds a closing that blocks. It runs on a thread of its own, because Vert.x may be closed by then. */
    void addBlocking(String what, Closing closing) {
        add(
                what,
                () -> Future.future(closed -> new Thread(
                                () -> {
                                    try {
                                        closing.close();
                                        closed.complete();
                                    } catch (Exception | LinkageError failed) {
                                        closed.fail(failed);
                                    }
                                },
                                "stop-" + what)
                        .start()));
    }

    /**
     * Undoes everything, once. Never fails: a step that cannot be undone is logged, and the others are undone. The future belongs to
     * no context of Vert.x, because those end on the way, and what was composed on them would never complete.
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
