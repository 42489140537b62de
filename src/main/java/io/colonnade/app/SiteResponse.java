package io.colonnade.app;

import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.ResponseWrapper;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The response that a site's code gets. It tells when it has ended, whatever handlers the site sets on it. It can hold back
 * all writes until the session is stored, so that the client's next request finds the stored session on every node.
 */
final class SiteResponse extends ResponseWrapper {
    private record Held(Supplier<Future<Void>> write, Promise<Void> written) {}

    /** Answers instead of a site whose response cannot be sent. */
    @FunctionalInterface
    interface Refusal {
        void refuse(SiteResponse response, Throwable cause);
    }

    private final SiteCall call;
    private final Refusal refusal;
    private final Promise<Void> ended = Promise.promise();
    private @Nullable Handler<Throwable> onException;
    private @Nullable Handler<Void> onEnd;
    private @Nullable Handler<Void> onDrain;
    private @Nullable Supplier<Future<Void>> beforeHead;
    private @Nullable Queue<Held> held;
    private boolean lastHeld;
    private boolean aborted;
    private boolean continued;

    SiteResponse(SiteCall call, Refusal refusal) {
        super(call.exchange().response());
        this.call = call;
        this.refusal = refusal;
        delegate.exceptionHandler(this::broke);
        delegate.endHandler(v -> call.onLoop(this::endedNow));
    }

    /** The response of a request that is in a site's router. */
    static SiteResponse of(RoutingContext context) {
        return (SiteResponse) context.response();
    }

    /** The response below this one. Its state tells what was sent, without what is held back. */
    HttpServerResponse beneath() {
        return delegate;
    }

    SiteCall call() {
        return call;
    }

    /** Completes when the response has ended; fails with a {@link Failure} if it never will. */
    Future<Void> whenEnded() {
        return ended.future();
    }

    /** Sets a step that must be done before anything of the response is sent. If the step fails, its failure is the answer. */
    void beforeHead(Supplier<Future<Void>> step) {
        beforeHead = step;
    }

    /** Drops the step that {@link #beforeHead} has set. */
    void forgetBeforeHead() {
        beforeHead = null;
    }

    /** Completes when the response may be sent, which is after the step of {@link #beforeHead}. */
    Future<Void> ready() {
        return free() ? Future.succeededFuture() : hold(Future::succeededFuture);
    }

    /** Ends the exchange although the response does not end: the connection has become a WebSocket or a plain socket. */
    void upgraded() {
        ended.tryComplete();
    }

    @Override
    public Future<Void> writeHead() {
        return free() ? delegate.writeHead() : hold(delegate::writeHead);
    }

    /** Sends 100 (Continue) once only: the site may ask for it, and so does the first read of the body. */
    @Override
    public Future<Void> writeContinue() {
        if (continued) {
            return Future.succeededFuture();
        }
        continued = true;
        return delegate.writeContinue();
    }

    @Override
    public Future<Void> write(Buffer chunk) {
        return free() ? delegate.write(chunk) : hold(() -> delegate.write(chunk));
    }

    @Override
    public Future<Void> write(String chunk) {
        return write(Buffer.buffer(chunk));
    }

    @Override
    public Future<Void> write(String chunk, String charset) {
        return write(Buffer.buffer(chunk, charset));
    }

    @Override
    public Future<Void> end(Buffer chunk) {
        return free() ? delegate.end(chunk) : holdLast(() -> delegate.end(chunk));
    }

    @Override
    public Future<Void> end(String chunk) {
        return end(Buffer.buffer(chunk));
    }

    @Override
    public Future<Void> end(String chunk, String charset) {
        return end(Buffer.buffer(chunk, charset));
    }

    @Override
    public Future<Void> end() {
        return free() ? delegate.end() : holdLast(delegate::end);
    }

    @Override
    public Future<Void> sendFile(String filename, long offset, long length) {
        return whole(() -> delegate.sendFile(filename, offset, length));
    }

    @Override
    public Future<Void> sendFile(FileChannel channel, long offset, long length) {
        return whole(() -> delegate.sendFile(channel, offset, length));
    }

    @Override
    public Future<Void> sendFile(RandomAccessFile file, long offset, long length) {
        return whole(() -> delegate.sendFile(file, offset, length));
    }

    @Override
    public boolean headWritten() {
        return held != null || delegate.headWritten();
    }

    @Override
    public boolean ended() {
        return lastHeld || aborted || delegate.ended();
    }

    @Override
    public boolean writeQueueFull() {
        return held != null || delegate.writeQueueFull();
    }

    @Override
    public HttpServerResponse drainHandler(@Nullable Handler<Void> handler) {
        onDrain = handler;
        delegate.drainHandler(call.onSite(handler));
        return this;
    }

    @Override
    public HttpServerResponse exceptionHandler(@Nullable Handler<Throwable> handler) {
        onException = handler;
        return this;
    }

    @Override
    public HttpServerResponse endHandler(@Nullable Handler<Void> handler) {
        onEnd = handler;
        return this;
    }

    @Override
    public HttpServerResponse closeHandler(@Nullable Handler<Void> handler) {
        delegate.closeHandler(call.onSite(handler));
        return this;
    }

    private boolean free() {
        return beforeHead == null && held == null;
    }

    /** Aborts the response if the file cannot be read to its end: a part must not look like a whole response. */
    private Future<Void> whole(Supplier<Future<Void>> send) {
        return (free() ? send.get() : holdLast(send)).onFailure(unread -> {
            if (delegate.headWritten() && !ended.future().isComplete()) {
                abort("a file could not be sent: " + unread.getMessage());
            }
        });
    }

    private Future<Void> holdLast(Supplier<Future<Void>> write) {
        lastHeld = true;
        return hold(write);
    }

    /** Synchronized, because blocking handlers of Vert.x Web write on a worker thread. */
    private synchronized Future<Void> hold(Supplier<Future<Void>> write) {
        if (free()) {
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

    private void prepare() {
        var step = beforeHead;
        beforeHead = null;
        (step == null ? Future.<Void>succeededFuture() : step.get()).onComplete(this::release);
    }

    private synchronized void release(AsyncResult<Void> prepared) {
        var writes = held;
        held = null;
        lastHeld = false;
        if (writes == null) {
            return;
        }
        if (prepared.failed()) {
            writes.forEach(write -> write.written().fail(prepared.cause()));
            refusal.refuse(this, prepared.cause());
            return;
        }
        writes.forEach(SiteResponse::perform);
        if (onDrain != null && !delegate.ended() && !delegate.writeQueueFull()) {
            call.run(null, onDrain);
        }
    }

    private static void perform(Held held) {
        try {
            held.write().get().onComplete(held.written());
        } catch (RuntimeException refused) {
            held.written().fail(refused);
        }
    }

    private void endedNow() {
        ended.tryComplete();
        if (onEnd != null) {
            call.run(null, onEnd);
        }
    }

    private void broke(Throwable cause) {
        if (cause instanceof HttpClosedException || delegate.closed()) {
            ended.tryFail(new Failure(Kind.DOWNSTREAM_CLOSED, progress(), "the client went away"));
        }
        if (onException != null) {
            call.run(cause, onException);
        }
    }

    /** Aborts the response, so that the part that was sent does not look whole. */
    void abort(String reason) {
        aborted = true;
        ended.tryFail(new Failure(Kind.SITE_FAILED, progress(), reason));
        delegate.reset();
    }

    private Progress progress() {
        return delegate.headWritten() ? Progress.RESPONSE : Progress.REQUEST;
    }
}
