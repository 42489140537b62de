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

/**
 * Tries an exchange again, at once and on another member if there is one, when its member failed before anything of the response
 * left. A retry requires that nothing was sent, or that the method is idempotent (RFC 9110 section 9.2.2) and the whole body is
 * still held. The time limit and {@link RetryConfig} must allow it, too. Used on one lane's event loop.
 *
 * <p>Tries are counted because a request may be what its members die of, one after another. So a try does not count if its
 * member was lost before anything left for it, as long as there is another member that was not tried. Such a try costs nothing
 * of the budget either, as it made no work for any member. (gRPC calls these transparent retries, in its proposal A6.)
 */
public final class Retry implements Tier {
    private static final Set<HttpMethod> IDEMPOTENT = Set.of(
            HttpMethod.GET, HttpMethod.HEAD, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.OPTIONS, HttpMethod.TRACE);

    /** Failures after which it does not help to wait as long again, or to ask the same database through another node. */
    private static final Set<Kind> FINAL =
            Set.of(Kind.RESPONSE_TIMEOUT, Kind.DATABASE_UNAVAILABLE, Kind.DATABASE_FULL, Kind.DISK_FULL);

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
        return again(exchange, tried, config.attempts() - 1, cause);
    }

    private Future<Void> again(Exchange exchange, List<Endpoint> tried, int remaining, Throwable cause) {
        if (!mayRetry(exchange, cause)) {
            return Future.failedFuture(cause);
        }
        var other = dispatch.selectOther(exchange, tried);
        if (other != null && neverLeft(cause)) {
            return send(exchange, other, tried, remaining);
        }
        var next = other != null || isPointless(cause) ? other : dispatch.select(exchange);
        return next == null || remaining == 0 || !budget.tryRetry()
                ? Future.failedFuture(cause)
                : send(exchange, next, tried, remaining - 1);
    }

    private Future<Void> send(Exchange exchange, Endpoint next, List<Endpoint> tried, int remaining) {
        onRetry.run();
        tried.add(next);
        forgetAnswer(exchange.response());
        return dispatch.send(exchange, next).recover(cause -> again(exchange, tried, remaining, cause));
    }

    private boolean mayRetry(Exchange exchange, Throwable cause) {
        var response = exchange.response();
        return config.attempts() > 1
                && cause instanceof Failure failure
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

    /** A body that was never opened is whole as long as the tier of this node has read none of it. */
    private static boolean wholeBodyHeld(Exchange exchange) {
        return exchange.bodyOpened()
                ? exchange.body().replayable()
                : exchange.request().bytesRead() == 0;
    }

    /** Whether the member was lost before it got anything; failures of other kinds come from members that got the request. */
    private static boolean neverLeft(Throwable cause) {
        return cause instanceof Failure failure
                && failure.kind() == Kind.MEMBER_LOST
                && failure.progress() == Progress.NOTHING;
    }

    /**
     * Whether it is of no use to try the same member again: it had no endpoint itself. After any other failure another try may
     * succeed, as what was lost may be a member behind it.
     */
    private static boolean isPointless(Throwable cause) {
        return cause instanceof Failure failure && failure.kind() == Kind.NO_ENDPOINT;
    }

    /** Takes back what a local tier had already put on the response. */
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
