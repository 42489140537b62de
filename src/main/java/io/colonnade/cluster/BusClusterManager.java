package io.colonnade.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.map.IMap;
import io.colonnade.core.NodeId;
import io.vertx.core.Completable;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import io.vertx.core.shareddata.Counter;
import io.vertx.core.shareddata.Lock;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.NodeListener;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x's cluster manager on Hazelcast, except that an event bus address of the form {@code colonnade:NODE-ID:...} is resolved
 * from the address itself: it belongs to that node as long as the node is a member. Such an address costs no entry in Hazelcast,
 * and a node that dies leaves none behind.
 *
 * <p>Each remote lane is presented to the event bus as a separate node, so that each pair of lanes has its own connection. That
 * connection lives on the event loop that sends there first, so that a lane sends without a change of thread. A node that has
 * been away is presented as a new node, too: after a cut network has healed, the old connection sends nothing for seconds, so it
 * is not used again.
 */
final class BusClusterManager implements ClusterManager {
    /**
     * Hears of no change of Hazelcast's state but that two clusters have become one, which is the only one it needs. Vert.x's
     * own class takes its lock at each change, and holds that lock while it cleans up after a member that has left. This can
     * last until the merge, which the lock would then hold up.
     */
    private static final class UnblockedManager extends HazelcastClusterManager {
        UnblockedManager(HazelcastInstance hazelcast) {
            super(hazelcast);
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized")
        public void stateChanged(LifecycleEvent event) {
            if (event.getState() == LifecycleEvent.LifecycleState.MERGED) {
                super.stateChanged(event);
            }
        }
    }

    private static final String PREFIX = "colonnade:";

    private static final String LANE = ":lane-";

    /** Stands before the number of losses that this node had seen when it resolved an address. */
    private static final char LOSSES = '@';

    /** Vert.x's map of where each node's bus listens. */
    static final String NODE_INFOS = "__vertx.nodeInfo";

    private final ClusterManager hazelcast;
    private final IMap<String, Object> nodeInfos;
    private final Supplier<Snapshot> members;
    /** The addresses that the event bus has asked for, and that it may hold in its cache. */
    private final Map<NodeId, Set<String>> asked = new ConcurrentHashMap<>();

    private final AtomicInteger losses = new AtomicInteger();

    /**
     * Where the buses of the other nodes listen, which does not change while their processes live. Nodes that have left are
     * kept: they may be back before the cluster's map has their entry again. This takes some hundred bytes for each process that
     * was a member since this one started.
     */
    private final Map<String, NodeInfo> infos = new ConcurrentHashMap<>();

    private volatile @Nullable RegistrationListener listener;

    BusClusterManager(HazelcastInstance hazelcast, Supplier<Snapshot> members) {
        this.hazelcast = new UnblockedManager(hazelcast);
        this.nodeInfos = hazelcast.getMap(NODE_INFOS);
        this.members = members;
    }

    /** Makes the event bus forget the addresses of nodes that are no longer members. */
    void membersChanged(Snapshot now) {
        for (var node : asked.keySet()) {
            if (now.member(node).isEmpty()) {
                forget(node);
            }
        }
    }

    /**
     * Makes sure that the other nodes can look up where this node's bus listens. The entry may be gone: a node that gave this
     * node up removes it, perhaps only after this node has rejoined.
     */
    void keepListed() {
        var info = hazelcast.getNodeInfo();
        if (info == null) {
            return;
        }
        nodeInfos.getAsync(hazelcast.getNodeId()).thenAccept(listed -> {
            if (listed == null) {
                hazelcast.setNodeInfo(info, (set, failed) -> {});
            }
        });
    }

    private void forget(NodeId node) {
        losses.incrementAndGet();
        var addresses = asked.remove(node);
        var bus = listener;
        if (addresses != null && bus != null) {
            addresses.forEach(address -> bus.registrationsUpdated(new RegistrationUpdateEvent(address, List.of())));
        }
    }

    @Override
    public void getRegistrations(String address, Completable<List<RegistrationInfo>> promise) {
        var owner = owner(address);
        if (owner.isEmpty()) {
            hazelcast.getRegistrations(address, promise);
            return;
        }
        var node = owner.get();
        // Noted before the members are read: a node that leaves in between is then forgotten again.
        asked.computeIfAbsent(node, id -> ConcurrentHashMap.newKeySet()).add(address);
        var member = members.get().member(node).isPresent();
        promise.succeed(member ? List.of(new RegistrationInfo(busNode(node, address), 0, false)) : List.of());
    }

    private String busNode(NodeId node, String address) {
        var name = node.toString();
        if (name.equals(getNodeId())) {
            return name;
        }
        var lane = address.lastIndexOf(LANE);
        return name + LOSSES + losses.get() + (lane < 0 ? "" : address.substring(lane));
    }

    @Override
    public void addRegistration(String address, RegistrationInfo info, Completable<Void> promise) {
        if (owner(address).isPresent()) {
            promise.succeed();
        } else {
            hazelcast.addRegistration(address, info, promise);
        }
    }

    @Override
    public void removeRegistration(String address, RegistrationInfo info, Completable<Void> promise) {
        if (owner(address).isPresent()) {
            promise.succeed();
        } else {
            hazelcast.removeRegistration(address, info, promise);
        }
    }

    private static Optional<NodeId> owner(String address) {
        var end = address.startsWith(PREFIX) ? address.indexOf(':', PREFIX.length()) : -1;
        return end < 0 ? Optional.empty() : Optional.of(NodeId.parse(address.substring(PREFIX.length(), end)));
    }

    @Override
    public void registrationListener(RegistrationListener registrationListener) {
        listener = registrationListener;
        hazelcast.registrationListener(registrationListener);
    }

    @Override
    public void init(Vertx vertx) {
        hazelcast.init(vertx);
    }

    @Override
    public <K, V> void getAsyncMap(String name, Completable<AsyncMap<K, V>> promise) {
        hazelcast.getAsyncMap(name, promise);
    }

    @Override
    public <K, V> Map<K, V> getSyncMap(String name) {
        return hazelcast.getSyncMap(name);
    }

    @Override
    public void getLockWithTimeout(String name, long timeout, Completable<Lock> promise) {
        hazelcast.getLockWithTimeout(name, timeout, promise);
    }

    @Override
    public void getCounter(String name, Completable<Counter> promise) {
        hazelcast.getCounter(name, promise);
    }

    @Override
    public String getNodeId() {
        return hazelcast.getNodeId();
    }

    @Override
    public List<String> getNodes() {
        return hazelcast.getNodes();
    }

    @Override
    public void nodeListener(NodeListener nodeListener) {
        hazelcast.nodeListener(nodeListener);
    }

    @Override
    public void setNodeInfo(NodeInfo nodeInfo, Completable<Void> promise) {
        hazelcast.setNodeInfo(nodeInfo, promise);
    }

    @Override
    public NodeInfo getNodeInfo() {
        return hazelcast.getNodeInfo();
    }

    @Override
    public void getNodeInfo(String nodeId, Completable<NodeInfo> promise) {
        var end = nodeId.indexOf(LOSSES);
        var node = end < 0 ? nodeId : nodeId.substring(0, end);
        var known = infos.get(node);
        if (known != null) {
            promise.succeed(known);
            return;
        }
        hazelcast.getNodeInfo(node, (info, failure) -> {
            if (failure == null) {
                infos.put(node, info);
                promise.succeed(info);
            } else {
                // By this exception the event bus tells its caller that nothing was sent.
                promise.fail(
                        new ConnectException("where its bus listens cannot be looked up: " + failure.getMessage()));
            }
        });
    }

    @Override
    public void join(Completable<Void> promise) {
        hazelcast.join(promise);
    }

    @Override
    public void leave(Completable<Void> promise) {
        hazelcast.leave(promise);
    }

    @Override
    public boolean isActive() {
        return hazelcast.isActive();
    }

    @Override
    public @Nullable String clusterHost() {
        return hazelcast.clusterHost();
    }

    @Override
    public @Nullable String clusterPublicHost() {
        return hazelcast.clusterPublicHost();
    }
}
