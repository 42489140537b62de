package io.colonnade.app;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The writes of a site's response, in their order: those of other threads are brought to the lane's event loop, and all are held back until
 * what must be done before the head is done.
 */
final class SiteWrites {
    private record Held(Supplier<Future<Void>> write, Promise<Void> written) {}

    private final SiteCall call;
    private final Runnable onReleased;
    private final Consumer<Throwable> onRefused;
    private @Nullable Supplier<Future<Void>> beforeHead;
    private @Nullable Queue<Held> held;
    private volatile boolean ending;

    /**
     * @param onReleased runs when the writes that were held back have been made
     * @param onRefused answers in their place if the step before the head fails
     */
    SiteWrites(SiteCall call, Runnable onReleased, Consumer<Throwable> onRefused) {
        this.call = call;
        this.onReleased = onReleased;
        this.onRefused = onRefused;
    }

    /** Sets a step that must be done before anything of the response is sent. If the step fails, its failure is the answer. */
    void beforeHead(Supplier<Future<Void>> step) {
        beforeHead = step;
    }

    /** Drops the step that {@link #beforeHead} has set. */
    void forgetBeforeHead() {
        beforeHead = null;
    }

    /** Whether a write may be made at once by the caller. */
    boolean isNow() {
        return isFree() && call.isOnLoop();
    }

    /** Whether writes wait. */
    boolean areHeld() {
        return held != null;
    }

    /** Whether the last write waits, or is on its way to the event loop. */
    boolean areEnding() {
        return ending;
    }

    /** Makes a write when it may be made. */
    Future<Void> later(Supplier<Future<Void>> write) {
        return call.byLoop(() -> inTurn(write));
    }

    /** As {@link #later}, for the write that ends the response. */
    Future<Void> last(Supplier<Future<Void>> write) {
        ending = true;
        return later(write);
    }

    private Future<Void> inTurn(Supplier<Future<Void>> write) {
        if (isFree()) {
            return write.get();
        }
        var written = Promise.<Void>promise();
        if (held == null) {
            held = new ArrayDeque<>();
            held.add(new Held(write, written));
            prepare();
        } else {
            held.add(new Held(write, written));
        }
        return written.future();
    }

    private boolean isFree() {
        return beforeHead == null && held == null;
    }

    private void prepare() {
        var step = beforeHead;
        beforeHead = null;
        (step == null ? Future.<Void>succeededFuture() : step.get())
                .onComplete(prepared -> call.onLoop(() -> release(prepared)));
    }

    private void release(AsyncResult<Void> prepared) {
        var writes = held;
        held = null;
        ending = false;
        if (writes == null) {
            return;
        }
        if (prepared.failed()) {
            writes.forEach(write -> write.written().fail(prepared.cause()));
            onRefused.accept(prepared.cause());
            return;
        }
        writes.forEach(write -> SiteCall.complete(write.write(), write.written()));
        onReleased.run();
    }
}
