package io.colonnade.app;

import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.ResponseWrapper;
import io.colonnade.core.Unread;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The response that a site's code gets. It tells when it has ended, whatever handlers the site sets on it. It can hold back
 * all writes until the session is stored, so that the client's next request finds the stored session on every node. It sends nothing
 * that does not fit what the site has declared (see {@link SiteFraming}).
 *
 * <p>A site may write from any thread, as blocking handlers of Vert.x Web do. Writes from other threads are made on the lane's event loop,
 * in the order in which they were asked for; then an error fails the future and is not thrown.
 */
final class SiteResponse extends ResponseWrapper {
    private static final Buffer NOTHING = Buffer.buffer();
    private static final String LENGTH = "the body is not as long as the Content-Length that the site set";

    /** Answers instead of a site whose response cannot be sent. */
    @FunctionalInterface
    interface Refusal {
        void refuse(SiteResponse response, Throwable cause);
    }

    private final SiteCall call;
    private final Refusal refusal;
    private final ClientLimits clients;
    private final SiteFraming framing;
    private final SiteWrites writes;
    private final Promise<Void> ended = Promise.promise();
    private @Nullable Handler<Throwable> onException;
    private @Nullable Handler<Void> onEnd;
    private @Nullable Handler<Void> onDrain;
    private boolean aborted;
    private boolean continued;
    private @Nullable Unread unread;

    SiteResponse(SiteCall call, Refusal refusal, ClientLimits clients) {
        super(call.exchange().response());
        this.call = call;
        this.refusal = refusal;
        this.clients = clients;
        this.framing = new SiteFraming(delegate, call.exchange().request().method());
        this.writes = new SiteWrites(call, this::released, cause -> refusal.refuse(this, cause));
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

    /** Completes when the response may be sent, which is after the step of {@link SiteWrites#beforeHead}. */
    Future<Void> ready() {
        return writes.isNow() ? Future.succeededFuture() : writes.later(Future::succeededFuture);
    }

    /** What the site writes, and when that is sent. */
    SiteWrites writes() {
        return writes;
    }

    /** Ends the exchange although the response does not end: the connection has become a WebSocket or a plain socket. */
    void upgraded() {
        ended.tryComplete();
    }

    @Override
    public HttpServerResponse addCookie(Cookie cookie) {
        framing.added(cookie);
        delegate.addCookie(cookie);
        return this;
    }

    @Override
    public Future<Void> writeHead() {
        return writes.isNow() ? writeHeadNow() : writes.later(this::writeHeadNow);
    }

    /** Sends 100 (Continue) once only: the site may ask for it, and so does the first read of the body. */
    @Override
    public Future<Void> writeContinue() {
        return call.byLoop(this::writeContinueNow);
    }

    @Override
    public Future<Void> writeEarlyHints(MultiMap fields) {
        return call.byLoop(() -> delegate.writeEarlyHints(fields));
    }

    @Override
    public Future<Void> write(Buffer chunk) {
        return writes.isNow() ? writeNow(chunk) : writes.later(() -> writeNow(chunk));
    }

    @Override
    public Future<Void> end(Buffer chunk) {
        return writes.isNow() ? endNow(chunk) : writes.last(() -> endNow(chunk));
    }

    @Override
    public Future<Void> end() {
        return end(NOTHING);
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
    public Future<Void> reset(long code) {
        return call.byLoop(() -> delegate.reset(code));
    }

    @Override
    public boolean headWritten() {
        return writes.areHeld() || delegate.headWritten();
    }

    @Override
    public boolean ended() {
        return writes.areEnding() || aborted || delegate.ended();
    }

    @Override
    public boolean writeQueueFull() {
        return writes.areHeld() || delegate.writeQueueFull();
    }

    @Override
    public HttpServerResponse drainHandler(@Nullable Handler<Void> handler) {
        onDrain = handler;
        call.onLoop(() -> drainHandlerNow(handler));
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

    /** The handler may have come too late from another thread: then it is called, as else nothing would call it. */
    private void drainHandlerNow(@Nullable Handler<Void> handler) {
        if (delegate.ended()) {
            return;
        }
        delegate.drainHandler(call.onSite(handler));
        if (handler != null && !writes.areHeld() && !delegate.writeQueueFull()) {
            call.run(null, handler);
        }
    }

    private Future<Void> writeHeadNow() {
        return checked(SiteFraming.UNKNOWN) ? delegate.writeHead() : senseless();
    }

    private Future<Void> writeContinueNow() {
        if (continued) {
            return Future.succeededFuture();
        }
        continued = true;
        return delegate.writeContinue();
    }

    private Future<Void> writeNow(Buffer chunk) {
        if (!checked(SiteFraming.UNKNOWN) || !holds(framing.takes(chunk.length()), LENGTH)) {
            return senseless();
        }
        if (framing.hasNoBody()) {
            return withoutBody();
        }
        return delegate.writeQueueFull() ? writeCounted(chunk) : delegate.write(chunk);
    }

    /** Writes although the client has not taken what was written before, unless that is too much: then the response ends here. */
    private Future<Void> writeCounted(Buffer chunk) {
        unread = unread == null ? clients.unread() : unread;
        var counter = unread;
        var bytes = chunk.length();
        if (!counter.add(bytes)) {
            abort("the client does not read what the site writes");
            return Future.failedFuture("the client does not read");
        }
        return delegate.write(chunk).onComplete(done -> counter.taken(bytes));
    }

    private Future<Void> endNow(Buffer chunk) {
        if (!checked(chunk.length())
                || !holds(framing.endsWith(chunk.length()), LENGTH)
                || !holds(framing.hasNamedTrailers(), "the site set a trailer without a name")) {
            return senseless();
        }
        return framing.hasNoBody() ? withoutBody() : delegate.end(chunk);
    }

    /** The response ends with its head, whatever the site writes and however long that lasts. */
    private Future<Void> withoutBody() {
        return delegate.ended() ? Future.succeededFuture() : delegate.end();
    }

    /** Whether the head makes sense, if it was not sent yet. If it makes none, that is the answer. */
    private boolean checked(long length) {
        if (aborted || delegate.headWritten() || delegate.ended()) {
            return !aborted;
        }
        try {
            framing.begin(length);
            return true;
        } catch (IllegalStateException makesNone) {
            refusal.refuse(this, makesNone);
            return false;
        }
    }

    /** If a condition does not hold for what follows the head, the failure is the answer, or the end of the connection. */
    private boolean holds(boolean condition, String otherwise) {
        if (condition || delegate.ended()) {
            return true;
        }
        refusal.refuse(this, new IllegalStateException(otherwise));
        return false;
    }

    private static Future<Void> senseless() {
        return Future.failedFuture("the response makes no sense; the log has the reason");
    }

    /** Aborts the response if the file cannot be read to its end: a part must not look like a whole response. */
    private Future<Void> whole(Supplier<Future<Void>> send) {
        Supplier<Future<Void>> sized = () -> sendFileNow(send);
        return (writes.isNow() ? sized.get() : writes.last(sized)).onFailure(unread -> {
            if (delegate.headWritten() && !ended.future().isComplete()) {
                abort("a file could not be sent: " + unread.getMessage());
            }
        });
    }

    private Future<Void> sendFileNow(Supplier<Future<Void>> send) {
        if (!checked(SiteFraming.FILE)) {
            return senseless();
        }
        return framing.hasNoBody() ? withoutBody() : send.get();
    }

    private void released() {
        if (onDrain != null && !delegate.ended() && !delegate.writeQueueFull()) {
            call.run(null, onDrain);
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
