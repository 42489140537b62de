package io.colonnade.app;

import io.colonnade.core.Exchange;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * The request as site code sees it: whatever arrives of it is handled on the site's context, so that the site's classes
 * are found there and the lane knows whose code it runs.
 */
final class SiteRequest extends HttpServerRequestWrapper {
    private final Exchange exchange;
    private final SiteInstance site;
    private final ContextInternal context;
    private final SiteResponse answer;
    private @Nullable String route;

    SiteRequest(Exchange exchange, SiteInstance site, ContextInternal context) {
        super((HttpServerRequestInternal) exchange.request());
        this.exchange = exchange;
        this.site = site;
        this.context = context;
        this.answer = new SiteResponse(this, exchange.response());
    }

    Exchange exchange() {
        return exchange;
    }

    SiteResponse answer() {
        return answer;
    }

    SiteErrors errors() {
        return site.errors();
    }

    /** The site's name, the method, and the route as far as it is known, such as {@code foobar: GET /api/messages}. */
    String what() {
        return site.name() + ": " + method() + " " + (route == null ? path() : route);
    }

    /** Runs a handler of the site's, on its context. */
    <T> void run(@Nullable T event, Handler<T> handler) {
        var before = site.watch().enter(this);
        try {
            context.dispatch(event, handler);
        } finally {
            site.watch().leave(before);
        }
    }

    /** Runs a step on the lane's event loop; at once if this is it. */
    void onLoop(Runnable step) {
        if (context.inThread()) {
            step.run();
        } else {
            context.execute(step);
        }
    }

    <T> @Nullable Handler<T> onSite(@Nullable Handler<T> handler) {
        return handler == null ? null : event -> run(event, handler);
    }

    @Override
    public HttpServerResponse response() {
        return answer;
    }

    @Override
    public HttpServerRequest routed(String name) {
        route = name;
        delegate.routed(name);
        return this;
    }

    @Override
    public HttpServerRequest handler(@Nullable Handler<Buffer> handler) {
        if (handler != null) {
            askForBody();
        }
        delegate.handler(onSite(handler));
        return this;
    }

    @Override
    public HttpServerRequest endHandler(@Nullable Handler<Void> handler) {
        delegate.endHandler(onSite(handler));
        return this;
    }

    @Override
    public HttpServerRequest exceptionHandler(@Nullable Handler<Throwable> handler) {
        delegate.exceptionHandler(onSite(handler));
        return this;
    }

    @Override
    public HttpServerRequest uploadHandler(@Nullable Handler<HttpServerFileUpload> handler) {
        delegate.uploadHandler(onSite(handler));
        return this;
    }

    @Override
    public HttpServerRequest setExpectMultipart(boolean expect) {
        if (expect) {
            askForBody();
        }
        delegate.setExpectMultipart(expect);
        return this;
    }

    @Override
    public Future<Buffer> body() {
        askForBody();
        return onSite(delegate.body());
    }

    @Override
    public Future<Void> end() {
        askForBody();
        return onSite(delegate.end());
    }

    @Override
    public Future<ServerWebSocket> toWebSocket() {
        return onSite(answer.ready().compose(v -> newWebSocket())).onSuccess(socket -> answer.upgraded());
    }

    private Future<ServerWebSocket> newWebSocket() {
        var deflate = WebSocketDeflate.offered(headers());
        if (deflate == null) {
            return delegate.toWebSocket();
        }
        answer.putHeader(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, WebSocketDeflate.ACCEPTED);
        return delegate.toWebSocket().onSuccess(deflate::compress);
    }

    @Override
    public Future<NetSocket> toNetSocket() {
        return onSite(answer.ready().compose(v -> delegate.toNetSocket())).onSuccess(socket -> answer.upgraded());
    }

    /** A client that waits for a 100 sends its body as soon as somebody wants it, and not for a response that needs none of it. */
    private void askForBody() {
        if (!delegate.isEnded()
                && !answer.headWritten()
                && headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            answer.writeContinue();
        }
    }

    private <T> Future<T> onSite(Future<T> future) {
        var promise = context.<T>promise();
        future.onComplete(promise);
        return promise.future();
    }
}
