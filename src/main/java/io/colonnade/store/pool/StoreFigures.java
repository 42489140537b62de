package io.colonnade.store.pool;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.LongAdder;

/** Counters of all sites' use of the database since the node started. Any thread may call. */
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

    /** Counts a statement that got no connection. */
    void refused() {
        refused.increment();
    }

    /** Counts a transaction that runs again. */
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
