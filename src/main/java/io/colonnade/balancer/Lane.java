package io.colonnade.balancer;

import io.colonnade.core.Clock;
import io.colonnade.core.DrainWindow;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Network;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The connections of one lane, and what they share: the time, the limits, whether the node is leaving. */
final class Lane {
    static final Duration TICK = Duration.ofMillis(250);
    static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** How an exchange fails that ran into a limit. */
    @FunctionalInterface
    interface Failing {
        void fail(Downstream downstream, HttpServerRequest request, Kind kind);
    }

    /** RFC 9110 section 5.6.7; unlike {@link DateTimeFormatter#RFC_1123_DATE_TIME} with two digits for the day. */
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private BalancerConfig config;
    private List<Network> trustedProxies;
    private final @Nullable String nodeName;
    private final Clock clock;
    private final BalancerStatus status;
    private final Failing failing;
    private final Set<Downstream> open = new HashSet<>();

    private long now;
    private CharSequence date;
    private @Nullable DrainWindow window;
    private long drainingSince = Long.MIN_VALUE;
    private Promise<Void> empty = Promise.promise();

    Lane(BalancerConfig config, @Nullable String nodeName, Clock clock, BalancerStatus status, Failing failing) {
        this.config = config;
        this.trustedProxies = networks(config);
        this.nodeName = nodeName;
        this.clock = clock;
        this.status = status;
        this.failing = failing;
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
        List.copyOf(open).forEach(downstream -> downstream.check(now));
    }

    /** The time of the last tick: reading the clock for every message costs more than it tells. */
    long now() {
        return now;
    }

    /** The field {@code Date} of responses (RFC 9110 section 6.6.1), as of the last tick. */
    CharSequence httpDate() {
        return date;
    }

    private CharSequence date() {
        return HttpHeaders.createOptimized(HTTP_DATE.format(clock.now().atOffset(ZoneOffset.UTC)));
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

    /** The node's present drain. */
    @Nullable
    DrainWindow window() {
        return window;
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
        List.copyOf(open).forEach(Downstream::closeNow);
    }

    void add(Downstream downstream) {
        open.add(downstream);
        status.connections.increment();
    }

    void remove(Downstream downstream) {
        open.remove(downstream);
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

    void refused(Kind kind) {
        status.failed(kind);
    }

    void fail(Downstream downstream, HttpServerRequest request, Kind kind) {
        failing.fail(downstream, request, kind);
    }

    /** A response that has begun and stands still. */
    void stalled(Downstream downstream) {
        status.failed(Kind.RESPONSE_TIMEOUT);
        downstream.abort();
    }
}
