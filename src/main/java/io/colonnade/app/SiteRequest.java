package io.colonnade.app;

import io.colonnade.core.ListField;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * The request that a site's code gets. The site's handlers for what arrives run on the site's context (see {@link SiteCall}). A site may read
 * it from any thread.
 */
final class SiteRequest extends HttpServerRequestWrapper {
    private final SiteCall call;
    private final ClientLimits clients;
    private final SiteResponse response;

    /** @param refusal answers instead of the site if the response cannot be sent */
    SiteRequest(SiteCall call, SiteResponse.Refusal refusal, ClientLimits clients) {
        super((HttpServerRequestInternal) call.exchange().request());
        this.call = call;
        this.clients = clients;
        this.response = new SiteResponse(call, refusal, clients);
    }

    @Override
    public SiteResponse response() {
        return response;
    }

    @Override
    public HttpServerRequest routed(String name) {
        call.routed(name);
        delegate.routed(name);
        return this;
    }

    @Override
    public HttpServerRequest handler(@Nullable Handler<Buffer> handler) {
        if (handler != null) {
            askForBody();
        }
        delegate.handler(call.onSite(handler));
        return this;
    }

    @Override
    public HttpServerRequest endHandler(@Nullable Handler<Void> handler) {
        delegate.endHandler(call.onSite(handler));
        return this;
    }

    @Override
    public HttpServerRequest exceptionHandler(@Nullable Handler<Throwable> handler) {
        delegate.exceptionHandler(call.onSite(handler));
        return this;
    }

    @Override
    public HttpServerRequest uploadHandler(@Nullable Handler<HttpServerFileUpload> handler) {
        delegate.uploadHandler(call.onSite(handler));
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
        return call.onSite(call.whenOnLoop(() -> {
            askForBody();
            return delegate.body();
        }));
    }

    @Override
    public Future<Void> end() {
        return call.onSite(call.whenOnLoop(() -> {
            askForBody();
            return delegate.end();
        }));
    }

    @Override
    public HttpServerRequest pause() {
        call.onLoop(delegate::pause);
        return this;
    }

    @Override
    public HttpServerRequest resume() {
        call.onLoop(delegate::resume);
        return this;
    }

    @Override
    public HttpServerRequest fetch(long amount) {
        call.onLoop(() -> delegate.fetch(amount));
        return this;
    }

    @Override
    public Future<ServerWebSocket> toWebSocket() {
        return call.onSite(response.ready().compose(v -> clients.accept(delegate, response.headers()))).onSuccess(socket -> response.upgraded());
    }

    @Override
    public Future<NetSocket> toNetSocket() {
        return call.onSite(response.ready().compose(v -> delegate.toNetSocket()))
                .onSuccess(socket -> response.upgraded());
    }

    /** Sends 100 (Continue) if the client waits for it. A response that needs no body thus leaves the body with the client. */
    private void askForBody() {
        if (!delegate.isEnded()
                && !response.headWritten()
                && ListField.has(headers(), HttpHeaders.EXPECT, HttpHeaders.CONTINUE)) {
            response.writeContinue();
        }
    }
}
