package io.colonnade.chaos;

import io.colonnade.chaos.Event.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The run as a page of Markdown, beside a picture of it. */
final class ChaosReport {
    private final Path folder;
    private final long seed;
    private final Log log;
    private final Ledger ledger;
    private final List<String> vitals = new ArrayList<>();

    ChaosReport(Path folder, long seed, Log log, Ledger ledger) {
        this.folder = folder;
        this.seed = seed;
        this.log = log;
        this.ledger = ledger;
    }

    /** What the nodes held at rest. */
    void vitals(Map<Slot, Vitals> before, Map<Slot, Vitals> after) {
        before.forEach((slot, held) -> {
            vitals.add("before: " + held);
            vitals.add("after:  " + after.get(slot));
        });
    }

    void write() throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("report.md"), lines());
        Files.writeString(folder.resolve("timeline.svg"), new ChaosPicture(log).svg());
    }

    private List<String> lines() {
        var lines = new ArrayList<String>();
        var violations = log.violations();
        lines.add("# Chaos, seed " + seed);
        lines.add("");
        lines.add(String.format(
                "%d events in %d s, %d requests; %d messages answered, %d found: %s.",
                log.events().size(),
                log.now() / 1000,
                log.requests().size(),
                ledger.answered(),
                ledger.found(),
                violations.isEmpty() ? "nothing lost" : violations.size() + " promises broken"));
        section(lines, "Events", events());
        section(lines, "Requests", requests());
        section(lines, "Excused", excused());
        section(lines, "Held at rest", vitals);
        section(lines, "Broken promises", violations);
        section(lines, "Timeline", timeline());
        return lines;
    }

    private static void section(List<String> lines, String title, List<String> content) {
        lines.addAll(List.of("", "## " + title, "", "```"));
        lines.addAll(content.isEmpty() ? List.of("none") : content);
        lines.add("```");
    }

    private List<String> events() {
        var lines = new ArrayList<String>();
        lines.add(String.format(
                "%-10s %6s  %-8s %6s %7s %7s %7s   promised",
                "event", "times", "measured", "count", "median", "p90", "max"));
        for (var kind : Kind.values()) {
            var all =
                    log.events().stream().filter(event -> event.kind() == kind).toList();
            var measured = all.stream()
                    .flatMap(event -> event.measured().stream())
                    .collect(Collectors.groupingBy(
                            Measurement::what,
                            TreeMap::new,
                            Collectors.mapping(Measurement::millis, Collectors.toList())));
            lines.add(String.format("%-10s %6d", kind.label(), all.size()));
            measured.forEach((what, millis) -> lines.add(String.format("%-17s  %s", "", line(kind, what, millis))));
        }
        return lines;
    }

    private static String line(Kind kind, String what, List<Long> millis) {
        var sorted = millis.stream().sorted().toList();
        return String.format(
                "%-8s %6d %7d %7d %7d   %s",
                what,
                sorted.size(),
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() * 9 / 10),
                sorted.get(sorted.size() - 1),
                promised(kind, what));
    }

    private static String promised(Kind kind, String what) {
        return switch (what) {
            case "noticed" -> Long.toString(kind == Kind.KILL ? Bounds.DEATH_PROMISED : Bounds.SILENCE_PROMISED);
            case "whole" -> kind == Kind.CUT || kind == Kind.FREEZE ? Long.toString(Bounds.WHOLE_PROMISED) : "";
            default -> "";
        };
    }

    private List<String> requests() {
        var lines = new ArrayList<String>();
        lines.add(String.format(
                "%-34s %8s %7s %8s %9s %10s", "request", "sent", "failed", "excused", "promised", "slowest ms"));
        var byKind = log.requests().stream()
                .collect(Collectors.groupingBy(ChaosReport::kind, TreeMap::new, Collectors.toList()));
        byKind.forEach((kind, all) -> {
            var failed = all.stream().filter(Request::failed).toList();
            var broken = failed.stream().filter(Request::breaksPromise).toList();
            var excused = broken.stream().filter(log::excused).count();
            var slowest = all.stream()
                    .filter(request -> !request.failed())
                    .mapToLong(request -> request.ended() - request.began())
                    .max()
                    .orElse(0);
            lines.add(String.format(
                    "%-34s %8d %7d %8d %9d %10d",
                    kind, all.size(), failed.size(), excused, broken.size() - excused, slowest));
        });
        return lines;
    }

    /** Which failures were no wonder, and what made them none. */
    private List<String> excused() {
        var counts = new TreeMap<String, Integer>();
        log.requests().stream().filter(Request::breaksPromise).forEach(request -> log.excuse(request)
                .ifPresent(event -> counts.merge(
                        String.format(
                                "%-34s %-12s while %s",
                                kind(request),
                                request.status() == 0 ? "no answer" : request.status(),
                                event.hits(request.slot())
                                        ? "its node had: " + event.kind().label()
                                        : "there was: " + event.kind().label()),
                        1,
                        Integer::sum)));
        return counts.entrySet().stream()
                .map(entry -> String.format("%6d %s", entry.getValue(), entry.getKey()))
                .toList();
    }

    private static String kind(Request request) {
        return request.what().replaceFirst("&before=\\d+", "");
    }

    private List<String> timeline() {
        return log.events().stream()
                .map(event -> String.format(
                        "%8.1f %-9s %-28s %s",
                        event.began() / 1000.0,
                        event.kind().label(),
                        event.what(),
                        event.measured().stream().map(Measurement::toString).collect(Collectors.joining(", "))))
                .toList();
    }
}
