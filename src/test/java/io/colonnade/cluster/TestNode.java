package io.colonnade.cluster;

import io.colonnade.core.Address;
import io.colonnade.core.Role;
import io.colonnade.security.ClusterSecret;
import io.colonnade.security.Secrets;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBusOptions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node of the cluster alone: Hazelcast, Vert.x and beats, as the composition root wires them. */
final class TestNode implements Heartbeats {
    static final Secrets SECRETS = new Secrets(List.of(ClusterSecret.fresh(new SecureRandom())), false);

    final Cluster cluster;
    final Vertx vertx;
    private volatile boolean mute;

    static TestNode start(String name, ClusterConfig config) throws Exception {
        return new TestNode(config, self(name, "test", 0));
    }

    static LocalNode self(String name, String cluster, int port) {
        return self(name, cluster, port, 1);
    }

    static LocalNode self(String name, String cluster, int port, int protocol) {
        return self(name, cluster, port, protocol, true);
    }

    /** A node that may not found the cluster. */
    static LocalNode guest(String name, String cluster) {
        return self(name, cluster, 0, 1, false);
    }

    private static LocalNode self(String name, String cluster, int port, int protocol, boolean mayFound) {
        return new LocalNode(
                name, cluster, EnumSet.allOf(Role.class), 1, 1, "1", protocol, "127.0.0.1", port, List.of(), mayFound);
    }

    static Cluster join(ClusterConfig config, LocalNode self) {
        return Cluster.join(config, self, SECRETS, () -> false);
    }

    TestNode(ClusterConfig config, LocalNode self) throws Exception {
        cluster = join(config, self);
        vertx = Vertx.builder()
                .with(new VertxOptions().setEventBusOptions(new EventBusOptions().setHost("127.0.0.1")))
                .withClusterManager(cluster.clusterManager())
                .buildClustered()
                .await(20, TimeUnit.SECONDS);
        cluster.start(this, () -> Load.NONE);
        cluster.announceAddresses(new Address("127.0.0.1", 9080), null);
        cluster.announce(State.READY);
    }

    Snapshot snapshot() {
        return cluster.snapshot();
    }

    Member self() {
        return snapshot().member(snapshot().self()).orElseThrow();
    }

    /** Whether this node sees so many members, all ready and heard. */
    boolean sees(int members) {
        var all = snapshot().members();
        return all.size() == members
                && all.stream().allMatch(member -> member.heard() && member.state() == State.READY);
    }

    /** From now on its beats are lost. */
    void mute() {
        mute = true;
    }

    @Override
    public Future<Void> send(Member to, Buffer beat) {
        if (mute) {
            return Future.failedFuture("muted");
        }
        return vertx.eventBus().<Buffer>sender("colonnade:" + to.id() + ":beat").write(beat);
    }

    @Override
    public void receive(Handler<Buffer> handler) {
        vertx.eventBus()
                .<Buffer>consumer(
                        "colonnade:" + cluster.snapshot().self() + ":beat", message -> handler.handle(message.body()));
    }

    /** As if the process were killed. */
    void kill() {
        cluster.halt();
        vertx.close();
    }

    /** As a node stops. */
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
        cluster.leave();
    }
}
