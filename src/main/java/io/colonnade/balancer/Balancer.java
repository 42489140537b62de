package io.colonnade.balancer;

import io.colonnade.core.Clock;
import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.FatalErrors;
import io.colonnade.core.SiteId;
import io.colonnade.core.Tier;
import io.colonnade.core.TimeLimited;
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
import java.util.ArrayList;
import java.util.List;
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
    private final FailureAnswers failures;
    private final ConnectionLane lane;
    private final List<ConnectionLane> lanes = new ArrayList<>();
    private Tier tiers;
    private Exchange.TimeLimits limits;
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
        this.web = web;
        this.failures = new FailureAnswers(port.figures());
        this.lane = new ConnectionLane(config, nodeName, clock, failures);
        this.lanes.add(lane);
        this.tiers = stack(config);
        this.limits = limits(config);
    }

    /** What is done around the dispatch to the web tier, outermost first. */
    private Tier stack(BalancerConfig config) {
        var retried = new Retry(web, config.retry(), clock, port.figures().retries::increment);
        return new TimeLimited(retried, lane.exchanges());
    }

    /** From now on other limits hold; those of the parser for new connections. Called on the lane's context. */
    void configure(BalancerConfig config) {
        lane.configure(config);
        tiers = stack(config);
        limits = limits(config);
        parser = port.serverOptions();
    }

    private static Exchange.TimeLimits limits(BalancerConfig config) {
        return new Exchange.TimeLimits(config.responseTimeout(), config.idleTimeout());
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(ConnectionLane.TICK.toMillis(), tick -> lanes.forEach(ConnectionLane::tick));
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
                .compose(port::limit);
    }

    /**
     * Opens a way in for the node's own requests, to be closed again: on any free port, and not counted. Called on the lane's
     * context.
     */
    public Future<HttpServer> openForWarmUp() {
        var uncounted =
                new ConnectionLane(port.config(), lane.nodeName(), clock, new FailureAnswers(new BalancerStatus()));
        lanes.add(uncounted);
        return makeServer(port.ownOptions(), uncounted).listen();
    }

    private HttpServer makeServer(HttpServerOptions options, ConnectionLane connections) {
        return vertx.createHttpServer(options)
                .connectionHandler(connection -> Http1Pipeline.attach(connections, connection, parser))
                .requestHandler(this::handle)
                .invalidRequestHandler(this::refuse)
                .exceptionHandler(Balancer::connectionFailed);
    }

    @Nullable
    HttpServer server() {
        return server;
    }

    ConnectionLane lane() {
        return lane;
    }

    Context laneContext() {
        return context;
    }

    private void handle(HttpServerRequest request) {
        var connection = Http1Pipeline.connectionOf(request);
        var exchange = connection.begin(request, id(request), keepsAlive(request));
        if (exchange == null) {
            return;
        }
        var host = host(request);
        var site = host == null ? null : routing.site(host);
        var refusal = isTooLong(request) ? Kind.BODY_TOO_LARGE : connection.bodyRefusal();
        if (refusal != null) {
            refuse(exchange, refusal, ArrivingBody.reason(refusal));
        } else if (host == null || site == null) {
            refuse(exchange, Kind.UNKNOWN_SITE, "no site has the host " + host);
        } else {
            forward(exchange, host, site);
        }
    }

    private String id(HttpServerRequest request) {
        var given = request.getHeader(RequestId.FIELD);
        return failures.id(given == null ? "" : given);
    }

    /** Only a request of HTTP/1.0 may come without a host, and gets that of the site that is asked for then. */
    private @Nullable String host(HttpServerRequest request) {
        var given = request.getHeader(HttpHeaderNames.HOST);
        var host = given == null ? routing.defaultHost() : given;
        if (given == null && host != null) {
            request.headers().set(HttpHeaderNames.HOST, host);
        }
        return host;
    }

    private void forward(ClientExchange exchange, String host, SiteId site) {
        var fields = exchange.request().headers();
        HopByHop.forgetWish(fields);
        exchange.connection().peer().announce(fields, host, lane.trustedProxies());
        fields.set(RequestId.FIELD, exchange.id());
        exchange.open(site, limits, clock)
                .answerBy(tiers)
                .onFailure(cause -> exchange.connection().lane().failed(exchange, cause));
    }

    private static void refuse(ClientExchange exchange, Kind kind, String why) {
        exchange.connection().lane().failed(exchange, new Failure(kind, Progress.NOTHING, why));
    }

    /** What is no HTTP, or too much of it. */
    private void refuse(HttpServerRequest request) {
        var exchange = Http1Pipeline.connectionOf(request).begin(request, id(request), false);
        if (exchange != null) {
            var cause = request.decoderResult().cause();
            exchange.connection().lane().failed(exchange, cause instanceof Failure ? cause : undecoded(cause));
        }
    }

    private static Failure undecoded(Throwable cause) {
        var kind = cause instanceof TooLongHttpLineException
                ? Kind.URI_TOO_LONG
                : cause instanceof TooLongHttpHeaderException ? Kind.HEAD_TOO_LARGE : Kind.BAD_REQUEST;
        return new Failure(kind, Progress.NOTHING, String.valueOf(cause.getMessage()));
    }

    private boolean isTooLong(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaderNames.CONTENT_LENGTH);
        return length != null && ArrivingBody.exceeds(lane.config().maxBody(), Long.parseLong(length.strip()));
    }

    /** What the client wants stands alone by now ({@link HopByHop#stripRequest}). */
    private static boolean keepsAlive(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_0
                ? request.headers().contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE, true)
                : !request.headers().contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
    }

    private static void connectionFailed(Throwable cause) {
        FatalErrors.report(cause);
        log.debug("a connection failed: {}", cause.getMessage());
    }
}
