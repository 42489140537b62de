package io.colonnade.store.pool;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Through which a pool goes for each new connection. The client's pool rather connects than lends what another event loop has idle, as
 * long as it has places left. So while the gate is shut, connections that wait at the gate take those places, and the pool lends what it
 * has. Any thread may call.
 */
final class ConnectGate {
    private final int places;
    private final Deque<Promise<Void>> waiting = new ArrayDeque<>();
    private boolean shut;
    private int passing;
    private volatile @Nullable Thread occupying;

    /** Why a pool cannot connect: the gate is shut. The pool may lend a connection when its places are taken again. */
    static final class Shut extends RuntimeException {
        Shut() {
            super("the database refuses more connections", null, false, false);
        }
    }

    /** @param places how many connections the pool may have */
    ConnectGate(int places) {
        this.places = places;
    }

    /** Completes when the pool may connect; fails with {@link Shut} if it may not. */
    synchronized Future<Void> pass() {
        if (!shut) {
            return Future.succeededFuture();
        }
        if (Thread.currentThread() != occupying) {
            return Future.failedFuture(new Shut());
        }
        var turn = Promise.<Void>promise();
        waiting.add(turn);
        return turn.future();
    }

    /**
     * Shuts the gate, and takes all places of the pool that are free.
     *
     * @param refused is told why a connection failed that was let through
     */
    synchronized void shut(Pool pool, Consumer<Throwable> refused) {
        shut = true;
        occupying = Thread.currentThread();
        try {
            // Those that the pool lends are given back when the places are taken.
            var all = new ArrayList<Future<SqlConnection>>();
            while (pool.size() < places && all.size() < 2 * places) {
                all.add(pool.getConnection());
            }
            all.forEach(each -> {
                if (each.succeeded()) {
                    each.result().close();
                } else {
                    each.onComplete(connection -> settled(), cause -> {
                        settled();
                        refused.accept(cause);
                    });
                    each.onSuccess(SqlConnection::close);
                }
            });
        } finally {
            occupying = null;
        }
    }

    private synchronized void settled() {
        passing = Math.max(0, passing - 1);
    }

    /** Lets one through that waits. */
    void letOneThrough() {
        Promise<Void> next;
        synchronized (this) {
            next = waiting.poll();
            passing += next == null ? 0 : 1;
        }
        if (next != null) {
            next.complete();
        }
    }

    /** Lets all through from now on; those that only take a place go. */
    void open() {
        List<Promise<Void>> turnedAway;
        synchronized (this) {
            shut = false;
            turnedAway = List.copyOf(waiting);
            waiting.clear();
        }
        turnedAway.forEach(turn -> turn.fail(new Shut()));
    }

    /** How many places of the pool are taken without a connection. */
    synchronized int occupied() {
        return waiting.size() + passing;
    }
}
