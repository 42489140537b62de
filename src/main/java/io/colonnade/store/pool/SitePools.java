package io.colonnade.store.pool;

import io.colonnade.core.Clock;
import io.colonnade.store.topology.Monitor;
import io.colonnade.store.topology.Topology;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** One site's database on this node: two pools, which all its lanes share, and transactions on the first of them. */
public final class SitePools {
    private final ServerPools pools;
    private final PrimaryConnections toPrimary;
    private final Pool primary;
    private final Pool reader;
    private final Transactions transactions;

    /**
     * @param pools makes the pools to single servers
     * @param schema the name of the site's schema; it is asked at each new connection
     */
    public SitePools(
            Vertx vertx, Monitor monitor, Pools pools, StoreFigures figures, Supplier<String> schema, Clock clock) {
        var config = pools.config();
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        this.pools = new ServerPools(use -> {
            var shortage = pools.shortage(use.server());
            var watch = new StatementWatch(
                    use.server(), !use.reading(), monitor, shortage, figures, config.slowStatement(), clock);
            return ServerPool.open(vertx, gate -> pools.ofSite(use, schema, gate), config, watch, shortage, clock);
        });
        toPrimary = new PrimaryConnections(vertx, monitor, this.pools, config, figures, clock);
        primary = new GuardedPool(vertx, toPrimary, Optional.empty());
        reader = new GuardedPool(
                vertx,
                new ReaderConnections(monitor, this.pools, toPrimary, config.maxLag(), clock, random),
                Optional.of(toPrimary));
        transactions = new Transactions(vertx, primary, clock, random, config.queryTimeLimit(), figures::repeated);
    }

    /** The pool that is always connected to the server that is written to. */
    public Pool primary() {
        return primary;
    }

    /** The pool for reads that may be a little old. */
    public Pool reader() {
        return reader;
    }

    public Transactions transactions() {
        return transactions;
    }

    /** Ends the pools to servers that are not used any more. */
    public void follow(Topology now) {
        pools.follow(now);
    }

    /** How many connections are open. */
    public int size() {
        return pools.size();
    }

    /** How many of them are in use. */
    public int inUse() {
        return pools.inUse();
    }

    /** How many statements wait for a connection or a primary. */
    public int waiting() {
        return pools.waiting() + toPrimary.waiting();
    }

    public Future<Void> close() {
        return pools.close();
    }
}
