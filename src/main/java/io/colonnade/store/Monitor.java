package io.colonnade.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the server in a steady pace whether it answers. */
final class Monitor {
    private static final Logger log = LoggerFactory.getLogger(Monitor.class);
    private static final long PACE_MS = 500;
    private static final long START_PACE_MS = 50;
    private static final Duration TIME_LIMIT = Duration.ofSeconds(2);

    /**
     * What the last answer said.
     *
     * @param version of the server; of the last answer, if it is away; empty before the first
     * @param problem why it is away; empty if it is not
     */
    record Health(boolean available, String version, String problem) {}

    private final Vertx vertx;
    private final ServerSource source;
    private final Pool pool;
    private final Promise<Void> firstGoodAnswer = Promise.promise();
    private final List<Consumer<Boolean>> listeners = new CopyOnWriteArrayList<>();
    private volatile Health health = new Health(false, "", "not asked yet");
    private volatile boolean stopped;

    Monitor(Vertx vertx, ServerSource source, Pools pools) {
        this.vertx = vertx;
        this.source = source;
        this.pool = pools.single(TIME_LIMIT);
    }

    /** Begins to ask, often at first. Completes with the first good answer. */
    Future<Void> start() {
        ask();
        return firstGoodAnswer.future();
    }

    Health health() {
        return health;
    }

    /** Calls the listener at every change, on an event loop. */
    void onChange(Consumer<Boolean> listener) {
        listeners.add(listener);
    }

    Future<Void> stop() {
        stopped = true;
        return pool.close();
    }

    private void ask() {
        if (source.server().isEmpty()) {
            next();
            return;
        }
        pool.query("SELECT VERSION()")
                .execute()
                .map(Monitor::version)
                .onSuccess(version -> became(new Health(true, version, "")))
                .onFailure(cause -> became(new Health(false, health.version(), String.valueOf(cause.getMessage()))))
                .onComplete(answered -> next());
    }

    private static String version(RowSet<Row> rows) {
        return rows.iterator().next().getString(0);
    }

    private void next() {
        if (!stopped) {
            vertx.setTimer(firstGoodAnswer.future().isComplete() ? PACE_MS : START_PACE_MS, timer -> ask());
        }
    }

    private void became(Health now) {
        var before = health;
        health = now;
        if (now.available()) {
            firstGoodAnswer.tryComplete();
        }
        if (stopped || before.available() == now.available()) {
            return;
        }
        if (now.available()) {
            log.info("the database answers, version {}", now.version());
        } else {
            log.warn("the database is away: {}", now.problem());
        }
        listeners.forEach(listener -> listener.accept(now.available()));
    }
}
