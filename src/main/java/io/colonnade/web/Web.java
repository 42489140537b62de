package io.colonnade.web;

import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.Tier;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/** The web tier of one lane. Answers with the site's static files, and hands all other requests to the application tier. */
public final class Web extends VerticleBase implements Tier {
    private static final int MOVED_PERMANENTLY = 301;
    private static final CharSequence NODE = HttpHeaders.createOptimized("x-web-node");

    private final Webroots webroots;
    private final Tier application;
    private final @Nullable String node;

    /**
     * Makes the tier of one lane.
     *
     * @param application gets requests for paths without a file, and requests with other methods than GET and HEAD
     * @param node the node's name for the field {@code x-web-node}; null to leave it out
     */
    public Web(Webroots webroots, Tier application, @Nullable String node) {
        this.webroots = webroots;
        this.application = application;
        this.node = node;
    }

    @Override
    public Future<Void> handle(Exchange exchange) {
        if (node != null) {
            exchange.response().putHeader(NODE, node);
        }
        var method = exchange.request().method();
        var files =
                method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD) ? webroots.of(exchange.site()) : null;
        var answer = files == null ? null : answer(exchange, files);
        if (answer == null) {
            return application.handle(exchange);
        }
        webroots.figures().answered();
        return answer.recover(cause -> failed(exchange, cause));
    }

    /** Sends the file or a redirect; null if there is no file at the path. */
    private @Nullable Future<Void> answer(Exchange exchange, StaticFiles files) {
        var resource = files.find(exchange.request().path());
        if (resource == Redirect.TO_DIRECTORY) {
            return redirect(exchange, files);
        }
        return resource instanceof StaticFile file ? send(exchange, file, files) : null;
    }

    private @Nullable Future<Void> send(Exchange exchange, StaticFile file, StaticFiles files) {
        var current = file.acceptable(exchange.request().headers()).current();
        if (current == null) {
            return null;
        }
        exchange.request().resume();
        return new FileResponse(exchange, current, webroots.figures()).send(files, file.varies());
    }

    private static Future<Void> redirect(Exchange exchange, StaticFiles files) {
        var request = exchange.request().resume();
        var query = request.query();
        var location = request.path() + "/" + (query == null || query.isEmpty() ? "" : "?" + query);
        var response = request.response().setStatusCode(MOVED_PERMANENTLY);
        response.putHeader(HttpHeaders.LOCATION, location);
        files.putFields(response);
        files.putCacheControl(response);
        return response.putHeader(HttpHeaders.CONTENT_LENGTH, "0").end();
    }

    private static Future<Void> failed(Exchange exchange, Throwable cause) {
        if (cause instanceof Failure) {
            return Future.failedFuture(cause);
        }
        var message = "the client went away before it had all of "
                + exchange.request().path() + ": " + cause;
        return Future.failedFuture(new Failure(Failure.Kind.DOWNSTREAM_CLOSED, Failure.Progress.RESPONSE, message));
    }
}
