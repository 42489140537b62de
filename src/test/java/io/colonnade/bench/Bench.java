package io.colonnade.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Runs the cases that are named, or all (the quick ones with {@code --quick}), and prints the report. Ends with 1 if a case has no
 * figure.
 */
final class Bench {
    private static final List<Case> CASES = List.of(
            new StackCase(),
            new HopCase(),
            new HopTlsCase(),
            new StaticCase(),
            new DatabaseCase(),
            new TransferCase(true),
            new TransferCase(false),
            new IdleCase(),
            new NodesCase(),
            new ColdCase(),
            new StartCase());

    /** What {@code --quick} leaves out, as it takes minutes or says little when it is short. */
    private static final Set<String> SLOW = Set.of("upload", "download", "nodes", "cold", "start");

    private Bench() {}

    public static void main(String[] words) throws IOException {
        var names = new ArrayList<>(List.of(words));
        var effort = names.remove("--quick") ? Effort.QUICK : Effort.FULL;
        var known = CASES.stream().collect(Collectors.toMap(Case::name, Function.identity()));
        names.stream().filter(name -> !known.containsKey(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("there is no case " + name + "; there are " + known.keySet());
        });
        var cases =
                names.isEmpty() ? all(effort) : names.stream().map(known::get).toList();
        System.exit(run(cases, effort, String.join(" ", words)) ? 0 : 1);
    }

    private static List<Case> all(Effort effort) {
        return CASES.stream()
                .filter(one -> !effort.quick() || !SLOW.contains(one.name()))
                .toList();
    }

    private static boolean run(List<Case> cases, Effort effort, String words) throws IOException {
        var progress =
                new Progress(cases.stream().mapToInt(one -> one.seconds(effort)).sum());
        var report = new BenchReport(("src/bench/run " + words).strip(), Surroundings.read());
        var complete = true;
        try (var ground = new BenchGround(effort, progress)) {
            for (var one : cases) {
                progress.begin(one.name());
                complete &= run(one, ground, report);
            }
        }
        System.out.println(report.markdown());
        return complete;
    }

    private static boolean run(Case one, BenchGround ground, BenchReport report) throws IOException {
        try {
            var chapter = one.run(ground);
            report.add(chapter);
            return chapter.isComplete();
        } catch (IOException | BenchException | RuntimeException | AssertionError failed) {
            var chapter = new Chapter(one);
            chapter.fail(String.valueOf(failed.getMessage()));
            report.add(chapter);
            ground.say("failed: " + failed);
            return false;
        }
    }
}
