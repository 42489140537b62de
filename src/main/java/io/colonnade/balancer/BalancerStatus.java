package io.colonnade.balancer;

import io.colonnade.core.Failure.Kind;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The figures of all the node's lanes. */
final class BalancerStatus {
    final LongAdder connections = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder inFlight = new LongAdder();
    final LongAdder retries = new LongAdder();
    /** Responses with a status of 500 or more, and those that were broken off. */
    final LongAdder errors = new LongAdder();

    private final Map<Kind, LongAdder> failures = new ConcurrentHashMap<>();

    void failed(Kind kind) {
        failures.computeIfAbsent(kind, first -> new LongAdder()).increment();
    }

    JsonObject json() {
        var byKind = new JsonObject();
        failures.forEach(
                (kind, count) -> byKind.put(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'), count.sum()));
        return new JsonObject()
                .put("connections", connections.sum())
                .put("requests", requests.sum())
                .put("inFlight", inFlight.sum())
                .put("retries", retries.sum())
                .put("errors", errors.sum())
                .put("failures", byKind);
    }
}
