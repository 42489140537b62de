package io.colonnade.balancer;

import io.colonnade.core.Failure.Kind;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** The figures of all the node's lanes. */
final class BalancerStatus {
    final LongAdder connections = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder inFlight = new LongAdder();
    final LongAdder retries = new LongAdder();
    private final LongAdder[] failures = new LongAdder[Kind.values().length];

    BalancerStatus() {
        for (var i = 0; i < failures.length; i++) {
            failures[i] = new LongAdder();
        }
    }

    void failed(Kind kind) {
        failures[kind.ordinal()].increment();
    }

    JsonObject json() {
        var byKind = new JsonObject();
        for (var kind : Kind.values()) {
            byKind.put(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'), failures[kind.ordinal()].sum());
        }
        return new JsonObject()
                .put("connections", connections.sum())
                .put("requests", requests.sum())
                .put("inFlight", inFlight.sum())
                .put("retries", retries.sum())
                .put("failures", byKind);
    }
}
