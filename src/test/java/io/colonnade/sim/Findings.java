package io.colonnade.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What was measured of all incidents of one kind. */
final class Findings {
    private final Tally tally = new Tally();
    private final List<Long> noticed = new ArrayList<>();
    private final List<Long> whole = new ArrayList<>();
    private int incidents;
    private int unnoticed;
    private int ejections;
    private int incidentsWithEjections;
    private int ejectionsBefore;

    Tally tally() {
        return tally;
    }

    void noticed(long after) {
        noticed.add(after);
    }

    void falselyEjected() {
        ejections++;
    }

    /**
     * An incident is over.
     *
     * @param wholeAfter the time from the end of the fault until all heard all again
     * @param unnoticedByEnd how many did not notice what they ought to have
     */
    void ended(long wholeAfter, int unnoticedByEnd) {
        incidents++;
        whole.add(wholeAfter);
        unnoticed += unnoticedByEnd;
        incidentsWithEjections += ejections > ejectionsBefore ? 1 : 0;
        ejectionsBefore = ejections;
    }

    /** Takes over what was measured elsewhere of the same kind. */
    void add(Findings other) {
        tally.add(other.tally);
        noticed.addAll(other.noticed);
        whole.addAll(other.whole);
        incidents += other.incidents;
        unnoticed += other.unnoticed;
        ejections += other.ejections;
        incidentsWithEjections += other.incidentsWithEjections;
    }

    /** The line of the table. */
    String line(String name) {
        return String.format(
                "%-20s %5d %7s %5s %5s %5d %6d %7d %6s %5s %9d %9d %5d %5d %7d %8d",
                name,
                incidents,
                millis(noticed, 0.5),
                millis(noticed, 0.99),
                millis(noticed, 1),
                unnoticed,
                incidentsWithEjections,
                ejections,
                millis(whole, 0.5),
                millis(whole, 1),
                tally.requests,
                tally.picks == 0 ? 0 : tally.failedPicks * 1_000_000 / tally.picks,
                tally.failed,
                tally.failedPosts,
                tally.lostStreams,
                tally.slowest / 1_000_000);
    }

    static List<String> head() {
        return List.of(
                "A cluster of 20 nodes, 20 requests a second, one in ten a POST, one in fifty a stream. Times in ms.",
                "noticed: from the fault until an observer gave the member up; never: observers that did not before its end",
                "wrongly: faults in which, and observers by which, a member was given up that was none the worse",
                "whole: from the end of the fault until all heard all; failed and lost: as the clients of living balancers see it",
                "",
                "                           |- noticed -------------| |- wrongly --| |- whole --|          failed picks"
                        + " |- failed -| lost     slowest",
                "fault                times  median   p99   max never  times      by median   max  requests per mill."
                        + "  idem.  POST streams   answer");
    }

    private static String millis(List<Long> nanos, double quantile) {
        if (nanos.isEmpty()) {
            return "-";
        }
        var sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        var at = (int) Math.ceil(quantile * sorted.size()) - 1;
        return Long.toString(sorted.get(Math.max(0, at)) / 1_000_000);
    }
}
