package io.colonnade.transport.received;

import io.colonnade.transport.link.Inflow;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import org.jspecify.annotations.Nullable;

/** Reads the body of a received request: gives arriving bytes to the handlers that the tier has set, as Vert.x's own requests do. */
final class ReceivedBody implements Inflow.Consumer {
    private final ContextInternal context;
    private long bytesRead;
    private boolean ended;
    private @Nullable Handler<Buffer> dataHandler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;
    private @Nullable Buffer whole;
    private @Nullable Promise<Buffer> wholePromise;
    private @Nullable Promise<Void> endPromise;

    ReceivedBody(ContextInternal context) {
        this.context = context;
    }

    @Override
    public void consume(Buffer chunk) {
        bytesRead += chunk.length();
        if (dataHandler != null) {
            context.dispatch(chunk, dataHandler);
        }
        if (whole != null) {
            whole.appendBuffer(chunk);
        }
    }

    @Override
    public void consumeEnd(@Nullable MultiMap trailers) {
        ended = true;
        if (endHandler != null) {
            context.dispatch(null, endHandler);
        }
        if (wholePromise != null) {
            wholePromise.tryComplete(whole);
        }
        if (endPromise != null) {
            endPromise.tryComplete();
        }
    }

    /** The rest of the request will not arrive. */
    void failed(Throwable cause) {
        if (ended) {
            return;
        }
        if (exceptionHandler != null) {
            context.dispatch(cause, exceptionHandler);
        }
        if (wholePromise != null) {
            wholePromise.tryFail(cause);
        }
        if (endPromise != null) {
            endPromise.tryFail(cause);
        }
    }

    void onData(@Nullable Handler<Buffer> handler) {
        checkNotEnded(handler);
        dataHandler = handler;
    }

    void onEnd(@Nullable Handler<Void> handler) {
        checkNotEnded(handler);
        endHandler = handler;
    }

    void onException(@Nullable Handler<Throwable> handler) {
        exceptionHandler = handler;
    }

    long bytesRead() {
        return bytesRead;
    }

    boolean ended() {
        return ended;
    }

    Future<Buffer> whole() {
        checkNotEnded(this);
        if (wholePromise == null) {
            whole = Buffer.buffer();
            wholePromise = context.promise();
        }
        return wholePromise.future();
    }

    Future<Void> end() {
        checkNotEnded(this);
        if (endPromise == null) {
            endPromise = context.promise();
        }
        return endPromise.future();
    }

    private void checkNotEnded(@Nullable Object handler) {
        if (handler != null && ended) {
            throw new IllegalStateException("Request has already been read");
        }
    }
}
