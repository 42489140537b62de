package io.colonnade.store.topology;

import io.colonnade.core.Address;
import io.colonnade.store.server.Server;
import java.time.Instant;

/**
 * The result of one probe of a server.
 *
 * @param galera the server's place in a Galera cluster, if it is in one
 * @param readOnly whether it refuses writes
 * @param full whether its disk is full, so that nothing is to be written to it
 * @param position the transactions that the server had at {@code databaseTime}
 * @param databaseTime the time of the answer by the server's own clock
 * @param askedAt when the probe was sent, in {@link io.colonnade.core.Clock#nanos()}
 * @param latencyNanos the time until the answer, smoothed over the last probes
 * @param version of the server, from its last answer
 * @param problem why the server is of no use; empty if it can be used
 * @param life counts how often the server was lost; connections of an earlier life must not be used
 */
public record ProbeResult(
        Server server,
        Galera galera,
        boolean readOnly,
        boolean full,
        Position position,
        Instant databaseTime,
        long askedAt,
        long latencyNanos,
        String version,
        String problem,
        int life) {

    public enum Galera {
        NONE,
        /** The server takes part in full. */
        SYNCED,
        /** The server copies its data to a joining member, and may be slow meanwhile. */
        DONOR,
        /** The server must not be used. */
        NOT_READY
    }

    /** A result without a server, for the time before the first probe; its time is the epoch. */
    static final ProbeResult NOWHERE = notYet(new Server("", new Address("nowhere", 0), "", ""));

    static ProbeResult notYet(Server server) {
        return new ProbeResult(
                server, Galera.NONE, true, false, Position.UNKNOWN, Instant.EPOCH, 0, 0, "", "not asked yet", 0);
    }

    /** The result after the server was lost, for the reason given. */
    ProbeResult lost(String reason) {
        return of(reason, life + 1);
    }

    /** The result for a server that is still of no use, with a new reason. */
    ProbeResult because(String reason) {
        return of(reason, life);
    }

    private ProbeResult of(String reason, int inLife) {
        return new ProbeResult(
                server, galera, readOnly, full, position, databaseTime, askedAt, latencyNanos, version, reason, inLife);
    }

    public boolean isUsable() {
        return problem.isEmpty();
    }

    boolean isWritable() {
        return isUsable() && !readOnly && galera != Galera.NOT_READY;
    }
}
