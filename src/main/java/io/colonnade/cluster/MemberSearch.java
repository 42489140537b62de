package io.colonnade.cluster;

import io.colonnade.core.Address;
import io.colonnade.security.Handshake;
import io.colonnade.security.Party;
import io.colonnade.security.RefusedException;
import io.colonnade.security.Secrets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;

/**
 * Waits for a member of the cluster, for a node that may not found it. The node asks every address at which a member may be for the
 * {@link Handshake}, and does not start Hazelcast before: Hazelcast founds a cluster where it finds none, and two nodes that wait
 * would find each other.
 */
final class MemberSearch {
    private static final Logger log = ClusterLog.LOGGER;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
    private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration REMINDER = Duration.ofMinutes(1);

    private final LocalNode self;
    private final List<Address> candidates;
    private final Party party;
    private final Admission admission;
    private final BooleanSupplier ended;

    /** @param ended says whether the wait is over without a member */
    MemberSearch(ClusterConfig config, LocalNode self, Secrets secrets, BooleanSupplier ended) {
        this.self = self;
        candidates = HazelcastSettings.candidates(config, self).toList();
        party = new Party(self.cluster(), secrets, self.protocol(), self.protocol(), self.protocol(), false);
        admission = new Admission(self, secrets.personal());
        this.ended = ended;
    }

    /**
     * Blocks until a member answers, be it that it refuses this node.
     *
     * @throws ClusterException if the wait is ended
     */
    void awaitMember() {
        var reminded = System.nanoTime() - REMINDER.toNanos();
        while (candidates.stream().noneMatch(this::isMember)) {
            if (ended.getAsBoolean()) {
                throw new ClusterException("the search for a member of the cluster " + self.cluster() + " was ended");
            }
            if (System.nanoTime() - reminded >= REMINDER.toNanos()) {
                log.warn(
                        "no member of the cluster {} answers at {} (--join); waiting for one, because this data directory never"
                                + " belonged to that cluster; to found the cluster with this node, start it with --found",
                        self.cluster(),
                        String.join(
                                ", ",
                                self.join().stream().map(Address::toString).toList()));
                reminded = System.nanoTime();
            }
            pause();
        }
    }

    private boolean isMember(Address candidate) {
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(candidate.host(), candidate.port()),
                    Math.toIntExact(CONNECT_LIMIT.toMillis()));
            return Handshake.connect(socket, HANDSHAKE_LIMIT, party);
        } catch (RefusedException refused) {
            return admission.denies(refused.refusal());
        } catch (IOException nobody) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ClusterException("joining the cluster was interrupted", stopped);
        }
    }
}
