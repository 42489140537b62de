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
 * Vert.x's cluster manager on Hazelcast, except that an event bus address of the form {@code colonnade:NODE-ID:...} is
 * answered from its name: it is that node's, as long as the node is a member. Such an address costs no entry in Hazelcast, and
 * none is left behind by who dies.
 *
 * <p>For the event bus a lane of another node is a node of its own: it has a connection to each, which lives on the event loop
 * that first sends there, so that what a lane sends to its like is handed to no other thread. And so is a node that has been
 * away: its old connection, over which a cut network sends nothing for seconds after it has healed, is not used again.
 */
final class BusClusterManager implements ClusterManager {
    /**
     * It only cares that two clusters have become one, but waits for its lock at each change of Hazelcast's state. It holds that
     * lock while it cleans up after a member that has left, which can last until the merge, which this would then hold up.
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

    /** Before the number of losses that this node had seen when it resolved an address. */
    private static final char LOSSES = '@';

    /** Vert.x's map of where each node's bus listens. */
    static final String NODE_INFOS = "__vertx.nodeInfo";

    private final ClusterManager hazelcast;
    private final IMap<String, Object> nodeInfos;
    private final Supplier<Snapshot> members;
    /** The addresses that the event bus has asked for, and so may hold in its cache. */
    private final Map<NodeId, Set<String>> asked = new ConcurrentHashMap<>();

    private final AtomicInteger losses = new AtomicInteger();

    /**
     * Where the buses of the others listen, which does not change while their processes live. Of those that have left, too: they
     * may be back before the cluster's map knows it again. Some hundred bytes for each process that was a member since this
     * one started.
     */
    private final Map<String, NodeInfo> infos = new ConcurrentHashMap<>();

    private volatile @Nullable RegistrationListener listener;

    BusClusterManager(HazelcastInstance hazelcast, Supplier<Snapshot> members) {
        this.hazelcast = new UnblockedManager(hazelcast);
        this.nodeInfos = hazelcast.getMap(NODE_INFOS);
        this.members = members;
    }

    /** Makes the event bus forget the addresses of those who are no members any more. */
    void membersChanged(Snapshot now) {
        for (var node : asked.keySet()) {
            if (now.member(node).isEmpty()) {
                forget(node);
            }
        }
    }

    /**
     * Sees to it that the others can look up where this node's bus listens. Its entry may be gone: who gave this node up removes
     * it, perhaps not before it has rejoined.
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
        // Noted before the look at the members: who leaves in between is then forgotten again.
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
                // What was to be sent there has not left, which the event bus tells by this exception.
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
