package io.colonnade.store.topology;

import io.colonnade.store.server.Server;
import io.colonnade.store.topology.ProbeResult.Galera;
import io.colonnade.store.topology.Topology.Reader;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Knows how far behind the replicas are. It remembers at which moment the primary had which transactions, and finds for each replica the
 * latest moment whose transactions the replica has. This needs no privilege and no heartbeat table. Unlike {@code
 * Seconds_Behind_Master}, it also notices a replica that has lost contact with the primary.
 *
 * <p>Used on one event loop.
 */
final class Replicas {
    /** How many moments are remembered: more than a minute's. */
    private static final int MOMENTS = 128;

    private final Deque<ProbeResult> moments = new ArrayDeque<>();
    private final Map<Server, ProbeResult> reached = new HashMap<>();
    private @Nullable Server primary;

    /** The servers that reads may go to besides the primary. */
    List<Reader> readers(Optional<ProbeResult> present, List<ProbeResult> results) {
        present.ifPresent(this::remember);
        return results.stream()
                .filter(ProbeResult::isUsable)
                .filter(each -> !each.server().equals(primary))
                .flatMap(this::reader)
                .toList();
    }

    private void remember(ProbeResult now) {
        if (!now.server().equals(primary)) {
            moments.clear();
            reached.clear();
            primary = now.server();
        }
        var last = moments.peekLast();
        if (last == null || last.askedAt() != now.askedAt()) {
            moments.addLast(now);
        }
        if (moments.size() > MOMENTS) {
            moments.removeFirst();
        }
    }

    private Stream<Reader> reader(ProbeResult result) {
        if (result.galera() == Galera.SYNCED) {
            return Stream.of(new Reader(result, true, Instant.MAX, result.askedAt()));
        }
        if (result.galera() != Galera.NONE || !result.readOnly()) {
            return Stream.empty();
        }
        for (var latest = moments.descendingIterator(); latest.hasNext(); ) {
            var moment = latest.next();
            if (result.position().reaches(moment.position())) {
                reached.put(result.server(), moment);
                break;
            }
        }
        return Stream.ofNullable(reached.get(result.server()))
                .map(moment -> new Reader(result, false, moment.databaseTime(), moment.askedAt()));
    }
}
