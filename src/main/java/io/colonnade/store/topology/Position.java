package io.colonnade.store.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The global ids of a server's transactions. MariaDB writes the last sequence number of each domain, {@code 0-1-170,1-3-29};
 * MySQL writes all intervals of each source, {@code 3e11fa47-...:1-5:11-18,...}.
 *
 * @param intervals the sequence numbers by domain or source; empty if the server gives none
 */
record Position(Map<String, List<Interval>> intervals) {
    static final Position UNKNOWN = new Position(Map.of());

    record Interval(long first, long last) {
        boolean contains(Interval other) {
            return first <= other.first && last >= other.last;
        }
    }

    static Position ofMariaDb(String text) {
        var intervals = new HashMap<String, List<Interval>>();
        for (var id : parts(text, ",")) {
            var numbers = id.split("-", -1);
            intervals.put(numbers[0], List.of(new Interval(1, Long.parseLong(numbers[2]))));
        }
        return new Position(Map.copyOf(intervals));
    }

    static Position ofMySql(String text) {
        var intervals = new HashMap<String, List<Interval>>();
        for (var set : parts(text, ",")) {
            var members = List.of(set.split(":", -1));
            intervals
                    .computeIfAbsent(members.get(0), source -> new ArrayList<>())
                    .addAll(members.stream().skip(1).map(Position::interval).toList());
        }
        return new Position(Map.copyOf(intervals));
    }

    private static Interval interval(String text) {
        var dash = text.indexOf('-');
        return dash < 0
                ? new Interval(Long.parseLong(text), Long.parseLong(text))
                : new Interval(Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
    }

    private static List<String> parts(String text, String separator) {
        return List.of(text.split(separator, -1)).stream()
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    boolean isKnown() {
        return !intervals.isEmpty();
    }

    /** Whether this server has every transaction of the other server; false if the other's transactions are not known. */
    boolean reaches(Position other) {
        return other.isKnown()
                && other.intervals.entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().stream().allMatch(each -> has(wanted.getKey(), each)));
    }

    private boolean has(String source, Interval wanted) {
        return intervals.getOrDefault(source, List.of()).stream().anyMatch(interval -> interval.contains(wanted));
    }
}
