package io.colonnade.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import com.hazelcast.instance.impl.NodeContext;
import io.colonnade.core.Address;
import io.colonnade.core.BindTrial;
import io.colonnade.core.NodeId;
import io.colonnade.security.Secrets;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Starts Hazelcast, and says in one line why a start failed. */
final class Joining {
    /** A node that was killed a moment ago is listed until its loss is noticed. */
    private static final Duration FORMER_SELF = Duration.ofSeconds(2);

    private Joining() {}

    /** @param ended says whether the node is not to join any more */
    static HazelcastInstance join(
            ClusterConfig config, LocalNode self, NodeId id, Secrets secrets, BooleanSupplier ended) {
        var search = new MemberSearch(config, self, secrets, ended);
        while (true) {
            if (!self.mayFound()) {
                search.awaitMember();
            }
            var joined = tryJoin(config, self, id, secrets);
            if (joined.isPresent()) {
                return joined.get();
            }
        }
    }

    /** Empty if there was nobody and the node may not found the cluster: the member that it had found is gone again. */
    private static Optional<HazelcastInstance> tryJoin(
            ClusterConfig config, LocalNode self, NodeId id, Secrets secrets) {
        var admission = new Admission(self, secrets.personal());
        var hazelcast = start(config, self, id, new GuardedNode(self, secrets, admission));
        try {
            var alone = hazelcast.getCluster().getMembers().size() == 1;
            admission.requireGranted(alone);
            if (alone && !self.mayFound()) {
                hazelcast.getLifecycleService().terminate();
                return Optional.empty();
            }
            // The first use of a partition waits for the table of partitions: better here than on an event loop later.
            hazelcast.getPartitionService().getPartition(self.name()).getOwner();
            requireUniqueName(hazelcast, self);
            return Optional.of(hazelcast);
        } catch (RuntimeException notAMember) {
            hazelcast.getLifecycleService().terminate();
            throw notAMember;
        }
    }

    private static HazelcastInstance start(ClusterConfig config, LocalNode self, NodeId id, NodeContext node) {
        // Not a setting of the instance: Hazelcast logs before it has read those.
        System.setProperty("hazelcast.logging.type", "slf4j");
        try {
            return HazelcastInstanceFactory.newHazelcastInstance(HazelcastSettings.of(config, self, id), null, node);
        } catch (RuntimeException failed) {
            throw new ClusterException(reason(config, self, failed), failed);
        }
    }

    /** Throws a {@link ClusterException} if the node must have a cluster port that it cannot have. */
    static void checkPort(LocalNode self) {
        try {
            if (self.port() != 0) {
                BindTrial.tcp(new Address(self.bind(), self.port()), false);
            }
        } catch (IOException refused) {
            throw new ClusterException(portRefused(self), refused);
        }
    }

    private static String portRefused(LocalNode self) {
        return "the cluster port " + self.port() + " on " + self.bind()
                + " cannot be used; name a free one with --cluster-port" + BindTrial.hint(self.port());
    }

    private static String reason(ClusterConfig config, LocalNode self, Throwable failed) {
        if (!bindFailed(failed)) {
            return "the node cannot join the cluster " + self.cluster() + ": " + failed.getMessage();
        }
        return self.port() != 0
                ? portRefused(self)
                : "no port from " + config.firstPort() + " to " + (config.firstPort() + config.portRange() - 1) + " on "
                        + self.bind() + " can be used for cluster traffic; name a free one with --cluster-port";
    }

    private static boolean bindFailed(Throwable failed) {
        return Stream.iterate(failed, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof IOException
                        || String.valueOf(cause.getMessage()).contains("bind"));
    }

    private static void requireUniqueName(HazelcastInstance hazelcast, LocalNode self) {
        var deadline = System.nanoTime() + FORMER_SELF.toNanos();
        while (olderNamesake(hazelcast, self)) {
            if (System.nanoTime() - deadline > 0) {
                throw new ClusterException("a node named " + self.name() + " is already a member of the cluster "
                        + self.cluster() + "; choose another name with --name");
            }
            pause();
        }
    }

    /**
     * Of two nodes that start at once only the younger gives way: members are listed in the order in which they joined. A member
     * with this node's own address is its former self, from before it was merged into another cluster.
     */
    private static boolean olderNamesake(HazelcastInstance hazelcast, LocalNode self) {
        var own = hazelcast.getCluster().getLocalMember().getAddress();
        return hazelcast.getCluster().getMembers().stream()
                .takeWhile(member -> !member.localMember())
                .filter(member -> !member.getAddress().equals(own))
                .anyMatch(member -> self.name().equals(member.getAttribute(ListedMember.NAME)));
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ClusterException("joining the cluster was interrupted", stopped);
        }
    }
}
