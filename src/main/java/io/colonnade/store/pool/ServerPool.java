package io.colonnade.store.pool;

import io.colonnade.core.Clock;
import io.colonnade.store.server.LimitReached;
import io.colonnade.store.server.StoreConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One site's connections to one server, for as long as that server is used; all lanes of the node share them. After {@link
 * #retire()}, borrowed connections may finish their work. After {@link #cut()}, no connection of the pool is used again.
 *
 * <p>While the server refuses more connections, statements wait for those there are, and the pool grows as the {@link Shortage}
 * permits.
 */
final class ServerPool implements StatementGuard.Owner, Shortage.Sharer {
    private static final long LOOK_AGAIN_MS = 100;
    private static final long PAUSE_MS = 5;

    /** In a shortage, the pool's connections but one are made anew within this time, so that other nodes get their share. */
    private static final long TURNOVER_NANOS = Duration.ofSeconds(10).toNanos();

    private final Vertx vertx;
    private final ContextInternal context;
    private final Pool pool;
    private final ConnectGate gate;
    private final StoreConfig config;
    private final WaitQueue turns;
    private final StatementWatch watch;
    private final Shortage shortage;
    private final Clock clock;
    private volatile boolean retired;
    private volatile boolean closed;
    private volatile boolean owesOne;
    private boolean makesDo;
    private long gaveUpAt;

    private ServerPool(
            ContextInternal context,
            Pool pool,
            ConnectGate gate,
            StoreConfig config,
            StatementWatch watch,
            Shortage shortage,
            Clock clock) {
        this.vertx = context.owner();
        this.context = context;
        this.pool = pool;
        this.gate = gate;
        this.config = config;
        this.turns = new WaitQueue(vertx, config.poolSize(), config.waitQueue(), config.acquireTimeLimit());
        this.watch = watch;
        this.shortage = shortage;
        this.clock = clock;
    }

    /** @param newPool makes the client's pool, which passes the gate for each connection */
    static ServerPool open(
            Vertx vertx,
            Function<ConnectGate, Pool> newPool,
            StoreConfig config,
            StatementWatch watch,
            Shortage shortage,
            Clock clock) {
        var context = ((VertxInternal) vertx).createEventLoopContext();
        var gate = new ConnectGate(config.poolSize());
        var opened = new ServerPool(
                context, ofNoLane(context, () -> newPool.apply(gate)), gate, config, watch, shortage, clock);
        shortage.join(opened);
        return opened;
    }

    /** The client closes a pool with the context on which it was made, which must not be that of a lane. */
    private static Pool ofNoLane(ContextInternal context, Supplier<Pool> newPool) {
        var before = context.beginDispatch();
        try {
            return newPool.get();
        } finally {
            context.endDispatch(before);
        }
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
                .recover(cause -> again(cause, deadline));
    }

    /** While connections are short, waits for one that there is, or that the shortage permits. */
    private Future<StatementGuard> again(Throwable cause, long deadline) {
        if (LimitReached.isOfConnection(cause)) {
            makeDo();
            shortage.connectionRefused(this, cause);
            return inLine(cause, deadline);
        }
        if (cause instanceof ConnectGate.Shut && !closed) {
            takePlacesIfShort();
            return vertx.timer(PAUSE_MS, TimeUnit.MILLISECONDS).compose(v -> inLine(cause, deadline));
        }
        return Future.failedFuture(cause);
    }

    private Future<StatementGuard> inLine(Throwable cause, long deadline) {
        var left = Duration.ofNanos(deadline - clock.nanos());
        return left.toMillis() < 1
                ? Future.failedFuture(cause)
                : turns.take(left)
                        .recover(none -> Future.failedFuture(none instanceof TimeoutException ? cause : none))
                        .compose(turn -> inTime(borrow(), deadline));
    }

    @Override
    public boolean wants(StatementGuard returned) {
        if (!owesOne) {
            return true;
        }
        owesOne = false;
        turns.limit(Math.max(0, size() - 1));
        return false;
    }

    @Override
    public void released() {
        turns.giveBack();
        closeIfUnused();
    }

    @Override
    public void makeDo() {
        takePlaces();
        turns.limit(size());
        context.runOnContext(v -> {
            if (!makesDo) {
                makesDo = true;
                gaveUpAt = clock.nanos();
                vertx.setPeriodic(LOOK_AGAIN_MS, this::makeDoFurther);
            }
        });
    }

    /** A connection was closed, and its place is free. */
    private void takePlacesIfShort() {
        if (shortage.isOfConnections()) {
            takePlaces();
        }
    }

    private void takePlaces() {
        gate.shut(pool, cause -> {
            if (LimitReached.isOfConnection(cause)) {
                shortage.connectionRefused(this, cause);
            }
        });
    }

    private void makeDoFurther(long timer) {
        if (closed || !shortage.isOfConnections()) {
            vertx.cancelTimer(timer);
            makesDo = false;
            owesOne = false;
            gate.open();
            turns.limit(config.poolSize());
            return;
        }
        takePlaces();
        var size = size();
        if (turns.waiting() > 0 && size < config.poolSize() && shortage.permits(this)) {
            gate.letOneThrough();
        }
        turns.limit(size);
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
        closed = true;
        shortage.leave(this);
        gate.open();
        return pool.close();
    }

    @Override
    public int size() {
        return Math.max(0, pool.size() - gate.occupied());
    }

    @Override
    public int idle() {
        return size() - turns.taken();
    }

    int inUse() {
        return turns.taken();
    }

    int waiting() {
        return turns.waiting();
    }
}
