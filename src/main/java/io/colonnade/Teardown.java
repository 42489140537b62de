package io.colonnade;

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
     * Undoes everything, once. Never fails: what cannot be undone is logged, and the rest is. Completes on no context of Vert.x's,
     * which is closed by then and would never tell.
     */
    Future<Void> run() {
        Promise<Void> undone = Promise.promise();
        undoNext(undone);
        return undone.future();
    }

    private void undoNext(Promise<Void> undone) {
        var step = next();
        if (step == null) {
            undone.complete();
            return;
        }
        step.undo()
                .get()
                .onFailure(cause -> log.warn("{} could not be stopped: {}", step.what(), cause.toString()))
                .onComplete(done -> undoNext(undone));
    }

    private synchronized @Nullable Step next() {
        return steps.poll();
    }
}
