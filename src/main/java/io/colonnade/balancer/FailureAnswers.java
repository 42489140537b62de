package io.colonnade.balancer;

import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Source;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where a failure becomes a status: it is counted, logged if it is the server's, and answered, or the response is broken
 * off if it has begun. Used on one lane.
 */
final class FailureAnswers {
    private static final Logger log = LoggerFactory.getLogger(FailureAnswers.class);
    private static final int SERVER_ERROR = 500;

    private final BalancerStatus figures;
    private final RequestId ids = new RequestId(new SplittableRandom());

    FailureAnswers(BalancerStatus figures) {
        this.figures = figures;
    }

    BalancerStatus figures() {
        return figures;
    }

    /** The id of a request: the client's if it is sane, else a new one. */
    String id(String given) {
        return ids.of(given);
    }

    /** Ends the exchange, which no tier has answered to its end. */
    void answer(ClientExchange exchange, Throwable cause) {
        var kind = cause instanceof Failure failure ? failure.kind() : Kind.INTERNAL;
        figures.failed(kind);
        log(exchange, kind, cause);
        var response = exchange.response();
        if (exchange.isClientGone() || response.closed() || response.ended()) {
            return;
        }
        if (response.headWritten()) {
            exchange.breakOff();
            return;
        }
        if (leavesTheRestUnread(kind)) {
            exchange.connection().endAfterResponse();
        }
        new ErrorPage(kind, exchange.id()).send(exchange.request());
    }

    /** The response to what has not become a request in time; counts as {@link #answer} does. */
    FullHttpResponse refuseHead(Kind kind, CharSequence date) {
        figures.failed(kind);
        var response = new ErrorPage(kind, ids.of("")).response();
        response.headers().set(HttpHeaderNames.DATE, date);
        return response;
    }

    private static void log(ClientExchange exchange, Kind kind, Throwable cause) {
        if (!(cause instanceof Failure)) {
            log.error("request {} of site {} failed", exchange.id(), exchange.site(), cause);
        } else if (kind.source() != Source.DOWNSTREAM && kind.status() >= SERVER_ERROR) {
            log.warn("request {} of site {}: {} ({})", exchange.id(), exchange.site(), cause.getMessage(), kind);
        }
    }

    /** What follows on the connection cannot be told from the rest of this request. */
    private static boolean leavesTheRestUnread(Kind kind) {
        return switch (kind) {
            case BAD_REQUEST,
                    URI_TOO_LONG,
                    HEAD_TOO_LARGE,
                    REQUEST_TIMEOUT,
                    BODY_TOO_LARGE,
                    METHOD_NOT_SUPPORTED,
                    VERSION_NOT_SUPPORTED -> true;
            default -> false;
        };
    }
}
