package io.colonnade.store.pool;

import io.vertx.core.Future;

/** Where a pool borrows its connections. */
interface Connections {
    /** Borrows one; fails with a {@link io.colonnade.core.Failure} if there is none within the acquire time limit. */
    Future<StatementGuard> acquire();

    /** How many are open. */
    int size();

    Future<Void> close();
}
