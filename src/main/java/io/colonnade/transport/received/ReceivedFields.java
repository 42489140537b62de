package io.colonnade.transport.received;

import io.colonnade.core.ExchangeResponse;
import io.colonnade.transport.frame.RequestHead;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.CookieJar;
import io.vertx.core.http.impl.ServerCookie;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The status, fields, cookies and trailers of a received response, as a tier sets them. The subclass sends them. */
abstract class ReceivedFields implements ExchangeResponse {
    private final RequestHead request;
    private final Framing framing;
    private final MultiMap headers = HeadersMultiMap.httpHeaders();
    private int status = 200;
    private @Nullable String statusMessage;
    private boolean chunked;
    private @Nullable MultiMap trailers;
    private @Nullable CookieJar cookies;
    private @Nullable Handler<Void> headersEndHandler;

    ReceivedFields(RequestHead request) {
        this.request = request;
        this.framing = new Framing(request.version(), request.method());
    }

    final void status(int code) {
        status = code;
    }

    final Framing framing() {
        return framing;
    }

    final CookieJar cookies() {
        if (cookies == null) {
            var field = request.fields().get(HttpHeaders.COOKIE);
            cookies = field == null ? new CookieJar() : new CookieJar(field);
        }
        return cookies;
    }

    /** The trailers that were set; null if there are none. */
    final @Nullable MultiMap trailersIfAny() {
        return trailers;
    }

    /** Runs the handler for the end of the head, and adds the fields for changed cookies. */
    final void completeHead() {
        if (headersEndHandler != null) {
            headersEndHandler.handle(null);
        }
        if (cookies != null) {
            addCookies(cookies);
        }
    }

    private void addCookies(CookieJar jar) {
        for (var cookie : jar) {
            if (cookie.isChanged()) {
                headers.add(HttpHeaders.SET_COOKIE, cookie.encode());
            }
        }
    }

    final void checkHeadNotWritten() {
        if (headWritten()) {
            throw new IllegalStateException("Response head already sent");
        }
    }

    final void checkNotEnded() {
        if (ended()) {
            throw new IllegalStateException("Response has already been written");
        }
    }

    @Override
    public int getStatusCode() {
        return status;
    }

    @Override
    public HttpServerResponse setStatusCode(int statusCode) {
        checkHeadNotWritten();
        status = statusCode;
        return this;
    }

    @Override
    public String getStatusMessage() {
        return statusMessage != null
                ? statusMessage
                : HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    @Override
    public HttpServerResponse setStatusMessage(String message) {
        checkHeadNotWritten();
        statusMessage = message;
        return this;
    }

    @Override
    public HttpServerResponse setChunked(boolean on) {
        checkHeadNotWritten();
        chunked = on;
        framing.chunked(headers, on);
        return this;
    }

    @Override
    public boolean isChunked() {
        return framing.isChunked(headers, chunked);
    }

    @Override
    public MultiMap headers() {
        return headers;
    }

    @Override
    public HttpServerResponse putHeader(String name, String value) {
        checkHeadNotWritten();
        headers.set(name, value);
        return this;
    }

    @Override
    public HttpServerResponse putHeader(CharSequence name, CharSequence value) {
        checkHeadNotWritten();
        headers.set(name, value);
        return this;
    }

    @Override
    public HttpServerResponse putHeader(String name, Iterable<String> values) {
        checkHeadNotWritten();
        headers.set(name, values);
        return this;
    }

    @Override
    public HttpServerResponse putHeader(CharSequence name, Iterable<CharSequence> values) {
        checkHeadNotWritten();
        headers.set(name, values);
        return this;
    }

    @Override
    public MultiMap trailers() {
        if (trailers == null) {
            trailers = HeadersMultiMap.httpHeaders();
        }
        return trailers;
    }

    @Override
    public HttpServerResponse putTrailer(String name, String value) {
        checkNotEnded();
        trailers().set(name, value);
        return this;
    }

    @Override
    public HttpServerResponse putTrailer(CharSequence name, CharSequence value) {
        checkNotEnded();
        trailers().set(name, value);
        return this;
    }

    @Override
    public HttpServerResponse putTrailer(String name, Iterable<String> values) {
        checkNotEnded();
        trailers().set(name, values);
        return this;
    }

    @Override
    public HttpServerResponse putTrailer(CharSequence name, Iterable<CharSequence> values) {
        checkNotEnded();
        trailers().set(name, values);
        return this;
    }

    @Override
    public HttpServerResponse addCookie(Cookie cookie) {
        checkHeadNotWritten();
        cookies().add((ServerCookie) cookie);
        return this;
    }

    @Override
    public @Nullable Cookie removeCookie(String name, boolean invalidate) {
        checkHeadNotWritten();
        return cookies().removeOrInvalidate(name, invalidate);
    }

    @Override
    public @Nullable Cookie removeCookie(String name, String domain, String path, boolean invalidate) {
        checkHeadNotWritten();
        return cookies().removeOrInvalidate(name, domain, path, invalidate);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Set<Cookie> removeCookies(String name, boolean invalidate) {
        checkHeadNotWritten();
        return (Set) cookies().removeOrInvalidateAll(name, invalidate);
    }

    @Override
    public HttpServerResponse headersEndHandler(@Nullable Handler<Void> handler) {
        headersEndHandler = handler;
        return this;
    }
}
