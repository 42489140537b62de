package io.colonnade.store.pool;

import io.colonnade.core.Clock;
import io.colonnade.store.topology.Monitor;
import io.colonnade.store.topology.Topology;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One site's database on one lane.
 *
 * @param primary the pool that is always at the server that is written to
 * @param reader the pool for reads that may be a little old
 */
public record LaneDatabase(
        LanePools pools, PrimaryConnections connections, Pool primary, Pool reader, Transactions transactions) {

    public static LaneDatabase of(
            Vertx vertx, Monitor monitor, Pools pools, StoreFigures figures, Supplier<String> schema, Clock clock) {
        var config = pools.config();
        var random = RandomGenerator.getDefault();
        var open = new LanePools(use -> new ServerPool(
                vertx,
                pools.ofSite(use, schema),
                config,
                new StatementWatch(use.server(), !use.reading(), monitor, figures, config.slowStatement(), clock)));
        var toPrimary = new PrimaryConnections(vertx, monitor, open, config, figures, clock);
        var toReaders = new ReaderConnections(monitor, open, toPrimary, config.maxLag(), clock, random);
        var primary = new GuardedPool(toPrimary, Optional.empty());
        return new LaneDatabase(
                open,
                toPrimary,
                primary,
                new GuardedPool(toReaders, Optional.of(toPrimary)),
                new Transactions(vertx, primary, clock, random, config.queryTimeLimit(), figures::repeated));
    }

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
        return pools.waiting() + connections.waiting();
    }

    public Future<Void> close() {
        return pools.close();
    }
}
