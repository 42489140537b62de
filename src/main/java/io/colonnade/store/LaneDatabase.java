package io.colonnade.store;

import io.colonnade.core.Clock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.function.Supplier;

/**
 * One site's database on one lane.
 *
 * @param primary the pool that is always at the server that is written to
 */
record LaneDatabase(LanePools pools, Pool primary) {
    static LaneDatabase of(Vertx vertx, Monitor monitor, Pools pools, Supplier<String> schema, Clock clock) {
        var config = pools.config();
        var open = new LanePools(use ->
                new ServerPool(vertx, pools.ofSite(use.server(), schema), config, () -> monitor.suspect(use.server())));
        return new LaneDatabase(open, new GuardedPool(new PrimaryConnections(vertx, monitor, open, config, clock)));
    }

    void follow(Topology now) {
        pools.follow(now);
    }

    int size() {
        return pools.size();
    }

    Future<Void> close() {
        return pools.close();
    }
}
