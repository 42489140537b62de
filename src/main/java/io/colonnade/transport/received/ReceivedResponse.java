package io.colonnade.transport.received;

import io.colonnade.core.ExchangeResponse;
import io.colonnade.transport.frame.Frame;
import io.colonnade.transport.frame.RequestHead;
import io.colonnade.transport.link.Outflow;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.CookieJar;
import io.vertx.core.http.impl.ServerCookie;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.HostAndPort;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The response to a request that came from another node. The fields it adds by itself, and when it refuses a call, are those of
 * Vert.x's HTTP/1 server, so that an answer is the same wherever the site runs.
 */
final class ReceivedResponse implements ExchangeResponse {
    private static final Buffer NOTHING = Buffer.buffer();

    private final ReceivedExchange exchange;
    private final RequestHead request;
    private final Outflow outflow;
    private final ContextInternal context;
    private final MultiMap headers = HeadersMultiMap.httpHeaders();
    private int status = 200;
    private @Nullable String statusMessage;
    private boolean chunked;
    private boolean headWritten;
    private boolean ended;
    private boolean closed;
    private long bytesWritten;
    private @Nullable MultiMap trailers;
    private @Nullable CookieJar cookies;
    private @Nullable Handler<Throwable> exceptionHandler;
    private @Nullable Handler<Void> closeHandler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Void> headersEndHandler;
    private @Nullable Handler<Void> bodyEndHandler;

    ReceivedResponse(ReceivedExchange exchange, RequestHead request, Outflow outflow, ContextInternal context) {
        this.exchange = exchange;
        this.request = request;
        this.outflow = outflow;
        this.context = context;
    }

    /** The last chunk waits for its turn in the link after the future of {@link #end(Buffer)} is complete. */
    @Override
    public boolean keepsWrites() {
        return true;
    }

    /** The client, or the node it is connected to, is gone. */
    void closed(Throwable cause) {
        if (closed) {
            return;
        }
        closed = true;
        if (!ended && exceptionHandler != null) {
            context.dispatch(cause, exceptionHandler);
        }
        if (!ended && endHandler != null) {
            context.dispatch(null, endHandler);
        }
        if (closeHandler != null) {
            context.dispatch(null, closeHandler);
        }
    }

    /** Sends the head that accepts an upgrade; the connection goes on as something else. */
    void switchProtocols() {
        completeHead();
        switchProtocols(headers);
    }

    /** Sends it with these fields instead of the response's own. */
    void switchProtocols(MultiMap fields) {
        status = HttpResponseStatus.SWITCHING_PROTOCOLS.code();
        headWritten = true;
        ended = true;
        exchange.sendHead(Frame.HEAD, status, fields);
    }

    CookieJar cookies() {
        if (cookies == null) {
            var field = request.fields().get(HttpHeaders.COOKIE);
            cookies = field == null ? new CookieJar() : new CookieJar(field);
        }
        return cookies;
    }

    // The head.

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
        if (request.version() == HttpVersion.HTTP_1_1) {
            if (on) {
                headers.set(HttpHeaders.TRANSFER_ENCODING, HttpHeaders.CHUNKED);
            } else {
                headers.remove(HttpHeaders.TRANSFER_ENCODING);
            }
        }
        return this;
    }

    @Override
    public boolean isChunked() {
        return request.version() == HttpVersion.HTTP_2
                ? chunked
                : headers.contains(HttpHeaders.TRANSFER_ENCODING, HttpHeaders.CHUNKED, true);
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
    public Future<Void> writeHead() {
        if (headWritten) {
            throw new IllegalStateException("Response head already sent");
        }
        checkLengthKnown();
        sendHead(-1);
        return context.succeededFuture();
    }

    @Override
    public Future<Void> writeContinue() {
        exchange.sendHead(Frame.INFORM, 100, HeadersMultiMap.httpHeaders());
        return context.succeededFuture();
    }

    @Override
    public Future<Void> writeEarlyHints(MultiMap fields) {
        checkHeadNotWritten();
        exchange.sendHead(Frame.INFORM, 103, fields);
        return context.succeededFuture();
    }

    // The body.

    @Override
    public Future<Void> write(Buffer chunk) {
        checkNotEnded();
        if (exchange.over()) {
            return context.failedFuture(gone());
        }
        if (!headWritten) {
            checkLengthKnown();
            sendHead(-1);
        }
        bytesWritten += chunk.length();
        if (isHead()) {
            return context.succeededFuture();
        }
        Promise<Void> written = context.promise();
        outflow.write(chunk, written);
        return written.future();
    }

    @Override
    public Future<Void> write(String chunk, String charset) {
        return write(Buffer.buffer(chunk, charset));
    }

    @Override
    public Future<Void> write(String chunk) {
        return write(Buffer.buffer(chunk));
    }

    @Override
    public Future<Void> end() {
        return end(NOTHING);
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
    public Future<Void> end(Buffer chunk) {
        checkNotEnded();
        ended = true;
        if (exchange.over()) {
            return context.failedFuture(gone());
        }
        bytesWritten += chunk.length();
        if (!headWritten) {
            sendHead(bytesWritten);
        }
        if (!isHead()) {
            outflow.write(chunk, null);
        }
        outflow.end(trailers);
        if (bodyEndHandler != null) {
            bodyEndHandler.handle(null);
        }
        if (endHandler != null) {
            endHandler.handle(null);
        }
        exchange.answered();
        return context.succeededFuture();
    }

    @Override
    public Future<Void> sendFile(String filename, long offset, long length) {
        return FileBody.open(context, filename).compose(file -> file.send(this, offset, length));
    }

    @Override
    public Future<Void> sendFile(FileChannel channel, long offset, long length) {
        return FileBody.of(context, channel).send(this, offset, length);
    }

    @Override
    public Future<Void> sendFile(RandomAccessFile file, long offset, long length) {
        return sendFile(file.getChannel(), offset, length);
    }

    // The stream.

    @Override
    public HttpServerResponse setWriteQueueMaxSize(int maxSize) {
        outflow.mark(maxSize);
        return this;
    }

    @Override
    public boolean writeQueueFull() {
        checkNotEnded();
        return outflow.full();
    }

    @Override
    public HttpServerResponse drainHandler(@Nullable Handler<Void> handler) {
        checkNotEnded(handler);
        outflow.onDrained(handler == null ? null : () -> context.dispatch(null, handler));
        return this;
    }

    @Override
    public HttpServerResponse exceptionHandler(@Nullable Handler<Throwable> handler) {
        checkNotEnded(handler);
        exceptionHandler = handler;
        return this;
    }

    @Override
    public HttpServerResponse closeHandler(@Nullable Handler<Void> handler) {
        checkNotEnded(handler);
        closeHandler = handler;
        return this;
    }

    @Override
    public HttpServerResponse endHandler(@Nullable Handler<Void> handler) {
        checkNotEnded(handler);
        endHandler = handler;
        return this;
    }

    @Override
    public HttpServerResponse headersEndHandler(@Nullable Handler<Void> handler) {
        headersEndHandler = handler;
        return this;
    }

    @Override
    public HttpServerResponse bodyEndHandler(@Nullable Handler<Void> handler) {
        bodyEndHandler = handler;
        return this;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public boolean closed() {
        return closed;
    }

    @Override
    public boolean headWritten() {
        return headWritten;
    }

    @Override
    public long bytesWritten() {
        return bytesWritten;
    }

    @Override
    public int streamId() {
        return -1;
    }

    @Override
    public Future<Void> reset(long code) {
        if (ended) {
            return context.failedFuture("Response written");
        }
        exchange.abort();
        return context.succeededFuture();
    }

    @Override
    public Future<HttpServerResponse> push(HttpMethod method, HostAndPort authority, String path, MultiMap fields) {
        return context.failedFuture("responses are not pushed from another node");
    }

    @Override
    public Future<Void> writeCustomFrame(int type, int flags, Buffer payload) {
        return context.failedFuture("custom frames are not carried from another node");
    }

    private void sendHead(long contentLength) {
        if (isHead() || status == HttpResponseStatus.NOT_MODIFIED.code()) {
            headers.remove(HttpHeaders.TRANSFER_ENCODING);
        } else if (contentLength >= 0
                && !headers.contains(HttpHeaders.CONTENT_LENGTH)
                && !headers.contains(HttpHeaders.TRANSFER_ENCODING)) {
            headers.set(HttpHeaders.CONTENT_LENGTH, Long.toString(contentLength));
        }
        completeHead();
        headWritten = true;
        exchange.sendHead(Frame.HEAD, status, headers);
    }

    private void completeHead() {
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

    private boolean isHead() {
        return request.method().equals(HttpMethod.HEAD);
    }

    private Throwable gone() {
        return new HttpClosedException("the client, or the node it is connected to, is gone");
    }

    private void checkLengthKnown() {
        if (request.version() == HttpVersion.HTTP_1_1
                && !headers.contains(HttpHeaders.TRANSFER_ENCODING)
                && !headers.contains(HttpHeaders.CONTENT_LENGTH)) {
            throw new IllegalStateException(
                    "You must set the Content-Length header to be the total size of the message "
                            + "body BEFORE sending any data if you are not using HTTP chunked encoding.");
        }
    }

    private void checkHeadNotWritten() {
        if (headWritten) {
            throw new IllegalStateException("Response head already sent");
        }
    }

    private void checkNotEnded() {
        if (ended) {
            throw new IllegalStateException("Response has already been written");
        }
    }

    private void checkNotEnded(@Nullable Object handler) {
        if (handler != null) {
            checkNotEnded();
        }
    }
}
