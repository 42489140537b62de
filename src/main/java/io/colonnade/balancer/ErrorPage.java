package io.colonnade.balancer;

import io.colonnade.core.Accepted;
import io.colonnade.core.Failure.Kind;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** What a client gets to see of a failure: a small page, or a problem document (RFC 9457) if it wants JSON. */
final class ErrorPage {
    private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("retry-after");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final String HTML = "text/html; charset=utf-8";
    private static final String PROBLEM = "application/problem+json";
    private static final String PAGE =
            """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>%1$d %2$s</title>
            <style>body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem}\
            small{color:#767676}</style></head>
            <body><h1>%2$s</h1><p>%3$s</p><small>Request %4$s</small></body></html>
            """;

    private final int status;
    private final String title;
    private final String detail;
    private final String id;

    /**
     * @param id a sane request id
     */
    ErrorPage(Kind kind, String id) {
        this.status = kind.status();
        this.title = HttpResponseStatus.valueOf(status).reasonPhrase();
        this.detail = detail(kind);
        this.id = id;
    }

    /** Answers the request, whose response has not begun. */
    void send(HttpServerRequest request) {
        var response = request.response();
        var json = wantsJson(request);
        response.headers().clear();
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, json ? PROBLEM : HTML)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .putHeader(RequestId.FIELD, id);
        if (status == HttpResponseStatus.SERVICE_UNAVAILABLE.code()) {
            response.putHeader(RETRY_AFTER, "1");
        }
        response.end(json ? problem() : page());
    }

    /** The same for a request of HTTP/1 whose head has not arrived; the connection's last response. */
    FullHttpResponse response() {
        var body = Unpooled.copiedBuffer(page(), StandardCharsets.UTF_8);
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HTML)
                .set(HttpHeaderNames.CACHE_CONTROL, NO_STORE)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .set(RequestId.FIELD, id);
        HttpUtil.setContentLength(response, body.readableBytes());
        return response;
    }

    private String page() {
        return PAGE.formatted(status, title, detail, id);
    }

    private String problem() {
        return new JsonObject()
                .put("status", status)
                .put("title", title)
                .put("detail", detail)
                .put("request", id)
                .encode();
    }

    /** Says nothing of the nodes behind the port: that is in the log. */
    private static String detail(Kind kind) {
        return switch (kind) {
            case BAD_REQUEST, METHOD_NOT_SUPPORTED, VERSION_NOT_SUPPORTED -> "The request could not be understood.";
            case UNKNOWN_SITE -> "There is no site with this name here.";
            case REQUEST_TIMEOUT -> "The request did not arrive in time.";
            case BODY_TOO_LARGE, URI_TOO_LONG, HEAD_TOO_LARGE -> "The request is larger than this site accepts.";
            case NO_ENDPOINT, SITE_UNAVAILABLE, DATABASE_UNAVAILABLE, DATABASE_FULL, DISK_FULL ->
                "The site is not available at the moment. Please try again shortly.";
            case MEMBER_LOST, STREAM_RESET -> "The site broke off while it answered. Please try again.";
            case RESPONSE_TIMEOUT -> "The site took too long to answer.";
            case DOWNSTREAM_CLOSED, SITE_FAILED, INTERNAL -> "Something went wrong while answering this request.";
        };
    }

    private static boolean wantsJson(HttpServerRequest request) {
        var accepted = Accepted.of(request.headers());
        return accepted.json() > accepted.html();
    }
}
