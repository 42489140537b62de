package io.colonnade.store.pool;

import io.vertx.core.Future;

/** The source from which a pool borrows connections. */
interface Connections {
    /** Borrows a connection; fails with a {@link io.colonnade.core.Failure} if none is free within the acquire time limit. */
    Future<StatementGuard> acquire();

    /** How many connections are open. */
    int size();

    Future<Void> close();
}
