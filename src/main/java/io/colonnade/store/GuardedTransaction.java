package io.colonnade.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Transaction;

/** A transaction of a guarded connection. If its commit fails with "unavailable" it is unknown whether it took place. */
record GuardedTransaction(Guard guard, Transaction transaction) implements Transaction {
    @Override
    public Future<Void> commit() {
        return guard.watch(transaction.commit());
    }

    @Override
    public Future<Void> rollback() {
        return guard.watch(transaction.rollback());
    }

    @Override
    public Future<Void> completion() {
        return transaction.completion();
    }
}
