package io.colonnade.transport.received;

import io.colonnade.transport.frame.RequestHead;
import io.colonnade.transport.frame.RequestTarget;
import io.netty.handler.codec.DecoderResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpFrame;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.StreamPriority;
import io.vertx.core.http.impl.HttpUtils;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.NetSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request that came from another node. It behaves like a request that came from a client. It extends {@link HttpServerRequestInternal},
 * because vertx-web and the proxy cast to that.
 */
final class ReceivedRequest extends HttpServerRequestInternal {
    private final Opener opener;
    private final RequestHead head;
    private final ReceivedResponse response;
    private final ContextInternal context;
    private final HttpConnection connection;
    private final ReceivedBody body;
    private Charset paramsCharset = StandardCharsets.UTF_8;
    private @Nullable MultiMap params;
    private boolean semicolonInParams;

    ReceivedRequest(Opener opener, RequestHead head, ReceivedResponse response, ContextInternal context) {
        this.opener = opener;
        this.head = head;
        this.response = response;
        this.context = context;
        this.connection = new ReceivedConnection(opener, head);
        this.body = new ReceivedBody(context);
    }

    /** Takes the bytes of the body that arrive. */
    ReceivedBody reading() {
        return body;
    }

    // The head.

    @Override
    public ContextInternal context() {
        return context;
    }

    @Override
    public @Nullable Object metric() {
        return null;
    }

    @Override
    public HttpVersion version() {
        return head.version();
    }

    @Override
    public HttpMethod method() {
        return head.method();
    }

    @Override
    public String scheme() {
        return head.ssl() ? "https" : "http";
    }

    @Override
    public String uri() {
        return head.uri();
    }

    @Override
    public String path() {
        return RequestTarget.path(head.uri());
    }

    @Override
    public @Nullable String query() {
        return RequestTarget.query(head.uri());
    }

    @Override
    public @Nullable HostAndPort authority() {
        return head.authority().isEmpty() ? null : HostAndPort.parseAuthority(head.authority(), -1);
    }

    @Override
    public @Nullable HostAndPort authority(boolean real) {
        return real ? null : authority();
    }

    @Override
    public @Nullable String absoluteURI() {
        return RequestTarget.absolute(scheme(), authority(), head);
    }

    @Override
    public MultiMap headers() {
        return head.fields();
    }

    @Override
    public HttpServerRequest setParamsCharset(String charset) {
        var changed = Charset.forName(charset);
        if (!changed.equals(paramsCharset)) {
            paramsCharset = changed;
            params = null;
        }
        return this;
    }

    @Override
    public String getParamsCharset() {
        return paramsCharset.name();
    }

    @Override
    public MultiMap params(boolean semicolonIsNormalChar) {
        if (params == null || semicolonInParams != semicolonIsNormalChar) {
            params = HttpUtils.params(uri(), paramsCharset, semicolonIsNormalChar);
            semicolonInParams = semicolonIsNormalChar;
        }
        return params;
    }

    @Override
    public @Nullable Cookie getCookie(String name) {
        return response.cookies().get(name);
    }

    @Override
    public @Nullable Cookie getCookie(String name, String domain, String path) {
        return response.cookies().get(name, domain, path);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Set<Cookie> cookies(String name) {
        return (Set) response.cookies().getAll(name);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Set<Cookie> cookies() {
        return (Set) response.cookies();
    }

    // The body.

    @Override
    public HttpServerRequest handler(@Nullable Handler<Buffer> handler) {
        body.onData(handler);
        return this;
    }

    @Override
    public HttpServerRequest endHandler(@Nullable Handler<Void> handler) {
        body.onEnd(handler);
        return this;
    }

    @Override
    public HttpServerRequest exceptionHandler(@Nullable Handler<Throwable> handler) {
        body.onException(handler);
        return this;
    }

    @Override
    public HttpServerRequest pause() {
        opener.pause();
        return this;
    }

    @Override
    public HttpServerRequest resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public HttpServerRequest fetch(long amount) {
        opener.fetch(amount);
        return this;
    }

    @Override
    public long bytesRead() {
        return body.bytesRead();
    }

    @Override
    public boolean isEnded() {
        return body.ended();
    }

    @Override
    public Future<Buffer> body() {
        return body.whole();
    }

    @Override
    public Future<Void> end() {
        return body.end();
    }

    /** Forms are read by the application tier, alike for requests that came from a client. */
    @Override
    public HttpServerRequest setExpectMultipart(boolean expect) {
        throw noForms();
    }

    @Override
    public boolean isExpectMultipart() {
        return false;
    }

    @Override
    public HttpServerRequest uploadHandler(@Nullable Handler<HttpServerFileUpload> handler) {
        throw noForms();
    }

    @Override
    public MultiMap formAttributes() {
        throw noForms();
    }

    @Override
    public @Nullable String getFormAttribute(String attributeName) {
        throw noForms();
    }

    private static UnsupportedOperationException noForms() {
        return new UnsupportedOperationException("the application tier reads forms");
    }

    // The connection.

    @Override
    public HttpServerResponse response() {
        return response;
    }

    @Override
    public HttpConnection connection() {
        return connection;
    }

    @Override
    public Future<NetSocket> toNetSocket() {
        return upgrade().toNetSocket();
    }

    @Override
    public Future<ServerWebSocket> toWebSocket() {
        return upgrade().toWebSocket();
    }

    @Override
    public HttpServerRequest customFrameHandler(@Nullable Handler<HttpFrame> handler) {
        return this;
    }

    @Override
    public HttpServerRequest streamPriorityHandler(@Nullable Handler<StreamPriority> handler) {
        return this;
    }

    @Override
    public DecoderResult decoderResult() {
        return DecoderResult.SUCCESS;
    }

    private Upgrade upgrade() {
        return new Upgrade(opener, head, this, response);
    }
}
