package io.colonnade.store.pool;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.LongAdder;

/** What all sites of the node have done to the database since it started; on any thread. */
public final class StoreFigures {
    private final LongAdder statements = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder repeated = new LongAdder();

    void statement() {
        statements.increment();
    }

    void slow() {
        slow.increment();
    }

    /** No connection could be had. */
    void refused() {
        refused.increment();
    }

    /** A transaction is run again. */
    void repeated() {
        repeated.increment();
    }

    public JsonObject addTo(JsonObject status) {
        return status.put("statements", statements.sum())
                .put("slowStatements", slow.sum())
                .put("acquireFailures", refused.sum())
                .put("repeatedTransactions", repeated.sum());
    }
}
