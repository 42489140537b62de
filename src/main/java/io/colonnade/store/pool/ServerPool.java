package io.colonnade.store.pool;

import io.colonnade.core.Clock;
import io.colonnade.store.server.LimitReached;
import io.colonnade.store.server.StoreConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One site's connections to one server, on one lane, for as long as that server is used. After {@link #retire()}, borrowed
 * connections may finish their work. After {@link #cut()}, no connection of the pool is used again.
 *
 * <p>While the server refuses more connections, statements wait for those there are, and the pool grows as the {@link Shortage}
 * permits.
 */
final class ServerPool implements StatementGuard.Owner, Shortage.Sharer {
    private static final long LOOK_AGAIN_MS = 100;

    /** In a shortage, the pool's connections but one are made anew within this time, so that other nodes get their share. */
    private static final long TURNOVER_NANOS = Duration.ofSeconds(10).toNanos();

    private final Vertx vertx;
    private final Context context;
    private final Pool pool;
    private final StoreConfig config;
    private final WaitQueue turns;
    private final StatementWatch watch;
    private final Shortage shortage;
    private final Clock clock;
    private volatile boolean retired;
    private volatile boolean owesOne;
    private boolean makesDo;
    private long gaveUpAt;

    /** Used on the calling context, which belongs to the lane. */
    ServerPool(Vertx vertx, Pool pool, StoreConfig config, StatementWatch watch, Shortage shortage, Clock clock) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.pool = pool;
        this.config = config;
        this.turns = new WaitQueue(vertx, config.poolSize(), config.waitQueue(), config.acquireTimeLimit());
        this.watch = watch;
        this.shortage = shortage;
        this.clock = clock;
        shortage.join(this);
    }

    /** Borrows a connection. Waiting for a turn and connecting have the acquire time limit each. */
    Future<StatementGuard> acquire() {
        return turns.take().compose(turn -> {
            var borrowed = borrow();
            return borrowed.succeeded()
                    ? borrowed
                    : inTime(borrowed, clock.nanos() + config.acquireTimeLimit().toNanos());
        });
    }

    private Future<StatementGuard> borrow() {
        return pool.getConnection()
                .map(connection -> new StatementGuard(connection, watch, config.queryTimeLimit(), this))
                .onFailure(none -> released());
    }

    /** Applies the time limit; a connection that comes too late goes back to the pool. */
    private Future<StatementGuard> inTime(Future<StatementGuard> borrowed, long deadline) {
        var left = TimeUnit.NANOSECONDS.toMillis(deadline - clock.nanos());
        return borrowed.timeout(Math.max(1, left), TimeUnit.MILLISECONDS)
                .onFailure(tooLate -> borrowed.onSuccess(StatementGuard::release))
                .recover(cause ->
                        LimitReached.isOfConnection(cause) ? insteadOf(cause, deadline) : Future.failedFuture(cause));
    }

    /** Waits for a connection that there is, or that the shortage permits. */
    private Future<StatementGuard> insteadOf(Throwable refusal, long deadline) {
        makeDo();
        shortage.connectionRefused(this, refusal);
        var left = Duration.ofNanos(deadline - clock.nanos());
        return left.toMillis() < 1
                ? Future.failedFuture(refusal)
                : turns.take(left)
                        .recover(none -> Future.failedFuture(none instanceof TimeoutException ? refusal : none))
                        .compose(turn -> inTime(borrow(), deadline));
    }

    @Override
    public boolean wants(StatementGuard returned) {
        if (!owesOne) {
            return true;
        }
        owesOne = false;
        turns.limit(Math.max(0, pool.size() - 1));
        return false;
    }

    @Override
    public void released() {
        turns.giveBack();
        closeIfUnused();
    }

    @Override
    public void makeDo() {
        turns.limit(pool.size());
        context.runOnContext(v -> {
            if (!makesDo) {
                makesDo = true;
                gaveUpAt = clock.nanos();
                vertx.setPeriodic(LOOK_AGAIN_MS, this::makeDoFurther);
            }
        });
    }

    private void makeDoFurther(long timer) {
        var size = pool.size();
        if (!shortage.isOfConnections()) {
            vertx.cancelTimer(timer);
            makesDo = false;
            owesOne = false;
            turns.limit(config.poolSize());
            return;
        }
        var one = turns.waiting() > 0 && size < config.poolSize() && shortage.permits(this) ? 1 : 0;
        turns.limit(size + one);
        if (size > 1 && clock.nanos() - gaveUpAt > TURNOVER_NANOS / size) {
            giveUpOne();
        }
    }

    @Override
    public void giveUpOne() {
        owesOne = true;
        context.runOnContext(v -> {
            gaveUpAt = clock.nanos();
            if (idle() > 0) {
                acquire().onSuccess(StatementGuard::release);
            }
        });
    }

    /** Closes the pool when no connection of it is in use any more. */
    @Override
    public void retire() {
        retired = true;
        closeIfUnused();
    }

    boolean isRetired() {
        return retired;
    }

    private void closeIfUnused() {
        if (retired && turns.taken() == 0 && turns.waiting() == 0) {
            cut();
        }
    }

    /** Closes the pool now; running statements fail. */
    Future<Void> cut() {
        shortage.leave(this);
        return pool.close();
    }

    @Override
    public int size() {
        return pool.size();
    }

    @Override
    public int idle() {
        return pool.size() - turns.taken();
    }

    int inUse() {
        return turns.taken();
    }

    int waiting() {
        return turns.waiting();
    }
}
