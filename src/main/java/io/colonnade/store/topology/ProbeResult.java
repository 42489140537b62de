package io.colonnade.store.topology;

import io.colonnade.core.Address;
import io.colonnade.store.server.Server;
import java.time.Instant;

/**
 * What a probe found at a server.
 *
 * @param galera the server's place in a Galera cluster, if it is in one
 * @param readOnly whether it refuses writes
 * @param position the transactions that it had at {@code databaseTime}
 * @param databaseTime by the server's own clock
 * @param askedAt when the probe was sent, in {@link io.colonnade.core.Clock#nanos()}
 * @param latencyNanos until its answer, smoothed over the last probes
 * @param version of the server; of the last answer if there is none
 * @param problem why it is of no use; empty if it is of use
 * @param life counts the times that it was lost: connections of an earlier life are not to be used
 */
public record ProbeResult(
        Server server,
        Galera galera,
        boolean readOnly,
        Position position,
        Instant databaseTime,
        long askedAt,
        long latencyNanos,
        String version,
        String problem,
        int life) {

    public enum Galera {
        NONE,
        /** It takes part in full. */
        SYNCED,
        /** It gives its data to a member that joins, and may be slow at that. */
        DONOR,
        /** It must not be used. */
        NOT_READY
    }

    /** A server that nobody has seen: its time is the beginning of all times. */
    static final ProbeResult NOWHERE = notYet(new Server("", new Address("nowhere", 0), "", ""));

    static ProbeResult notYet(Server server) {
        return new ProbeResult(server, Galera.NONE, true, Position.UNKNOWN, Instant.EPOCH, 0, 0, "", "not asked yet", 0);
    }

    /** The server of this result, of no use any more. */
    ProbeResult lost(String reason) {
        return of(reason, life + 1);
    }

    /** The server of this result, which is of no use still. */
    ProbeResult because(String reason) {
        return of(reason, life);
    }

    private ProbeResult of(String reason, int inLife) {
        return new ProbeResult(
                server, galera, readOnly, position, databaseTime, askedAt, latencyNanos, version, reason, inLife);
    }

    public boolean isUsable() {
        return problem.isEmpty();
    }

    boolean isWritable() {
        return isUsable() && !readOnly && galera != Galera.NOT_READY;
    }
}
