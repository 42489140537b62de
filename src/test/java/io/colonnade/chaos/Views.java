package io.colonnade.chaos;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the members say of one another, and how soon they do. */
final class Views {
    private static final long POLL_MILLIS = 50;

    /** An observer and who it is about. */
    private record Pair(Slot observer, Slot subject) {}

    private final Log log;

    Views(Log log) {
        this.log = log;
    }

    /** Waits until these observers route nothing to these others any more, and measures how long each takes. */
    void awaitGone(Event event, Collection<Slot> observers, Collection<Slot> subjects, long bound) {
        await(event, pairs(observers, subjects).toList(), bound);
    }

    /** The same of two groups, both ways. */
    void awaitApart(Event event, Collection<Slot> here, Collection<Slot> there, long bound) {
        await(event, Stream.concat(pairs(here, there), pairs(there, here)).toList(), bound);
    }

    private static Stream<Pair> pairs(Collection<Slot> observers, Collection<Slot> subjects) {
        return observers.stream().flatMap(observer -> subjects.stream().map(subject -> new Pair(observer, subject)));
    }

    private void await(Event event, List<Pair> pairs, long bound) {
        var left = new ArrayList<>(pairs);
        while (!left.isEmpty() && log.now() - event.began() < bound) {
            for (var observer : left.stream().map(Pair::observer).distinct().toList()) {
                status(observer)
                        .map(Views::routed)
                        .ifPresent(routed -> left.removeIf(pair -> pair.observer() == observer
                                && noticed(event, routed.contains(pair.subject().name()))));
            }
            Clients.pause(POLL_MILLIS);
        }
        left.forEach(pair -> log.violation(pair.observer() + " still routes to " + pair.subject() + " " + bound
                + " ms after " + event.kind().label()));
    }

    private boolean noticed(Event event, boolean routed) {
        if (!routed) {
            event.measure("noticed", log.now() - event.began());
        }
        return !routed;
    }

    /** Waits until all see all as ready, have started their sites and have their database, and measures how long that takes. */
    void awaitWhole(Event event, List<Slot> alive, long bound) {
        var began = log.now();
        var names = alive.stream().map(Slot::name).collect(Collectors.toSet());
        var problem = problem(alive, names);
        while (problem != null && log.now() - began < bound) {
            Clients.pause(2 * POLL_MILLIS);
            problem = problem(alive, names);
        }
        if (problem != null) {
            log.violation("the cluster is not whole " + bound + " ms after "
                    + event.kind().label() + ": " + problem);
        }
        event.measure("whole", log.now() - began);
    }

    private static String problem(List<Slot> alive, Set<String> names) {
        return alive.stream()
                .map(slot -> problem(slot, names))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static String problem(Slot slot, Set<String> names) {
        var answer = status(slot);
        return answer.isEmpty() ? slot + " does not answer" : problem(slot, answer.get(), names);
    }

    private static String problem(Slot slot, JsonObject status, Set<String> names) {
        var seen = members(status).map(member -> member.getString("name")).toList();
        var routed = routed(status);
        if (seen.size() != names.size() || !routed.equals(names)) {
            return slot + " sees " + seen + " and routes to " + routed;
        }
        var away = !"available"
                .equals(status.getJsonObject("database", new JsonObject()).getString("state"));
        return away ? slot + " has no database" : null;
    }

    /** Empty if the node does not answer. */
    private static Optional<JsonObject> status(Slot slot) {
        try {
            return Optional.of(slot.node().status());
        } catch (AssertionError unreachable) {
            return Optional.empty();
        }
    }

    /** Who the node's routing table has. */
    private static Set<String> routed(JsonObject status) {
        return members(status)
                .filter(member -> "ready".equals(member.getString("state")) && member.getBoolean("heard", false))
                .map(member -> member.getString("name"))
                .collect(Collectors.toSet());
    }

    private static Stream<JsonObject> members(JsonObject status) {
        return status.getJsonArray("members", new JsonArray()).stream().map(JsonObject.class::cast);
    }
}
