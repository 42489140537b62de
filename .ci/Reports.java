import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Reads the integration tests' reports after a run: {@code java .ci/Reports.java target}. Lists the tests that passed only
 * at their second try, and prints the ends of the nodes' logs if the chaos test failed. Ends with status 1 if three or
 * more tests were flaky.
 */
class Reports {
    private static final int FLAKY_TESTS_ALLOWED = 2;
    private static final int LINES_OF_A_LOG = 200;
    private static final int LINES_IN_ALL = 2000;

    public static void main(String[] arguments) throws Exception {
        var target = Path.of(arguments[0]);
        var tests = tests(target.resolve("failsafe-reports"));
        if (tests.stream().anyMatch(Reports::isRedChaos)) {
            logs(target.resolve("chaos")).forEach(System.out::println);
        }
        var flaky = tests.stream().flatMap(Reports::flaky).toList();
        System.out.println(flaky.isEmpty() ? "FLAKY: none" : "FLAKY:");
        flaky.forEach(line -> System.out.println("  " + line));
        if (flaky.size() > FLAKY_TESTS_ALLOWED) {
            System.out.println(flaky.size() + " tests passed only at their second try; " + FLAKY_TESTS_ALLOWED + " may");
            System.exit(1);
        }
    }

    private static List<Element> tests(Path folder) throws Exception {
        var tests = new ArrayList<Element>();
        for (var report : files(folder, "TEST-.*\\.xml")) {
            var parsed = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
            var found = parsed.getElementsByTagName("testcase");
            IntStream.range(0, found.getLength()).forEach(i -> tests.add((Element) found.item(i)));
        }
        return tests;
    }

    /** The test and its first failure, if it passed at last: Surefire's word is flaky then, and rerun if it did not. */
    private static Stream<String> flaky(Element test) {
        return Stream.of("flakyFailure", "flakyError")
                .flatMap(kind -> children(test, kind))
                .findFirst()
                .map(failure -> test.getAttribute("classname") + "." + test.getAttribute("name") + ": " + message(failure))
                .stream();
    }

    private static String message(Element failure) {
        var message = failure.getAttribute("message");
        var told = message.isBlank() ? failure.getTextContent() : message;
        return told.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse("no message");
    }

    private static boolean isRedChaos(Element test) {
        return test.getAttribute("classname").endsWith(".ChaosIT")
                && Stream.of("failure", "error", "flakyFailure", "flakyError")
                        .anyMatch(kind -> children(test, kind).findAny().isPresent());
    }

    private static Stream<Element> children(Element test, String kind) {
        var found = test.getElementsByTagName(kind);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
    }

    private static List<String> logs(Path folder) throws IOException {
        var lines = new ArrayList<String>();
        for (var log : files(folder, "log\\.txt")) {
            lines.add("--- the end of " + log);
            lines.addAll(end(log));
        }
        if (lines.size() <= LINES_IN_ALL) {
            return lines;
        }
        var first = new ArrayList<>(lines.subList(0, LINES_IN_ALL));
        first.add("--- and " + (lines.size() - LINES_IN_ALL) + " lines more");
        return first;
    }

    private static Queue<String> end(Path log) throws IOException {
        var end = new ArrayDeque<String>();
        // Bytes that are no text, as a node that was killed may leave, do no harm in Latin-1.
        try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            lines.forEach(line -> {
                if (end.size() == LINES_OF_A_LOG) {
                    end.remove();
                }
                end.add(line);
            });
        }
        return end;
    }

    private static List<Path> files(Path folder, String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var all = Files.walk(folder)) {
            return all.filter(file -> file.getFileName().toString().matches(name)).sorted().toList();
        }
    }
}
