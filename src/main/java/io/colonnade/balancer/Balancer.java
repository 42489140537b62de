package io.colonnade.balancer;

import io.colonnade.core.Clock;
import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Tier;
import io.colonnade.routing.Dispatch;
import io.colonnade.routing.Retry;
import io.colonnade.routing.Routing;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One lane's share of the public port: takes requests, finds their site, and has the web tier answer them. */
public final class Balancer extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(Balancer.class);

    private final PublicPort port;
    private final Routing routing;
    private final Clock clock;
    private final Dispatch web;
    private final Lane lane;
    private final BalancerStatus status;
    private Tier retry;
    private Exchange.TimeLimits limits;
    private final RequestId ids = new RequestId(new SplittableRandom());
    private @Nullable HttpServerOptions parser;
    private @Nullable HttpServer server;

    /**
     * @param port the node's public port, claimed
     * @param web the lane's way to the web tier
     * @param nodeName for the field {@code x-balancer-node}, or null to leave it out
     */
    public Balancer(PublicPort port, Routing routing, Dispatch web, Clock clock, @Nullable String nodeName) {
        var config = port.config();
        this.port = port;
        this.routing = routing;
        this.clock = clock;
        this.status = port.figures();
        this.web = web;
        this.lane = new Lane(config, nodeName, clock, status, this::fail);
        this.retry = retry(config);
        this.limits = limits(config);
    }

    /** From now on other limits hold; those of the parser for new connections. Called on the lane's context. */
    void configure(BalancerConfig config) {
        lane.configure(config);
        retry = retry(config);
        limits = limits(config);
        parser = port.serverOptions();
    }

    private Tier retry(BalancerConfig config) {
        return new Retry(web, config.retry(), clock, status.retries::increment);
    }

    private static Exchange.TimeLimits limits(BalancerConfig config) {
        return new Exchange.TimeLimits(config.responseTimeout(), config.idleTimeout());
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(Lane.TICK.toMillis(), tick -> lane.tick());
        port.add(this);
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        port.remove(this);
        lane.closeAll();
        return Future.succeededFuture();
    }

    /** Listens; called on the lane's context. */
    Future<Void> open() {
        return port.listen(() -> makeServer(port.serverOptions(), lane))
                .onSuccess(listening -> server = listening)
                .mapEmpty();
    }

    /**
     * Opens a way in for the node's own requests, to be closed again: on any free port, and not counted. Called on the lane's
     * context.
     */
    public Future<HttpServer> openForWarmUp() {
        var uncounted = new Lane(port.config(), lane.nodeName(), clock, new BalancerStatus(), this::fail);
        return makeServer(port.ownOptions(), uncounted).listen();
    }

    private HttpServer makeServer(HttpServerOptions options, Lane connections) {
        return vertx.createHttpServer(options)
                .connectionHandler(connection -> Downstream.attach(connections, connection, parser))
                .requestHandler(this::handle)
                .invalidRequestHandler(this::refuse)
                .exceptionHandler(cause -> log.debug("a connection failed: {}", cause.getMessage()));
    }

    @Nullable
    HttpServer server() {
        return server;
    }

    Lane lane() {
        return lane;
    }

    Context laneContext() {
        return context;
    }

    private void handle(HttpServerRequest request) {
        var downstream = Downstream.of(request);
        var fields = request.headers();
        var given = fields.get(RequestId.FIELD);
        var id = ids.of(given == null ? "" : given);
        if (!downstream.begin(request, id, keepsAlive(request))) {
            return;
        }
        var host = RequestHost.of(request);
        var site = host == null ? null : routing.site(host);
        if (host == null) {
            fail(downstream, request, Kind.BAD_REQUEST);
        } else if (isTooLong(request)) {
            fail(downstream, request, Kind.BODY_TOO_LARGE);
        } else if (site == null) {
            fail(downstream, request, Kind.UNKNOWN_SITE);
        } else {
            HopByHop.stripRequest(fields);
            downstream.peer().announce(fields, host);
            fields.set(RequestId.FIELD, id);
            forward(downstream, Exchange.open(request, id, site, limits, clock));
        }
    }

    private void forward(Downstream downstream, Exchange exchange) {
        retry.handle(exchange).onFailure(cause -> recover(downstream, exchange, cause));
    }

    /** The only place where a failure of an exchange becomes a status. */
    private void recover(Downstream downstream, Exchange exchange, Throwable cause) {
        var kind = cause instanceof Failure failure ? failure.kind() : Kind.INTERNAL;
        if (!(cause instanceof Failure)) {
            log.error(
                    "request {} of site {} failed",
                    exchange.id(),
                    exchange.site().name(),
                    cause);
        } else if (kind.status() >= 500) {
            log.warn(
                    "request {} of site {}: {} ({})",
                    exchange.id(),
                    exchange.site().name(),
                    cause.getMessage(),
                    kind);
        }
        fail(downstream, exchange.request(), kind);
    }

    private void fail(Downstream downstream, HttpServerRequest request, Kind kind) {
        answer(downstream, request, kind, kind.status());
    }

    private void answer(Downstream downstream, HttpServerRequest request, Kind kind, int code) {
        var response = request.response();
        status.failed(kind);
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            downstream.abort();
            return;
        }
        if (kind == Kind.BAD_REQUEST || kind == Kind.REQUEST_TIMEOUT || kind == Kind.BODY_TOO_LARGE) {
            downstream.closeAfterResponse();
        }
        ErrorPage.send(request, code, ErrorPage.detail(kind), downstream.id());
    }

    /** What is no HTTP, or too much of it. */
    private void refuse(HttpServerRequest request) {
        var downstream = Downstream.of(request);
        if (downstream.begin(request, ids.of(""), false)) {
            var cause = request.decoderResult().cause();
            var code = cause instanceof TooLongHttpLineException
                    ? 414
                    : cause instanceof TooLongHttpHeaderException ? 431 : 400;
            answer(downstream, request, Kind.BAD_REQUEST, code);
        }
    }

    private boolean isTooLong(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaderNames.CONTENT_LENGTH);
        return length != null && BodyLimit.exceeded(lane.config().maxBody(), Long.parseLong(length.strip()));
    }

    private static boolean keepsAlive(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_0
                ? request.headers().contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE, true)
                : !request.headers().contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
    }
}
