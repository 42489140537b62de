package io.colonnade.chaos;

import io.colonnade.chaos.Request.Promise;
import io.colonnade.testing.RawHttp;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A client that keeps one connection to some node open, and opens another one when it ends. */
final class OpenStream {
    /** What is done with the connection. */
    interface Use {
        /** Uses it until it is told to stop; fails when the connection breaks or is closed. */
        void until(RawHttp http, BooleanSupplier stop) throws IOException;
    }

    private static final long PAUSE_MILLIS = 100;

    private final Log log;
    private final List<Slot> slots;
    private final String what;
    private final Use use;
    private final BooleanSupplier going;
    private int next;

    OpenStream(Log log, List<Slot> slots, String what, Use use, BooleanSupplier going) {
        this.log = log;
        this.slots = slots;
        this.what = what;
        this.use = use;
        this.going = going;
    }

    void run() {
        while (going.getAsBoolean()) {
            var slot = slots.get(next++ % slots.size());
            if (slot.open()) {
                open(slot);
            }
            Clients.pause(PAUSE_MILLIS);
        }
    }

    private void open(Slot slot) {
        var node = slot.node();
        try (var http = RawHttp.connect(node.host(), node.port())) {
            use.until(http, () -> !going.getAsBoolean());
        } catch (IOException ended) {
            var now = log.now();
            log.add(new Request(slot, what, Promise.STAYS_OPEN, now, now, 0, ended.toString()));
        }
    }
}
