package io.colonnade.routing;

import io.colonnade.core.Clock;
import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.Failure.Source;
import io.colonnade.core.Tier;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tries an exchange again, at once and on another member if there is one, when its member failed before anything of the
 * response left. Requires that nothing was sent, or that the method is idempotent (RFC 9110 section 9.2.2) and the body
 * still wholly held; and that time limit and {@link RetryConfig} allow it. Used on one lane's event loop.
 */
public final class Retry implements Tier {
    private static final Set<HttpMethod> IDEMPOTENT = Set.of(
            HttpMethod.GET, HttpMethod.HEAD, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.OPTIONS, HttpMethod.TRACE);

    /** Waiting as long again, or asking the same database through another node, does not help. */
    private static final Set<Kind> FINAL = Set.of(Kind.RESPONSE_TIMEOUT, Kind.DATABASE_UNAVAILABLE, Kind.DATABASE_FULL);

    private final Dispatch dispatch;
    private final RetryConfig config;
    private final RetryBudget budget;
    private final Clock clock;
    private final Runnable onRetry;

    /**
     * @param onRetry called for each retry, for counting
     */
    public Retry(Dispatch dispatch, RetryConfig config, Clock clock, Runnable onRetry) {
        this.dispatch = dispatch;
        this.config = config;
        this.budget = new RetryBudget(config, clock);
        this.clock = clock;
        this.onRetry = onRetry;
    }

    @Override
    public Future<Void> handle(Exchange exchange) {
        budget.request();
        var endpoint = dispatch.select(exchange);
        return endpoint == null
                ? dispatch.noEndpoint(exchange)
                : dispatch.send(exchange, endpoint).recover(cause -> failed(exchange, endpoint, cause));
    }

    private Future<Void> failed(Exchange exchange, Endpoint first, Throwable cause) {
        var tried = new ArrayList<Endpoint>(config.attempts());
        tried.add(first);
        return again(exchange, tried, cause);
    }

    private Future<Void> again(Exchange exchange, List<Endpoint> tried, Throwable cause) {
        var next = mayRetry(exchange, cause) ? next(exchange, tried, cause) : null;
        if (next == null || tried.size() >= config.attempts() || !budget.tryRetry()) {
            return Future.failedFuture(cause);
        }
        onRetry.run();
        tried.add(next);
        forgetAnswer(exchange.response());
        return dispatch.send(exchange, next).recover(failure -> again(exchange, tried, failure));
    }

    private boolean mayRetry(Exchange exchange, Throwable cause) {
        var response = exchange.response();
        return cause instanceof Failure failure
                && failure.kind().source() == Source.UPSTREAM
                && !FINAL.contains(failure.kind())
                && !response.headWritten()
                && !response.closed()
                && exchange.headDeadline() - clock.nanos() > 0
                && wholeBodyHeld(exchange)
                && (failure.progress() == Progress.NOTHING
                        || (failure.progress() == Progress.REQUEST
                                && IDEMPOTENT.contains(exchange.request().method())));
    }

    /** A body that nobody opened is whole as long as the tier of this node has read none of it. */
    private static boolean wholeBodyHeld(Exchange exchange) {
        return exchange.bodyOpened()
                ? exchange.body().replayable()
                : exchange.request().bytesRead() == 0;
    }

    /**
     * Another member if there is one. The same one again is no use if it had no endpoint itself; else it is, as what was
     * lost may be a member behind it.
     */
    private @Nullable Endpoint next(Exchange exchange, List<Endpoint> tried, Throwable cause) {
        var other = dispatch.selectOther(exchange, tried);
        var pointless = cause instanceof Failure failure && failure.kind() == Kind.NO_ENDPOINT;
        return other != null || pointless ? other : dispatch.select(exchange);
    }

    /** What a local tier had already put on the response. */
    private static void forgetAnswer(HttpServerResponse response) {
        response.headers().clear();
        response.setStatusCode(200);
        response.headersEndHandler(null);
        response.bodyEndHandler(null);
        response.endHandler(null);
        response.closeHandler(null);
        response.drainHandler(null);
        response.exceptionHandler(null);
    }
}
