package io.colonnade.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.SocketInterceptorConfig;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.colonnade.core.Address;
import io.colonnade.core.NodeId;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Hazelcast's settings: members are found over TCP only, a join and the notice of a loss are quick, and Hazelcast logs little and
 * costs little at rest.
 */
final class HazelcastSettings {
    /** The executor that carries commands from member to member. */
    static final String COMMANDS = "colonnade.commands";

    /** The maps of {@link SharedMap}, by their names. */
    private static final String SHARED_MAPS = "colonnade.*";

    private static final int YEAR_SECONDS = 31_536_000;

    private HazelcastSettings() {}

    static Config of(ClusterConfig config, LocalNode self, NodeId id) {
        var settings = new Config()
                .setClusterName(self.cluster())
                .setMemberAttributeConfig(ListedMember.attributes(self, id, Machine.id()))
                .setNetworkConfig(network(config, self))
                .addMapConfig(new MapConfig("*").setBackupCount(1).setStatisticsEnabled(false))
                .addMapConfig(new MapConfig(SHARED_MAPS)
                        .setBackupCount(1)
                        .setStatisticsEnabled(false)
                        .setMergePolicyConfig(new MergePolicyConfig().setPolicy(LastWrite.class.getName())))
                .addMultiMapConfig(new MultiMapConfig("__vertx.subs")
                        .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET)
                        .setBackupCount(1)
                        .setStatisticsEnabled(false))
                .addExecutorConfig(new ExecutorConfig(COMMANDS, 1).setStatisticsEnabled(false));
        settings.getSerializationConfig().addDataSerializableFactory(CompareAndSet.FACTORY, HazelcastSettings::empty);
        settings.getMetricsConfig().setEnabled(false);
        // Without this Hazelcast takes the first interface that it finds.
        settings.setProperty("hazelcast.local.localAddress", self.bind())
                .setProperty("hazelcast.socket.bind.any", "false");
        timings(settings, config);
        small(settings);
        quiet(settings);
        return settings;
    }

    /** What Hazelcast fills with what another member has sent. */
    private static IdentifiedDataSerializable empty(int type) {
        return type == RemoteOrder.TYPE ? new RemoteOrder() : new CompareAndSet();
    }

    private static NetworkConfig network(ClusterConfig config, LocalNode self) {
        var anyPort = self.port() == 0;
        var network = new NetworkConfig()
                .setPort(anyPort ? config.firstPort() : self.port())
                .setPortAutoIncrement(anyPort)
                .setPortCount(anyPort ? config.portRange() : 1)
                .setSocketInterceptorConfig(new SocketInterceptorConfig().setEnabled(true));
        var join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true);
        candidates(config, self).map(Address::toString).forEach(join.getTcpIpConfig()::addMember);
        return network;
    }

    /** Where members may be. */
    static Stream<Address> candidates(ClusterConfig config, LocalNode self) {
        var ports = new TreeSet<Integer>();
        range(config.firstPort(), config).forEach(ports::add);
        if (self.port() != 0) {
            range(self.port() - config.portRange() + 1, config).forEach(ports::add);
            range(self.port(), config).forEach(ports::add);
        }
        var here = ports.stream().map(port -> new Address(self.bind(), port));
        return Stream.concat(self.join().stream(), here).distinct();
    }

    private static IntStream range(int first, ClusterConfig config) {
        return IntStream.range(first, first + config.portRange()).filter(port -> port > 0 && port < 65536);
    }

    private static void timings(Config settings, ClusterConfig config) {
        settings.setProperty("hazelcast.wait.seconds.before.join", "0")
                .setProperty(
                        "hazelcast.max.no.heartbeat.seconds",
                        Long.toString(config.lostAfter().toSeconds()))
                .setProperty("hazelcast.heartbeat.interval.seconds", "1")
                // A member counts as dead when its connection is lost and it refuses three more at this interval.
                .setProperty("hazelcast.connection.monitor.interval", "50")
                // Never: see Reunion. The second property limits how long a merge is prepared.
                .setProperty("hazelcast.merge.first.run.delay.seconds", Integer.toString(YEAR_SECONDS))
                .setProperty("hazelcast.merge.next.run.delay.seconds", "5")
                .setProperty("hazelcast.tcp.join.previously.joined.member.address.retention.seconds", "0")
                // With more, a healed link would wait for the system's next attempt, which comes later and later.
                .setProperty("hazelcast.socket.connect.timeout.seconds", "1")
                .setProperty(
                        "hazelcast.graceful.shutdown.max.wait",
                        Long.toString(config.leaveTimeLimit().toSeconds()))
                .setProperty("hazelcast.operation.call.timeout.millis", "10000")
                // What failed with a lost owner is tried on the next one within the map's time limit.
                .setProperty("hazelcast.invocation.retry.pause.millis", "100")
                // A write whose owner lives but whose backup is frozen succeeds within the map's time limit.
                .setProperty(
                        "hazelcast.operation.backup.timeout.millis",
                        Long.toString(config.mapTimeLimit().toMillis() * 4 / 5));
    }

    private static void small(Config settings) {
        settings.setProperty("hazelcast.partition.count", "71")
                .setProperty("hazelcast.operation.thread.count", "2")
                .setProperty("hazelcast.operation.generic.thread.count", "2")
                .setProperty("hazelcast.operation.response.thread.count", "1")
                .setProperty("hazelcast.io.input.thread.count", "2")
                // A thread that has a connection to a frozen member spins on it and starves its other connections. With
                // too few threads, a frozen member makes the living ones lose one another.
                .setProperty("hazelcast.io.output.thread.count", "8")
                .setProperty("hazelcast.io.balancer.interval.seconds", "0")
                .setProperty("hazelcast.slow.operation.detector.enabled", "false")
                .setProperty("hazelcast.health.monitoring.level", "OFF");
    }

    private static void quiet(Config settings) {
        settings.setProperty("hazelcast.logging.details.enabled", "false")
                .setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.shutdownhook.enabled", "false")
                .setProperty("hazelcast.jmx", "false");
    }
}
