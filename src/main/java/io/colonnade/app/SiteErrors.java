package io.colonnade.app;

import io.colonnade.app.form.FormException;
import io.colonnade.core.Accepted;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests that a site's code failed to answer: with 500, or with 503 and {@code Retry-After} if the cause is
 * temporary. The client gets the request id; the reason goes into the log.
 */
final class SiteErrors implements Handler<RoutingContext>, SiteResponse.Refusal {
    private static final Logger log = LoggerFactory.getLogger(SiteErrors.class);
    private static final String RETRY_AFTER_SECONDS = "2";

    /** The fields that describe the site's own response, which is not sent. */
    private static final List<CharSequence> REPRESENTATION = List.of(
            HttpHeaders.CONTENT_LENGTH,
            HttpHeaders.TRANSFER_ENCODING,
            HttpHeaders.CONTENT_ENCODING,
            HttpHeaders.CONTENT_RANGE,
            HttpHeaders.ETAG,
            HttpHeaders.LAST_MODIFIED,
            HttpHeaders.LOCATION);

    @Override
    public void handle(RoutingContext context) {
        var failure = context.failure();
        refuse(
                SiteResponse.of(context),
                failure == null ? new IllegalStateException("failed with status 500") : failure);
    }

    /** Answers with the status of the failure, or aborts the response if its head was already sent. */
    @Override
    public void refuse(SiteResponse response, Throwable cause) {
        log(response, cause);
        var beneath = response.beneath();
        if (beneath.headWritten()) {
            response.abort("the site failed in the middle of its response");
        } else if (!beneath.closed()) {
            response.writes().forgetBeforeHead();
            answer(response, cause instanceof Failure failure ? failure : failed());
        }
    }

    private static Failure failed() {
        return new Failure(Kind.SITE_FAILED, Progress.REQUEST, "the site's code failed");
    }

    private static void log(SiteResponse response, Throwable cause) {
        var id = response.call().exchange().id();
        var what = response.call().what();
        if (cause instanceof Failure failure) {
            log.warn("request {} of site {} failed: {}: {}", id, what, failure.kind(), failure.getMessage());
        } else if (cause instanceof HttpClosedException || cause instanceof FormException) {
            log.debug("request {} of site {} was not answered: {}", id, what, cause.getMessage());
        } else {
            log.error("request {} of site {} failed", id, what, cause);
        }
    }

    private static void answer(SiteResponse response, Failure failure) {
        var kind = failure.kind();
        var beneath = response.beneath();
        REPRESENTATION.forEach(beneath.headers()::remove);
        beneath.setStatusCode(kind.status()).putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (kind.status() == HttpResponseStatus.SERVICE_UNAVAILABLE.code()) {
            beneath.putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        var accepted = Accepted.of(response.call().exchange().request().headers());
        var html = accepted.html() > 0 && accepted.html() >= accepted.json();
        beneath.putHeader(HttpHeaders.CONTENT_TYPE, html ? "text/html; charset=utf-8" : "application/problem+json");
        var id = response.call().exchange().id();
        beneath.end(html ? page(kind, id) : problem(failure, id));
    }

    /** RFC 9457. The detail is for what the client can do better. */
    private static String problem(Failure failure, String requestId) {
        var kind = failure.kind();
        var problem = new JsonObject().put("title", title(kind)).put("status", kind.status());
        if (kind.source() == Failure.Source.DOWNSTREAM) {
            problem.put("detail", failure.getMessage());
        }
        return problem.put("requestId", requestId).encode();
    }

    private static String page(Kind kind, String requestId) {
        return "<!doctype html><html lang=en><meta charset=utf-8><title>%1$s</title><h1>%1$s</h1><p>Request %2$s</p></html>"
                .formatted(title(kind), requestId.replace("&", "&amp;").replace("<", "&lt;"));
    }

    private static String title(Kind kind) {
        return HttpResponseStatus.valueOf(kind.status()).reasonPhrase();
    }
}
