package io.colonnade.cluster;

import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.colonnade.core.Address;
import io.colonnade.core.Clock;
import io.colonnade.core.NodeId;
import io.colonnade.core.StatusSource;
import io.colonnade.security.Seal;
import io.colonnade.security.Secrets;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.cluster.ClusterManager;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * This node's membership of the cluster.
 *
 * <p>Order of use: {@link #join}, then Vert.x with {@link #clusterManager}, then {@link #start}; at the end Vert.x is closed
 * first, then {@link #leave}. Methods may be called on any thread; {@link #join}, {@link #leave} and {@link #halt} block.
 */
public final class Cluster implements Membership, StatusSource {
    private static final Logger log = ClusterLog.LOGGER;

    /** An entry that is read is written again after this part of its idle time, and is looked at as often. */
    static final int READS_PER_IDLE = 10;

    private final ClusterConfig config;
    private final Secrets secrets;
    private final HazelcastInstance hazelcast;
    private final Clock clock;
    private final StaleMemberGuard staleGuard;
    private final ClusterTime time;
    private final MembershipLoop loop;
    private final ScheduledExecutorService reunion =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "colonnade-reunion"));
    private final ScheduledExecutorService sweeper =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "colonnade-idle-entries"));
    private final BusClusterManager clusterManager;

    private Cluster(
            ClusterConfig config, HazelcastInstance hazelcast, NodeId id, int weight, Secrets secrets, Clock clock) {
        this.config = config;
        this.secrets = secrets;
        this.hazelcast = hazelcast;
        this.clock = clock;
        var host = hazelcast.getCluster().getLocalMember().getAddress().getHost();
        staleGuard = new StaleMemberGuard(config, clock);
        time = new ClusterTime(clock);
        loop = new MembershipLoop(
                new Roster(id, config, clock),
                staleGuard,
                new MemberList(hazelcast.getCluster()),
                Announcement.first(host, weight, clock.now()),
                time,
                clock);
        clusterManager = new BusClusterManager(hazelcast, loop::snapshot);
    }

    /**
     * Finds out, before anything is started, whether the node can have the cluster port that it must have.
     *
     * @throws ClusterException if it cannot
     */
    public static void checkPort(LocalNode self) {
        Joining.checkPort(self);
    }

    /**
     * Joins the cluster. If no member is found, founds the cluster, or waits for a member where {@link LocalNode#mayFound} says so.
     * Blocks, for about a second or until there is a member; not to be called on an event loop.
     *
     * @param ended says whether the node is not to join any more; asked while it waits
     * @throws ClusterException if that is not possible: a port is taken, another member has the name, the cluster has another
     *     secret; or the node is not to join any more
     */
    public static Cluster join(ClusterConfig config, LocalNode self, Secrets secrets, BooleanSupplier ended) {
        var id = new NodeId(UUID.randomUUID());
        var hazelcast = Joining.join(config, self, id, secrets, ended);
        var cluster = new Cluster(config, hazelcast, id, self.weight(), secrets, Clock.system());
        cluster.watch();
        cluster.lookForOthers(HazelcastSettings.candidates(config, self).toList());
        return cluster;
    }

    private void lookForOthers(List<Address> anywhere) {
        var look = new Reunion(hazelcast, anywhere);
        var unused = reunion.scheduleWithFixedDelay(() -> round(look), 1, 1, TimeUnit.SECONDS);
    }

    /** A round that throws would end the schedule; a later round may succeed. */
    private void round(Reunion look) {
        try {
            look.round();
            clusterManager.keepListed();
        } catch (RuntimeException failed) {
            log.debug("looking for other clusters failed", failed);
        }
    }

    private static Thread daemon(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private void watch() {
        loop.onChange(clusterManager::membersChanged);
        loop.onChange(new MemberLog());
        loop.onChange(new Suspicion(hazelcast, config, loop.snapshot()));
        loop.start(config);
        hazelcast.getCluster().addMembershipListener(new MembershipAdapter() {
            @Override
            public void memberAdded(MembershipEvent event) {
                loop.listChanged();
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                loop.listChanged();
            }
        });
    }

    /** The port at which this node listens for the cluster's own traffic. */
    public int port() {
        return hazelcast.getCluster().getLocalMember().getAddress().getPort();
    }

    /** The cluster manager for Vert.x. Closing Vert.x does not leave the cluster; {@link #leave} does. */
    public ClusterManager clusterManager() {
        return clusterManager;
    }

    /**
     * Begins to send beats, at every {@link ClusterConfig#beatInterval} and when something is announced, and to take in the
     * beats of the others.
     *
     * @param load how busy this node is; called on a thread of the cluster, must not block
     */
    public void start(Heartbeats heartbeats, Supplier<Load> load) {
        heartbeats.receive(loop::receive);
        loop.sendBy((to, beat) -> send(heartbeats, to, beat), load);
    }

    /**
     * A member that was never heard may not be on the event bus yet, and the bus logs a vain attempt to connect as a warning.
     */
    private void send(Heartbeats heartbeats, Member to, Buffer beat) {
        if (to.heard()) {
            heartbeats.send(to, beat);
        } else {
            hazelcast
                    .<String, Object>getMap(BusClusterManager.NODE_INFOS)
                    .getAsync(to.id().toString())
                    .thenAccept(onBus -> {
                        if (onBus != null) {
                            heartbeats.send(to, beat);
                        }
                    });
        }
    }

    @Override
    public Snapshot snapshot() {
        return loop.snapshot();
    }

    @Override
    public void onChange(Consumer<Snapshot> listener) {
        loop.onChange(listener);
    }

    /**
     * Announces this node's state. This node's own snapshot shows it an instant later, those of the others when they get the
     * beat.
     */
    public void announce(State state) {
        loop.announce(announced -> announced.with(state, clock.now()));
    }

    /** Announces whether any lane of this node takes its turns and clients can connect to it, as {@link #announce(State)} does. */
    public void announceAnswering(boolean answers) {
        loop.announce(announced -> announced.answering(answers));
    }

    /** Announces this node's share under weighted round-robin, at least 0, as {@link #announce(State)} does. */
    public void announceWeight(int weight) {
        loop.announce(announced -> announced.with(weight));
    }

    /** Announces what this node can answer, as {@link #announce(State)} does. */
    public void announceSites(List<HostedSite> sites) {
        loop.announce(announced -> announced.with(sites));
    }

    /** Announces where this node's ports are, as {@link #announce(State)} does. */
    public void announceAddresses(Address admin, @Nullable Address publicAddress) {
        loop.announce(announced -> announced.with(admin, publicAddress));
    }

    /** Announces how clients and resolvers find this node, as {@link #announce(State)} does. */
    public void announcePresence(Presence presence) {
        loop.announce(announced -> announced.with(presence));
    }

    /**
     * The shared map of that name; the same name gives the same map on every member. Its values are encrypted.
     *
     * @param name without a space
     * @param maxIdle entries that are neither read nor changed for so long are removed, up to a fifth of it later; zero for
     *     never
     */
    public SharedMap map(String name, Duration maxIdle) {
        var values = new StoredValues(new Seal(secrets, name));
        IMap<String, byte[]> map = hazelcast.getMap(name);
        if (!maxIdle.isZero()) {
            sweep(new IdleEntries(map, maxIdle.plus(maxIdle.dividedBy(READS_PER_IDLE)), clock), maxIdle);
        }
        return new HazelcastMap(map, values, maxIdle, config.mapTimeLimit(), staleGuard::present, clock, time);
    }

    private void sweep(IdleEntries entries, Duration maxIdle) {
        var pause = maxIdle.toNanos() / READS_PER_IDLE;
        var unused = sweeper.scheduleWithFixedDelay(entries::sweep, pause, pause, TimeUnit.NANOSECONDS);
    }

    /**
     * Gives an order to a member, or to this node itself. Completes when the member has begun to carry it out. Fails if there is
     * no such member, if it refuses, or if it does not answer within 5 s.
     */
    public Future<Void> order(String memberName, Order order) {
        return RemoteOrder.send(hazelcast, memberName, order);
    }

    /**
     * Sets the handler that carries out what {@link #order} asks of this node. It is called on a thread of the cluster; its
     * future completes as soon as the node has announced the change.
     */
    public void onOrder(Function<Order, Future<Void>> handler) {
        RemoteOrder.handledBy(hazelcast, handler);
    }

    /**
     * Waits until this node's share of the maps has its backups, so that from then on any one member may be lost. Blocks.
     * Returns after the time limit even if there are backups missing.
     */
    public void awaitBackups(Duration timeLimit) {
        hazelcast.getPartitionService().forceLocalMemberToBeSafe(timeLimit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Leaves after handing over this node's share of the maps, for which it takes {@link ClusterConfig#leaveTimeLimit} at most.
     * Blocks.
     */
    public void leave() {
        loop.stop();
        reunion.shutdownNow();
        sweeper.shutdownNow();
        hazelcast.shutdown();
    }

    /**
     * Leaves at once, as if the process had died: what the maps hold here is left to the backups. Blocks, for some seconds if
     * another member was lost a moment ago.
     */
    public void halt() {
        loop.stop();
        reunion.shutdownNow();
        sweeper.shutdownNow();
        hazelcast.getLifecycleService().terminate();
    }

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public JsonObject status() {
        var members = snapshot().members();
        return new JsonObject()
                .put("size", members.size())
                .put("oldest", members.isEmpty() ? null : members.get(0).name())
                .put("clocksAhead", loop.skew().status())
                .put("beatsSent", loop.sent())
                .put("beatsReceived", loop.received());
    }
}
