package io.colonnade.web;

import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The response to a request for a file: the file, a part of it, or a status that says why neither is sent. */
final class FileResponse {
    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;
    private static final int NOT_MODIFIED = 304;
    private static final int PRECONDITION_FAILED = 412;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Representation chosen;
    private final WebFigures figures;

    /**
     * @param chosen the representation of the file that suits the request
     */
    FileResponse(Exchange exchange, Representation chosen, WebFigures figures) {
        this.request = exchange.request();
        this.response = exchange.response();
        this.chosen = chosen;
        this.figures = figures;
    }

    /**
     * Sends the response. The future completes when the response has ended.
     *
     * @param files the site's files, which know what fields the site wants
     * @param varies whether the choice depends on {@code Accept-Encoding}
     */
    Future<Void> send(StaticFiles files, boolean varies) {
        files.putFields(response);
        var conditions = new Preconditions(request.headers(), chosen);
        var outcome = conditions.evaluate();
        if (outcome == Preconditions.Outcome.FAIL) {
            return empty(PRECONDITION_FAILED);
        }
        var range = conditions.rangeApplies() ? range() : null;
        if (outcome == Preconditions.Outcome.HOLD && range != null && range.isUnsatisfiable()) {
            response.putHeader(HttpHeaders.CONTENT_RANGE, range.contentRange(chosen.length()));
            return empty(RANGE_NOT_SATISFIABLE);
        }
        if (outcome == Preconditions.Outcome.HOLD && request.method().equals(HttpMethod.GET)) {
            return opened(range, files, varies);
        }
        putFields(chosen, files, varies);
        return outcome == Preconditions.Outcome.HOLD ? content(chosen, null) : notModified();
    }

    /** Ranges are defined for GET only (RFC 9110, section 14.2). Those of a file that may be being written would not fit together. */
    private @Nullable ByteRange range() {
        var field = request.method().equals(HttpMethod.GET) && chosen.isSettled()
                ? request.getHeader(HttpHeaderNames.RANGE)
                : null;
        return ByteRange.parse(field, chosen.length());
    }

    private Future<Void> opened(@Nullable ByteRange range, StaticFiles files, boolean varies) {
        try {
            var open = chosen.opened();
            putFields(open, files, varies);
            return content(open, open.isSettled() ? range : null);
        } catch (IOException refused) {
            return Future.failedFuture(new Failure(
                    Kind.SITE_UNAVAILABLE, Progress.NOTHING, "the file of " + request.path() + ": " + refused));
        }
    }

    /** Sets the fields that a response with 304 has too (RFC 9110, section 15.4.5). */
    private void putFields(Representation sent, StaticFiles files, boolean varies) {
        if (sent.isSettled()) {
            response.putHeader(HttpHeaders.ETAG, sent.etag());
            if (sent.modifiedIsKnown()) {
                response.putHeader(HttpHeaders.LAST_MODIFIED, sent.modified().text());
            }
            files.putCacheControl(response);
        } else {
            StaticFiles.forbidStoring(response);
        }
        if (varies) {
            response.putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        }
    }

    private Future<Void> notModified() {
        figures.notModified();
        return response.setStatusCode(NOT_MODIFIED).end();
    }

    private Future<Void> empty(int status) {
        return response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_LENGTH, "0")
                .end();
    }

    private Future<Void> content(Representation sent, @Nullable ByteRange range) {
        response.setStatusCode(range == null ? OK : PARTIAL_CONTENT);
        response.putHeader(HttpHeaders.CONTENT_TYPE, sent.type());
        if (sent.isEncoded()) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, sent.encoding());
        }
        response.putHeader(HttpHeaders.ACCEPT_RANGES, sent.isSettled() ? "bytes" : "none");
        if (range != null) {
            response.putHeader(HttpHeaders.CONTENT_RANGE, range.contentRange(sent.length()));
        }
        return bytes(sent, range == null ? new ByteRange(0, sent.length()) : range);
    }

    private Future<Void> bytes(Representation sent, ByteRange part) {
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(part.length()));
        if (request.method().equals(HttpMethod.HEAD)) {
            figures.served(0);
            return response.end();
        }
        figures.served(part.length());
        return sent.body().send(response, part);
    }
}
