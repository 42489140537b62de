package io.colonnade.store.pool;

import io.vertx.core.Future;
import io.vertx.sqlclient.Transaction;

/** A transaction of a guarded connection. If its commit fails with {@code DATABASE_UNAVAILABLE}, it is unknown whether it took place. */
record GuardedTransaction(StatementGuard guard, Transaction transaction) implements Transaction {
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
