package io.colonnade.balancer;

import static io.colonnade.routing.Members.member;
import static io.colonnade.routing.Members.snapshot;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.colonnade.cluster.Member;
import io.colonnade.cluster.Membership;
import io.colonnade.cluster.Snapshot;
import io.colonnade.core.Address;
import io.colonnade.core.Clock;
import io.colonnade.core.Exchange;
import io.colonnade.core.Failure;
import io.colonnade.core.Failure.Kind;
import io.colonnade.core.Failure.Progress;
import io.colonnade.core.Role;
import io.colonnade.core.Tier;
import io.colonnade.routing.Dispatch;
import io.colonnade.routing.RetryConfig;
import io.colonnade.routing.Routing;
import io.colonnade.routing.RoutingConfig;
import io.colonnade.transport.Forwarder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A public port with two lanes in front of tiers that a test chooses; the node is the member 1, amber-heron, of the site www.foobar.com.
 */
final class OpenPort implements AutoCloseable {
    static final String GET = "GET / HTTP/1.1\nHost: www.foobar.com\n\n";
    static final String POST = "POST / HTTP/1.1\nHost: www.foobar.com\nContent-Length: 0\n\n";

    private static final BalancerConfig CONFIG = new BalancerConfig(
            Duration.ofMillis(500),
            Duration.ofMillis(800),
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            1024,
            2048,
            100,
            256,
            Duration.ZERO,
            List.of(),
            Duration.ofMillis(250),
            Duration.ofSeconds(30),
            RetryConfig.DEFAULTS);

    final Fixed membership = new Fixed(snapshot(member(1)));
    final PublicPort port;
    volatile Tier local = OpenPort::echo;
    volatile Forwarder remote = (exchange, to, tier) -> lost(Progress.NOTHING);
    private final List<Balancer> balancers = new ArrayList<>();
    private final Vertx vertx = Vertx.builder()
            .with(new VertxOptions().setPreferNativeTransport(true))
            .build();

    OpenPort() {
        port = another(0);
        try {
            start(port);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() throws Exception {
        port.release();
        vertx.close().await(10, SECONDS);
    }

    /** Runs a step on the event loop of every lane. */
    void onLane(Runnable step) {
        balancers.forEach(balancer -> balancer.laneContext().runOnContext(v -> step.run()));
    }

    /** Another port of the same node, which is not open. */
    PublicPort another(int number) {
        return new PublicPort(vertx, CONFIG, new Address("127.0.0.1", number), "blue", membership);
    }

    private void start(PublicPort publicPort) throws Exception {
        publicPort.claim().await(10, SECONDS);
        var routing = new Routing(membership, RoutingConfig.DEFAULTS, List.of(), Clock.system());
        for (var lane = 0; lane < 2; lane++) {
            var web = new Dispatch(
                    routing,
                    Role.WEB,
                    exchange -> local.handle(exchange),
                    (exchange, to, tier) -> remote.forward(exchange, to, tier));
            var balancer = new Balancer(publicPort, routing, web, Clock.system(), "amber-heron");
            balancers.add(balancer);
            vertx.deployVerticle(balancer).await(10, SECONDS);
        }
        publicPort.open().await(10, SECONDS);
    }

    RawClient client() throws IOException {
        return new RawClient(port.address().port());
    }

    static String get(String path) {
        return "GET " + path + " HTTP/1.1\nHost: www.foobar.com\n\n";
    }

    static Snapshot onlyOthersAnswer() {
        return snapshot(member(1).roles(Role.BALANCER), member(2), member(3), member(4), member(5), member(6));
    }

    static Snapshot snapshotOnPort(int port) {
        var others = snapshot(member(1), member(2));
        return new Snapshot(
                others.self(),
                others.members().stream()
                        .map(member -> member.id().equals(others.self()) ? member : at(member, port))
                        .toList());
    }

    private static Member at(Member member, int port) {
        return new Member(
                member.id(),
                member.name(),
                member.epoch(),
                member.roles(),
                member.state(),
                member.since(),
                member.weight(),
                member.lanes(),
                member.machine(),
                new Address("127.0.0.1", port),
                member.admin(),
                member.presence(),
                member.sites(),
                member.load(),
                member.version(),
                member.protocol(),
                member.heard(),
                member.answers());
    }

    static BalancerConfig config(long maxUri, long maxBody, List<String> trustedProxies) {
        return new BalancerConfig(
                CONFIG.headTimeout(),
                CONFIG.idleTimeout(),
                CONFIG.keepAliveTimeout(),
                CONFIG.responseTimeout(),
                maxUri,
                CONFIG.maxHead(),
                maxBody,
                CONFIG.minRate(),
                CONFIG.halfClosedTimeout(),
                trustedProxies,
                CONFIG.drainIdle(),
                CONFIG.websocketPing(),
                CONFIG.retry());
    }

    static Future<Void> echo(Exchange exchange) {
        var request = exchange.request();
        return exchange.response().end(request.method() + " " + request.uri());
    }

    static Future<Void> echoBody(Exchange exchange) {
        return exchange.request().body().compose(exchange.response()::end);
    }

    static Future<Void> lost(Progress progress) {
        return Future.failedFuture(new Failure(Kind.MEMBER_LOST, progress, "member blue-otter is gone"));
    }

    static final class Fixed implements Membership {
        volatile Snapshot snapshot;

        Fixed(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public Snapshot snapshot() {
            return snapshot;
        }

        @Override
        public void onChange(Consumer<Snapshot> listener) {
            listener.accept(snapshot);
        }
    }
}
