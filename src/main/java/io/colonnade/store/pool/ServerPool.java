package io.colonnade.store.pool;

import io.colonnade.store.server.StoreConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.concurrent.TimeUnit;

/**
 * One site's connections to one server, on one lane, for as long as that server is used. What was borrowed from it before
 * it is retired may be finished; when it is cut, nothing is: no connection of it is ever used again.
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

    /** Borrows a connection. Waiting for one and making a new one have the acquire time limit each. */
    Future<StatementGuard> acquire() {
        return turns.take().compose(turn -> connect());
    }

    private Future<StatementGuard> connect() {
        var connected = pool.getConnection()
                .map(connection -> new StatementGuard(connection, watch, config.queryTimeLimit(), this::released))
                .onFailure(none -> released());
        return connected.isComplete() ? connected : inTime(connected);
    }

    /** A connection that comes too late is free for the next one. */
    private Future<StatementGuard> inTime(Future<StatementGuard> connected) {
        return connected
                .timeout(config.acquireTimeLimit().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(tooLate -> connected.onSuccess(StatementGuard::release));
    }

    private void released() {
        turns.giveBack();
        closeIfUnused();
    }

    /** Closes it when nothing uses it any more. */
    void retire() {
        retired = true;
        closeIfUnused();
    }

    private void closeIfUnused() {
        if (retired && turns.taken() == 0) {
            pool.close();
        }
    }

    /** Closes it now; what runs fails. */
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
