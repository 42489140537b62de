package io.colonnade.chaos;

import io.colonnade.chaos.Request.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Everyone who uses the cluster: at each node some that read and one that writes, and one WebSocket and one event stream. */
final class Clients implements AutoCloseable {
    private static final long PAUSE_MILLIS = 80;
    private static final long PATIENCE_MILLIS = 90_000;

    private interface Step {
        void run(Caller caller);
    }

    private final Log log;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean going = true;

    Clients(Log log, Ledger ledger, List<Slot> slots) {
        this.log = log;
        for (var slot : slots) {
            start(slot, caller -> caller.call(Board.get("/app.js"), "", 200, Promise.ANSWERED));
            start(slot, caller -> caller.call(ChaosGround.get("/fixed"), "", 200, Promise.ANSWERED));
            start(
                    slot,
                    caller -> caller.call(Board.get("/api/messages?limit=5"), "", 200, Promise.ANSWERED_WITH_DATABASE));
            start(slot, new ChaosVisitor(log)::visit);
            start("writer at " + slot, new Writer(log, ledger, slots, slot.number(), () -> going)::run);
        }
        start("WebSocket", new OpenStream(log, slots, "WebSocket", EventStreams::echo, () -> going)::run);
        start("event stream", new OpenStream(log, slots, "event stream", EventStreams::events, () -> going)::run);
    }

    private void start(Slot slot, Step step) {
        start("client of " + slot, () -> {
            try (var caller = new Caller(log, slot)) {
                while (going) {
                    if (slot.open()) {
                        step.run(caller);
                    }
                    pause(PAUSE_MILLIS);
                }
            }
        });
    }

    private void start(String name, Runnable run) {
        var thread = new Thread(run, name);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    static void pause(long millis) {
        LockSupport.parkNanos(millis * 1_000_000);
    }

    /** Lets every request end, and closes every connection. */
    @Override
    public void close() {
        going = false;
        for (var thread : threads) {
            try {
                thread.join(PATIENCE_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
