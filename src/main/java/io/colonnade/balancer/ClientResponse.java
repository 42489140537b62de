package io.colonnade.balancer;

import io.colonnade.core.LastingResponses;
import io.colonnade.core.LastingResponses.Lasting;
import io.colonnade.core.ResponseWrapper;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * The response object that tiers get. It sees to what every response must have or must not have, whoever writes it: the fields
 * {@code Date} and {@code x-balancer-node}, no fields that are for one connection only, and nothing informational to a client of HTTP/1.0.
 *
 * <p>A stream of events can be {@linkplain #leave ended} under the tier that writes it; for that tier the client has gone then.
 */
final class ClientResponse extends ResponseWrapper implements Lasting {
    private static final int OK = HttpResponseStatus.OK.code();
    private static final int NO_CONTENT = HttpResponseStatus.NO_CONTENT.code();
    private static final int NOT_MODIFIED = HttpResponseStatus.NOT_MODIFIED.code();
    private static final int SERVER_ERROR = HttpResponseStatus.INTERNAL_SERVER_ERROR.code();

    private final ClientExchange exchange;
    private final boolean informs;
    private @Nullable Handler<Void> onHeadersEnd;
    private @Nullable Handler<Void> onClose;
    private boolean eventStream;
    private boolean left;
    private boolean over;

    ClientResponse(HttpServerRequest request, ClientExchange exchange) {
        super(request.response());
        this.exchange = exchange;
        this.informs = request.version() != HttpVersion.HTTP_1_0;
        delegate.headersEndHandler(v -> completeHead());
    }

    /** Whether a stream of events has begun, which is whole at any point. */
    boolean isEventStream() {
        return eventStream;
    }

    /** Ends the stream of events as a whole one; the client connects again. */
    @Override
    public void leave() {
        if (left || delegate.ended()) {
            return;
        }
        left = true;
        exchange.connection().endAfterResponse();
        delegate.end();
        exchange.clientGone();
        tellClosed();
    }

    /** The exchange has ended. */
    void forget() {
        over = true;
        if (eventStream) {
            exchange.connection().lane().lasting().remove(this);
        }
    }

    private void completeHead() {
        if (onHeadersEnd != null) {
            onHeadersEnd.handle(null);
        }
        var status = delegate.getStatusCode();
        if (status >= OK) {
            completeHead(status, delegate.headers());
        }
    }

    private void completeHead(int status, MultiMap fields) {
        var lane = exchange.connection().lane();
        HopByHop.stripResponse(fields);
        if (!informs && !hasKnownEnd(status, fields)) {
            exchange.connection().endAfterResponse();
        }
        exchange.connection().completeHead(fields);
        lane.completeHead(fields);
        if (over) {
            return; // its client has gone before
        }
        if (status >= SERVER_ERROR) {
            lane.erred();
        }
        if (LastingResponses.isEventStream(fields)) {
            eventStream = true;
            lane.lasting().add(this);
        }
    }

    /** A client of HTTP/1.0 knows no chunks: a body without a length ends with the connection (RFC 9112 section 6.3). */
    private boolean hasKnownEnd(int status, MultiMap fields) {
        return fields.contains(HttpHeaders.CONTENT_LENGTH)
                || status == NO_CONTENT
                || status == NOT_MODIFIED
                || exchange.request().method().equals(HttpMethod.HEAD);
    }

    private void tellClosed() {
        var handler = onClose;
        onClose = null;
        if (handler != null) {
            handler.handle(null);
        }
    }

    @Override
    public HttpServerResponse headersEndHandler(@Nullable Handler<Void> handler) {
        onHeadersEnd = handler;
        return this;
    }

    @Override
    public HttpServerResponse closeHandler(@Nullable Handler<Void> handler) {
        onClose = handler;
        if (!left) {
            delegate.closeHandler(handler == null ? null : v -> tellClosed());
        }
        return this;
    }

    @Override
    public HttpServerResponse exceptionHandler(@Nullable Handler<Throwable> handler) {
        return left ? this : super.exceptionHandler(handler);
    }

    @Override
    public HttpServerResponse endHandler(@Nullable Handler<Void> handler) {
        return left ? this : super.endHandler(handler);
    }

    @Override
    public HttpServerResponse drainHandler(@Nullable Handler<Void> handler) {
        return left ? this : super.drainHandler(handler);
    }

    @Override
    public boolean writeQueueFull() {
        return !left && delegate.writeQueueFull();
    }

    @Override
    public boolean ended() {
        return !left && delegate.ended();
    }

    @Override
    public boolean closed() {
        return left || delegate.closed();
    }

    /** A client of HTTP/1.0 would take an informational response for the final one (RFC 9110 section 15.2). */
    @Override
    public Future<Void> writeContinue() {
        return informs ? delegate.writeContinue() : Future.succeededFuture();
    }

    @Override
    public Future<Void> writeEarlyHints(MultiMap fields) {
        return informs ? delegate.writeEarlyHints(fields) : Future.succeededFuture();
    }

    @Override
    public Future<Void> write(Buffer chunk) {
        return left ? gone() : delegate.write(chunk);
    }

    @Override
    public Future<Void> write(String chunk) {
        return left ? gone() : delegate.write(chunk);
    }

    @Override
    public Future<Void> write(String chunk, String charset) {
        return left ? gone() : delegate.write(chunk, charset);
    }

    @Override
    public Future<Void> end() {
        return left ? gone() : delegate.end();
    }

    @Override
    public Future<Void> end(Buffer chunk) {
        return left ? gone() : delegate.end(chunk);
    }

    @Override
    public Future<Void> end(String chunk) {
        return left ? gone() : delegate.end(chunk);
    }

    @Override
    public Future<Void> end(String chunk, String charset) {
        return left ? gone() : delegate.end(chunk, charset);
    }

    private static Future<Void> gone() {
        return Future.failedFuture(new HttpClosedException("the stream of events was ended, as its node is leaving"));
    }
}
