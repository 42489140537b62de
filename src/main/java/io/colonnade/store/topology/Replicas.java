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
 * Knows how far the replicas have got: it remembers which transactions the primary had when, and looks for the latest of
 * these moments whose transactions a replica has. That needs no privilege and no heartbeat table, and unlike {@code
 * Seconds_Behind_Master} it notices a replica that does not hear of the primary any more.
 *
 * <p>Used on one event loop.
 */
final class Replicas {
    /** More than a minute of them. */
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
