package io.colonnade.balancer;

import io.colonnade.core.Clock;
import io.colonnade.core.DrainWindow;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.LastingResponses;
import io.colonnade.core.Network;
import io.colonnade.core.OpenExchanges;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The connections of one lane, and what they share: the time, the limits, whether the node is leaving. */
final class ConnectionLane {
    static final Duration TICK = Duration.ofMillis(250);

    private static final CharSequence NODE = HttpHeaders.createOptimized("x-balancer-node");

    private BalancerConfig config;
    private List<Network> trustedProxies;
    private final @Nullable String nodeName;
    private final Clock clock;
    private final BalancerStatus status;
    private final FailureAnswers failures;
    private final Set<ClientConnection> open = new HashSet<>();
    private final OpenExchanges exchanges = new OpenExchanges();
    private final LastingResponses lasting = new LastingResponses();

    private long now;
    private CharSequence date;
    private @Nullable DrainWindow window;
    private long drainingSince = Long.MIN_VALUE;
    private Promise<Void> empty = Promise.promise();

    ConnectionLane(BalancerConfig config, @Nullable String nodeName, Clock clock, FailureAnswers failures) {
        this.config = config;
        this.trustedProxies = networks(config);
        this.nodeName = nodeName;
        this.clock = clock;
        this.status = failures.figures();
        this.failures = failures;
        this.now = clock.nanos();
        this.date = date();
    }

    /** From now on other limits hold. */
    void configure(BalancerConfig newConfig) {
        config = newConfig;
        trustedProxies = networks(newConfig);
    }

    private static List<Network> networks(BalancerConfig config) {
        return config.trustedProxies().stream().map(Network::parse).toList();
    }

    /** Every 250 ms. */
    void tick() {
        now = clock.nanos();
        date = date();
        List.copyOf(open).forEach(connection -> connection.check(now));
        exchanges.check(now);
        lasting.check(window, now);
    }

    /** The time of the last tick: reading the clock for every message costs more than it tells. */
    long now() {
        return now;
    }

    /** Adds what every final response has: {@code Date} (RFC 9110 section 6.6.1), as of the last tick, and {@code x-balancer-node}. */
    void completeHead(MultiMap fields) {
        if (!fields.contains(HttpHeaderNames.DATE)) {
            fields.set(HttpHeaderNames.DATE, date);
        }
        if (nodeName != null) {
            fields.set(NODE, nodeName);
        }
    }

    private CharSequence date() {
        return HttpHeaders.createOptimized(DateFormatter.format(Date.from(clock.now())));
    }

    /** The exchanges of all connections that have a site and have not ended. */
    OpenExchanges exchanges() {
        return exchanges;
    }

    /** What a drain has to end. */
    LastingResponses lasting() {
        return lasting;
    }

    BalancerConfig config() {
        return config;
    }

    List<Network> trustedProxies() {
        return trustedProxies;
    }

    @Nullable
    String nodeName() {
        return nodeName;
    }

    boolean isDraining() {
        return window != null;
    }

    long drainingSince() {
        return drainingSince;
    }

    /** How long a connection may be without a request. */
    long idleNanos() {
        return (isDraining() ? config.drainIdle() : config.keepAliveTimeout()).toNanos();
    }

    void drain(DrainWindow newWindow) {
        if (!isDraining()) {
            drainingSince = clock.nanos();
        }
        window = newWindow;
    }

    void undrain() {
        window = null;
        drainingSince = Long.MIN_VALUE;
    }

    /** Completes when there is no connection. */
    Future<Void> whenEmpty() {
        return open.isEmpty() ? Future.succeededFuture() : empty.future();
    }

    void closeAll() {
        List.copyOf(open).forEach(ClientConnection::closeNow);
    }

    void add(ClientConnection connection) {
        open.add(connection);
        status.connections.increment();
    }

    void remove(ClientConnection connection) {
        open.remove(connection);
        status.connections.decrement();
        if (open.isEmpty()) {
            var done = empty;
            empty = Promise.promise();
            done.complete();
        }
    }

    void begun() {
        status.requests.increment();
        status.inFlight.increment();
    }

    void ended() {
        status.inFlight.decrement();
    }

    /** A response is an error of the server's, or has been broken off. */
    void erred() {
        status.errors.increment();
    }

    /** Ends an exchange that no tier has answered to its end. */
    void failed(ClientExchange exchange, Throwable cause) {
        failures.answer(exchange, cause);
    }

    /** The response to a request whose head is not there, so that there is no exchange. */
    FullHttpResponse refuseHead(Kind kind) {
        return failures.refuseHead(kind, date);
    }
}
