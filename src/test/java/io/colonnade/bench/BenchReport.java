package io.colonnade.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What the run found, as Markdown and as a picture in {@code target/bench}; written anew after each case. */
final class BenchReport {
    static final Path FOLDER = Path.of("target", "bench");

    private final String command;
    private final Map<String, String> machine;
    private final List<Chapter> chapters = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    /**
     * @param machine what it is measured on and with, by name
     */
    BenchReport(String command, Map<String, String> machine) {
        this.command = command;
        this.machine = machine;
    }

    void add(Chapter chapter) throws IOException {
        chapters.add(chapter);
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("RESULTS.md"), markdown());
        Files.writeString(FOLDER.resolve("cost.svg"), new CostPicture(chapters).svg());
    }

    String markdown() {
        text.setLength(0);
        line("# What a request costs");
        line("");
        line("`" + command + "`");
        line("");
        machine.forEach((name, value) -> line("- " + name + ": " + value));
        line("");
        line(METHOD);
        line("");
        verdicts();
        chapters.forEach(this::chapter);
        return text.toString();
    }

    private static final String METHOD =
            """
            Everything runs on this one machine, over loopback, beside the load generator. Contenders of a case run at the same
            time and are measured in turn, A B C A B C. Figures are medians, with the least and the greatest value in brackets;
            ratios are formed within a round.

            - Requests/s and CPU come from `wrk -t1` at saturation. CPU is user and system time of every process of the contender
              (`/proc/PID/stat`), without the load generator.
            - Latencies come from a generator of our own (`Pace`, one thread, kept connections) at half of the rate that the slowest
              contender can serve. They count from the time at which a request was due, so that a contender that stands still is not
              spared (corrected for coordinated omission).
            - Memory is what is resident; pages that processes share count for each of them.
            - JVMs run with their defaults, unless the case says otherwise.

            ![CPU time per request](cost.svg)""";

    private void verdicts() {
        var all = chapters.stream()
                .flatMap(chapter -> chapter.verdicts().stream())
                .toList();
        if (all.isEmpty()) {
            return;
        }
        row(List.of("must reach", "ratio", "bound", ""));
        row(Collections.nCopies(4, "---"));
        all.forEach(one -> row(List.of(one.what(), one.measured(), one.bound(), one.met() ? "met" : "**missed**")));
        line("");
    }

    private void chapter(Chapter chapter) {
        line("## " + chapter.name());
        line("");
        line(chapter.about());
        line("");
        chapter.tables().forEach(table -> {
            row(table.columns());
            row(Collections.nCopies(table.columns().size(), "---"));
            table.rows().forEach(this::row);
            line("");
        });
        chapter.notes().forEach(note -> line("- " + note));
        if (!chapter.notes().isEmpty()) {
            line("");
        }
    }

    private void row(List<String> cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
