package io.colonnade.app;

import io.colonnade.app.form.Form;
import io.colonnade.app.form.FormException;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.ListField;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.handler.HttpException;
import org.jspecify.annotations.Nullable;

/**
 * The request that a site's code gets. The site's handlers for what arrives run on the site's context (see {@link SiteCall}). A
 * site may read it from any thread.
 */
final class SiteRequest extends HttpServerRequestWrapper {
    private final SiteCall call;
    private final ClientLimits clients;
    private final SiteResponse response;
    private final SiteResponse.Refusal refusal;
    private final boolean headIsGet;
    private @Nullable Form form;
    private @Nullable Failure formFailure;
    private boolean awaited;
    private @Nullable Handler<Buffer> onData;
    private @Nullable Handler<Void> onEnd;
    private @Nullable Handler<Throwable> onException;
    private @Nullable Handler<HttpServerFileUpload> onUpload;

    /**
     * @param refusal answers instead of the site if the response cannot be sent
     * @param headIsGet whether this is a HEAD that the site answers as GET; the content is not sent (RFC 9110 section 9.3.2)
     */
    SiteRequest(SiteCall call, SiteResponse.Refusal refusal, ClientLimits clients, boolean headIsGet) {
        super((HttpServerRequestInternal) call.exchange().request());
        this.call = call;
        this.clients = clients;
        this.refusal = refusal;
        this.headIsGet = headIsGet;
        this.response = new SiteResponse(call, refusal, clients);
    }

    @Override
    public SiteResponse response() {
        return response;
    }

    @Override
    public HttpMethod method() {
        return headIsGet ? HttpMethod.GET : delegate.method();
    }

    /** Vert.x 5.0.12 writes the port of an authority without one as -1. */
    @Override
    public @Nullable String absoluteURI() {
        var authority = delegate.authority();
        return authority == null || authority.port() > 0 || !delegate.uri().startsWith("/")
                ? delegate.absoluteURI()
                : delegate.scheme() + "://" + authority.host() + delegate.uri();
    }

    /** Parameters that cannot be decoded are the client's error. */
    @Override
    public MultiMap params(boolean semicolonIsNormalChar) {
        try {
            return delegate.params(semicolonIsNormalChar);
        } catch (IllegalArgumentException malformed) {
            throw new HttpException(HttpResponseStatus.BAD_REQUEST.code(), malformed.getMessage());
        }
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
        onData = call.onSite(handler);
        if (form == null) {
            delegate.handler(onData);
        }
        return this;
    }

    @Override
    public HttpServerRequest endHandler(@Nullable Handler<Void> handler) {
        onEnd = call.onSite(handler);
        if (form == null) {
            delegate.endHandler(onEnd);
        }
        return this;
    }

    @Override
    public HttpServerRequest exceptionHandler(@Nullable Handler<Throwable> handler) {
        onException = call.onSite(handler);
        if (form == null) {
            delegate.exceptionHandler(onException);
        }
        return this;
    }

    @Override
    public HttpServerRequest uploadHandler(@Nullable Handler<HttpServerFileUpload> handler) {
        onUpload = call.onSite(handler);
        return this;
    }

    /** Forms are read here, wherever the request came from, and not by Vert.x, which has no limits with names and loses ends. */
    @Override
    public HttpServerRequest setExpectMultipart(boolean expect) {
        if (!expect) {
            form = null;
            delegate.handler(onData).endHandler(onEnd).exceptionHandler(onException);
        } else if (form == null) {
            form = new Form(delegate, clients.forms(), new SiteForm());
            askForBody();
            delegate.handler(this::arrived).endHandler(v -> arrivedAll()).exceptionHandler(this::broke);
        }
        return this;
    }

    @Override
    public boolean isExpectMultipart() {
        return form != null;
    }

    @Override
    public MultiMap formAttributes() {
        return form == null ? MultiMap.caseInsensitiveMultiMap() : form.attributes();
    }

    @Override
    public @Nullable String getFormAttribute(String name) {
        return formAttributes().get(name);
    }

    private void arrived(Buffer chunk) {
        if (form != null && formFailure == null) {
            form.offer(chunk);
        }
        if (onData != null && formFailure == null) {
            onData.handle(chunk);
        }
    }

    private void arrivedAll() {
        if (form != null && formFailure == null) {
            form.end();
        }
        if (onEnd != null && formFailure == null) {
            onEnd.handle(null);
        }
    }

    private void broke(Throwable cause) {
        if (form != null) {
            form.fail(cause);
        }
        if (onException != null) {
            onException.handle(cause);
        }
    }

    @Override
    public Future<Buffer> body() {
        return call.onSite(call.whenOnLoop(() -> {
            askForBody();
            awaited = true;
            return delegate.body().compose(this::ifReadable);
        }));
    }

    @Override
    public Future<Void> end() {
        return call.onSite(call.whenOnLoop(() -> {
            askForBody();
            awaited = true;
            return delegate.end().compose(this::ifReadable);
        }));
    }

    private <T> Future<T> ifReadable(T read) {
        return formFailure == null ? Future.succeededFuture(read) : Future.failedFuture(formFailure);
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
        return call.onSite(response.ready().compose(v -> clients.accept(delegate, response.headers())))
                .onSuccess(socket -> response.upgraded());
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

    /**
     * A site that waits for the end of the form, or has a handler for failures, answers what cannot be read. What is too large the node
     * answers, as it does with bodies, because Vert.x Web's handler knows no difference.
     */
    private final class SiteForm implements Form.Reader {
        @Override
        public void file(HttpServerFileUpload file) {
            if (onUpload != null) {
                onUpload.handle(file);
            }
        }

        @Override
        public void malformed(DecoderException cause) {
            var failure = failure(Kind.BAD_REQUEST, "the form cannot be read: " + cause.getMessage());
            failed(failure, onException == null && !awaited);
        }

        @Override
        public void tooLarge(String limit) {
            failed(failure(Kind.BODY_TOO_LARGE, limit), onException != null || !awaited);
        }

        private static Failure failure(Kind kind, String reason) {
            return new Failure(kind, Progress.REQUEST, reason);
        }

        private void failed(Failure failure, boolean answered) {
            formFailure = failure;
            if (answered) {
                refusal.refuse(response, failure);
            }
            if (!delegate.isEnded()) {
                delegate.resume();
            }
            if (onException != null) {
                onException.handle(new FormException(String.valueOf(failure.getMessage())));
            }
        }
    }
}
