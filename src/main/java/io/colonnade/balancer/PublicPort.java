package io.colonnade.balancer;

import io.colonnade.cluster.Membership;
import io.colonnade.core.Address;
import io.colonnade.core.DrainWindow;
import io.colonnade.core.StatusSource;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's public port: which one it is, who may share it, and how it is left. The lanes' balancers listen on it together.
 * Claim it, deploy the balancers, open it; drain it to leave, or stop it for good; then release it. Any thread.
 */
public final class PublicPort implements StatusSource {
    private static final Logger log = LoggerFactory.getLogger(PublicPort.class);
    private static final int LISTEN_ATTEMPTS = 3;
    private static final int BACKLOG = 1024;
    private static final int CHUNK_BYTES = 16 << 10;

    private final Vertx vertx;
    private volatile BalancerConfig config;
    private final PortClaim claim;
    private final BalancerStatus figures = new BalancerStatus();
    private final List<Balancer> balancers = new CopyOnWriteArrayList<>();
    private final AcceptLimit limit = new AcceptLimit();
    private volatile Address address;
    private volatile boolean accepting = true;

    /**
     * @param wanted where to listen; port 0 is any free one
     * @param cluster its name, for messages
     */
    public PublicPort(Vertx vertx, BalancerConfig config, Address wanted, String cluster, Membership membership) {
        this.vertx = vertx;
        this.config = config;
        this.claim = new PortClaim(vertx, wanted, cluster, membership);
        this.address = wanted;
    }

    /**
     * Finds out, before the node is a member, whether the port can be its public port: it is free, or shared as members share it. What
     * {@link #claim} finds out besides needs the membership.
     *
     * @throws PortException if the port cannot be had
     */
    public static void check(Address wanted, String cluster) {
        PortClaim.check(wanted, cluster);
    }

    /**
     * Finds out whether this node may listen: the port is free, or members of this cluster on this machine have it. Waits up to
     * 3 s for the owner to be heard as such. A port that was free is kept until {@link #release}. Fails with a {@link PortException}
     * that says why not.
     */
    public Future<Address> claim() {
        return claim.claim().onSuccess(claimed -> address = claimed);
    }

    /** Gives up the claim, if there is one; when nothing listens any more. */
    public void release() throws IOException {
        claim.release();
    }

    /** Begins to listen on the port that was claimed; to be called when the balancers are deployed. */
    public Future<Void> open() {
        return all(Balancer::open);
    }

    /** Where the node listens; after {@link #claim} never with port 0. */
    public Address address() {
        return address;
    }

    /** From now on other limits hold, for connections that are open too; but what a head may be, for new ones only. */
    public void configure(BalancerConfig newConfig) {
        config = newConfig;
        onEach(balancer -> balancer.configure(newConfig));
    }

    /**
     * Leaves the selection of clients: if another living member has the port too, accepts no more connections; every
     * connection's next response is its last. Completes when that is so; exchanges go on, WebSockets and event streams each to
     * a point in the window.
     */
    public Future<Void> drain(DrainWindow window) {
        log.info("draining port {}", address.port());
        return (claim.isSharedWithOthers() ? stopAccepting() : Future.<Void>succeededFuture())
                .onComplete(done -> onEach(balancer -> balancer.lane().drain(window)));
    }

    /** Takes part again after {@link #drain}. */
    public Future<Void> undrain() {
        onEach(balancer -> balancer.lane().undrain());
        if (accepting) {
            return Future.succeededFuture();
        }
        accepting = true;
        return all(Balancer::open);
    }

    /**
     * Drains, and completes when the last connection has gone or the time limit has passed; what is left is then closed. While other
     * members run but none has this port, connections are accepted all that time, as clients still hold the address.
     */
    public Future<Void> stop(Duration timeLimit, DrainWindow window) {
        var deadline = timer(timeLimit);
        return drain(window)
                .transform(drained -> claim.isNeededByClients() && accepting ? deadline : stopAccepting())
                .transform(left ->
                        Future.any(deadline, all(balancer -> balancer.lane().whenEmpty())))
                .transform(gone -> stopAccepting())
                .onComplete(stopped -> onEach(balancer -> balancer.lane().closeAll()));
    }

    /**
     * Accepts so many more connections until the next call; none leaves those that come in the system's queue, until there is room for as
     * many as {@code resume}.
     */
    public void room(long connections, long resume) {
        limit.room(connections, resume);
    }

    /** Whether connections are left waiting because there is no room. */
    public boolean isFull() {
        return limit.isPaused();
    }

    /** Requests taken since the start. */
    public long requests() {
        return figures.requests.sum();
    }

    /** Of those, how many were answered with a status of 500 or more, or broken off by this node. */
    public long errors() {
        return figures.errors.sum();
    }

    @Override
    public String name() {
        return "balancer";
    }

    @Override
    public JsonObject status() {
        return figures.json().put("address", address.toString()).put("accepting", accepting && !isFull());
    }

    BalancerConfig config() {
        return config;
    }

    BalancerStatus figures() {
        return figures;
    }

    void add(Balancer balancer) {
        balancers.add(balancer);
    }

    void remove(Balancer balancer) {
        balancers.remove(balancer);
    }

    /**
     * WebSocket compression is off here, and messages have no limit: the node that the site runs on compresses and limits, wherever the
     * client is connected.
     */
    HttpServerOptions serverOptions() {
        return parserOptions()
                .setHost(address.host())
                .setPort(address.port())
                .setReusePort(vertx.isNativeTransportEnabled());
    }

    /** The same, but for any free port that only this machine can reach. */
    HttpServerOptions ownOptions() {
        return parserOptions().setHost("127.0.0.1").setPort(0);
    }

    private HttpServerOptions parserOptions() {
        return new HttpServerOptions()
                .setAcceptBacklog(BACKLOG)
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength((int) config.maxUri())
                .setMaxHeaderSize((int) config.maxHead())
                .setMaxChunkSize(CHUNK_BYTES)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setMaxWebSocketMessageSize(Integer.MAX_VALUE);
    }

    /** Another member may be looking whether the port is free at this very moment, and have it for that moment. */
    Future<HttpServer> listen(Supplier<HttpServer> server) {
        return listen(server, LISTEN_ATTEMPTS);
    }

    private Future<HttpServer> listen(Supplier<HttpServer> server, int attempts) {
        return server.get()
                .listen()
                .recover(cause -> attempts > 1
                        ? timer(Duration.ofMillis(50)).compose(waited -> listen(server, attempts - 1))
                        : Future.failedFuture(PortException.cannotListen(address, cause)));
    }

    /** Has the limit see what the server accepts. */
    Future<Void> limit(HttpServer server) {
        return ListeningSocket.watch(server, limit);
    }

    private Future<Void> stopAccepting() {
        accepting = false;
        for (var balancer : balancers) {
            var server = balancer.server();
            if (server != null) {
                return ListeningSocket.close(server);
            }
        }
        return Future.succeededFuture();
    }

    private void onEach(Consumer<Balancer> action) {
        balancers.forEach(balancer -> balancer.laneContext().runOnContext(now -> action.accept(balancer)));
    }

    private Future<Void> all(Function<Balancer, Future<Void>> action) {
        return Future.join(
                        balancers.stream().map(balancer -> on(balancer, action)).toList())
                .mapEmpty();
    }

    private static Future<Void> on(Balancer balancer, Function<Balancer, Future<Void>> action) {
        var done = Promise.<Void>promise();
        balancer.laneContext().runOnContext(now -> action.apply(balancer).onComplete(done));
        return done.future();
    }

    private Future<Void> timer(Duration delay) {
        return vertx.timer(delay.toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
    }
}
