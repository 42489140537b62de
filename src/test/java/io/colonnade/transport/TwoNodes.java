package io.colonnade.transport;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.colonnade.cluster.Member;
import io.colonnade.cluster.Membership;
import io.colonnade.cluster.Snapshot;
import io.colonnade.core.Clock;
import io.colonnade.core.Exchange;
import io.colonnade.core.Exchange.TimeLimits;
import io.colonnade.core.Failure;
import io.colonnade.core.Protocol;
import io.colonnade.core.Role;
import io.colonnade.core.SiteId;
import io.colonnade.core.Tier;
import io.colonnade.transport.frame.BatchHeader;
import io.colonnade.transport.link.TestMember;
import io.colonnade.transport.link.TransportConfig;
import io.colonnade.transport.wire.MemoryWire;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Two nodes of one lane each in one process: the near one has servers, and both have the tier that answers. */
final class TwoNodes implements AutoCloseable {
    private static final SiteId SITE = new SiteId("test", "0");

    /** Without compression of WebSockets, as the public port's. */
    private static final HttpServerOptions OPTIONS = new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false);

    private final Vertx vertx = Vertx.vertx();
    private final MemoryWire wire = new MemoryWire();
    private final @Nullable EventBusOptions bus;
    private final Member near;
    private final Member far;
    private final LaneTransport nearLane;
    private final LaneTransport farLane;
    private final HttpServer remote;
    private final HttpServer local;
    private final HttpServer chained;
    private final AtomicReference<Failure> lastFailure = new AtomicReference<>();
    private final AtomicBoolean losing = new AtomicBoolean();
    private volatile TimeLimits limits = new TimeLimits(Duration.ofSeconds(20), Duration.ofSeconds(20));

    /**
     * Opens servers that answer by the tier: {@link #localPort} on the near node, {@link #remotePort} on the far one, {@link
     * #chainedPort} on the near one again, but by way of the far one.
     */
    static TwoNodes open(Tier tier) {
        return open(tier, Protocol.CURRENT, Protocol.CURRENT);
    }

    /** The same, with nodes that speak these protocols. */
    static TwoNodes open(Tier tier, int nearProtocol, int farProtocol) {
        return open(tier, nearProtocol, farProtocol, null);
    }

    /** The same, and their lanes may connect to one another. */
    static TwoNodes openDirect(Tier tier, int nearProtocol, int farProtocol) {
        return open(tier, nearProtocol, farProtocol, new EventBusOptions().setHost("127.0.0.1"));
    }

    private static TwoNodes open(Tier tier, int nearProtocol, int farProtocol, @Nullable EventBusOptions bus) {
        try {
            return new TwoNodes(
                    tier, TestMember.named("near", nearProtocol), TestMember.named("far", farProtocol), bus);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private TwoNodes(Tier tier, Member near, Member far, @Nullable EventBusOptions bus) throws Exception {
        this.bus = bus;
        this.near = near;
        this.far = far;
        nearLane = lane(near);
        farLane = lane(far);
        farLane.serve(Role.APP, tier);
        remote = serve(this::forward);
        local = serve(tier);
        nearLane.serve(Role.APP, tier);
        farLane.serve(Role.WEB, exchange -> farLane.forward(exchange, near, Role.APP));
        chained = serve(exchange -> nearLane.forward(exchange, far, Role.WEB));
    }

    int remotePort() {
        return remote.actualPort();
    }

    int localPort() {
        return local.actualPort();
    }

    int chainedPort() {
        return chained.actualPort();
    }

    MemoryWire wire() {
        return wire;
    }

    /** Refuses to send the next thing that the far node has to say. */
    void refuseNextOfFar() {
        wire.refuseNextOf(farLane.state().address());
    }

    void limits(Duration head, Duration idle) {
        limits = new TimeLimits(head, idle);
    }

    /** Has the near lane hear that it lost a batch of the far one's, while the next request that it forwards waits for its tick's end. */
    void loseAtNextForward() {
        losing.set(true);
    }

    /** Why the last exchange was not answered. */
    Failure lastFailure() {
        return lastFailure.get();
    }

    /** Does something on the thread of the far node's lane. */
    void atFar(Runnable action) throws Exception {
        call(farLane, lane -> action.run());
    }

    /** Has the near node see that the far one is gone. */
    void loseFar() throws Exception {
        call(nearLane, lane -> lane.membersChanged(new Snapshot(near.id(), List.of(near))));
    }

    /** Has the far node see that the near one is gone. */
    void loseNear() throws Exception {
        call(farLane, lane -> lane.membersChanged(new Snapshot(far.id(), List.of(far))));
    }

    /** Streams, waiting bytes, and bytes on their way, of both lanes, and batches whose memory is in use: all zero when nothing runs. */
    List<Long> figures() {
        return List.of(
                nearLane.state().streams().get(),
                farLane.state().streams().get(),
                nearLane.state().buffered().get(),
                farLane.state().buffered().get(),
                nearLane.state().outstanding().get(),
                farLane.state().outstanding().get(),
                wire.lent());
    }

    /** Links of both lanes that send by a line of their own. */
    long directLinks() {
        return nearLane.state().directLinks().get()
                + farLane.state().directLinks().get();
    }

    /** Has the far node serve nobody any more, as it does when it stops. */
    void stopFar() throws Exception {
        call(farLane, LaneTransport::stopServing);
    }

    /** Closes the far lane's listener and its connections. */
    void closeFarLines() throws Exception {
        call(farLane, lane -> lane.close());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private LaneTransport lane(Member self) throws Exception {
        var snapshot = new Snapshot(self.id(), List.of(near, far));
        var context = (ContextInternal) vertx.getOrCreateContext();
        var opened = new CompletableFuture<LaneTransport>();
        context.runOnContext(v -> opened.complete(new LaneTransport(
                0, context, wire, bus, new Fixed(snapshot), TransportConfig.DEFAULTS, Clock.system())));
        var lane = opened.get(20, SECONDS);
        wire.connect(lane.state().address(), context, lane::receive);
        vertx.setPeriodic(50, id -> context.runOnContext(v -> lane.tick()));
        return lane;
    }

    private Future<Void> forward(Exchange exchange) {
        var answered = nearLane.forward(exchange, far, Role.APP);
        if (losing.getAndSet(false)) {
            nearLane.receive(batchAfterALostOne());
        }
        return answered;
    }

    private Buffer batchAfterALostOne() {
        var batch = Unpooled.buffer(BatchHeader.SIZE).writerIndex(BatchHeader.SIZE);
        new BatchHeader(Protocol.CURRENT, farLane.state().address(), 1, 1, 0).write(batch, 0);
        return BufferInternal.buffer(batch);
    }

    private HttpServer serve(Tier tier) throws Exception {
        var server = vertx.createHttpServer(OPTIONS);
        server.requestHandler(request -> open(request, tier));
        var listening = new CompletableFuture<HttpServer>();
        nearLane.state().context().runOnContext(v -> server.listen(0, "127.0.0.1")
                .onSuccess(listening::complete)
                .onFailure(listening::completeExceptionally));
        return listening.get(20, SECONDS);
    }

    private void open(HttpServerRequest request, Tier tier) {
        var exchange = Exchange.open(request, "r1", SITE, limits, Clock.system());
        tier.handle(exchange).onFailure(cause -> failed(exchange, (Failure) cause));
    }

    private void failed(Exchange exchange, Failure failure) {
        lastFailure.set(failure);
        var response = exchange.response();
        if (failure.progress() == Failure.Progress.RESPONSE) {
            exchange.request().connection().close();
        } else if (!response.ended() && !response.closed()) {
            response.setStatusCode(failure.kind().status()).end(failure.kind().name());
        }
    }

    private static void call(LaneTransport lane, Consumer<LaneTransport> action) throws Exception {
        var done = new CompletableFuture<Void>();
        lane.state().context().runOnContext(v -> {
            action.accept(lane);
            done.complete(null);
        });
        done.get(20, SECONDS);
    }

    private record Fixed(Snapshot snapshot) implements Membership {
        @Override
        public void onChange(Consumer<Snapshot> listener) {
            listener.accept(snapshot);
        }
    }
}
