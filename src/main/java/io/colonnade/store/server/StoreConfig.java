package io.colonnade.store.server;

import java.time.Duration;

/**
 * How the node uses its database.
 *
 * @param poolSize connections of one site to one server, for all lanes of the node together, 1 to 1000. Default 16
 * @param waitQueue statements that wait for one of these connections; more fail at once. Default 1024
 * @param acquireTimeLimit for getting a connection, connecting included. Default 2 s
 * @param queryTimeLimit for the answer to a statement, after which its connection is closed. Default 30 s
 * @param statementCache prepared statements held by a connection, 0 to 10000; 0 for none. Default 128
 * @param pipelining statements that a connection may have under way at once, 1 to 256. Default 1
 * @param maxLag reads of {@code reader()} go to replicas that are at most this far behind. Default 2 s
 * @param slowStatement a statement that takes longer is logged, without its values. Default 1 s
 * @param startTimeLimit for how long the start of the node waits for the first good answer of the database before it goes on
 *     without. Default 5 s
 * @param bufferPool bytes of InnoDB's buffer pool in a server that the nodes run, at least 8 MiB. Default 64 MiB
 * @param galeraMembers with {@code galera}, how many nodes with the role {@code db} must be there before a new cluster begins, 1
 *     to 16. Default 3
 */
public record StoreConfig(
        int poolSize,
        int waitQueue,
        Duration acquireTimeLimit,
        Duration queryTimeLimit,
        int statementCache,
        int pipelining,
        Duration maxLag,
        Duration slowStatement,
        Duration startTimeLimit,
        long bufferPool,
        int galeraMembers) {

    private static final long MIB = 1024 * 1024;

    public static final StoreConfig DEFAULTS = new StoreConfig(
            16,
            1024,
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            128,
            1,
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            64 * MIB,
            3);

    public StoreConfig {
        within("pool-size", poolSize, 1, 1000);
        within("wait-queue", waitQueue, 0, 100_000);
        positive("acquire-time-limit", acquireTimeLimit);
        positive("query-time-limit", queryTimeLimit);
        within("statement-cache", statementCache, 0, 10_000);
        within("pipelining", pipelining, 1, 256);
        positive("max-lag", maxLag);
        positive("slow-statement", slowStatement);
        positive("start-time-limit", startTimeLimit);
        within("galera-members", galeraMembers, 1, 16);
        if (bufferPool < 8 * MIB) {
            throw new IllegalArgumentException("buffer-pool is " + bufferPool + "; allowed is 8 MiB and more");
        }
    }

    private static void within(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " is " + value + "; allowed is " + least + " to " + most);
        }
    }

    private static void positive(String key, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(key + " is " + value + "; allowed is 1 ms and more");
        }
    }
}
