package io.colonnade.web;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the node's web tier has served since its start. May be used on any thread. */
final class WebFigures {
    private final LongAdder exchanges = new LongAdder();
    private final LongAdder files = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder notModified = new LongAdder();

    /** Counts an exchange that the tier answers itself, whatever the status. */
    void answered() {
        exchanges.increment();
    }

    long exchanges() {
        return exchanges.sum();
    }

    void served(long length) {
        files.increment();
        bytes.add(length);
    }

    void notModified() {
        notModified.increment();
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("filesServed", files.sum())
                .put("bytesServed", bytes.sum())
                .put("notModified", notModified.sum());
    }
}
