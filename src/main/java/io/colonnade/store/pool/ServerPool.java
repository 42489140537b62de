package io.colonnade.store.pool;

import io.colonnade.store.server.StoreConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.concurrent.TimeUnit;

/**
 * One site's connections to one server, on one lane, for as long as that server is used. After {@link #retire()}, borrowed
 * connections may finish their work. After {@link #cut()}, no connection of the pool is used again.
 */
final class ServerPool {
    private final Pool pool;
    private final StoreConfig config;
    private final WaitQueue turns;
    private final StatementWatch watch;
    private volatile boolean retired;

    ServerPool(Vertx vertx, Pool pool, StoreConfig config, StatementWatch watch) {
        this.pool = pool;
        this.config = config;
        this.turns = new WaitQueue(vertx, config.poolSize(), config.waitQueue(), config.acquireTimeLimit());
        this.watch = watch;
    }

    /** Borrows a connection. Waiting for a turn and connecting have the acquire time limit each. */
    Future<StatementGuard> acquire() {
        return turns.take().compose(turn -> connect());
    }

    private Future<StatementGuard> connect() {
        var connected = pool.getConnection()
                .map(connection -> new StatementGuard(connection, watch, config.queryTimeLimit(), this::released))
                .onFailure(none -> released());
        return connected.isComplete() ? connected : inTime(connected);
    }

    /** Applies the time limit; a connection that comes too late goes back to the pool. */
    private Future<StatementGuard> inTime(Future<StatementGuard> connected) {
        return connected
                .timeout(config.acquireTimeLimit().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(tooLate -> connected.onSuccess(StatementGuard::release));
    }

    private void released() {
        turns.giveBack();
        closeIfUnused();
    }

    /** Closes the pool when no connection of it is in use any more. */
    void retire() {
        retired = true;
        closeIfUnused();
    }

    private void closeIfUnused() {
        if (retired && turns.taken() == 0) {
            pool.close();
        }
    }

    /** Closes the pool now; running statements fail. */
    Future<Void> cut() {
        return pool.close();
    }

    int size() {
        return pool.size();
    }

    int inUse() {
        return turns.taken();
    }

    int waiting() {
        return turns.waiting();
    }
}
