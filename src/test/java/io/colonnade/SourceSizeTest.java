package io.colonnade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What keeps a file and a package small enough to be seen at a glance, and a name enough to find its class. */
class SourceSizeTest {
    private static final int MOST_LINES = 350;
    private static final int MOST_CLASSES = 30;

    /** Packages of one idea, in which a newcomer finds every class by its name. */
    private static final Set<String> FLAT = Set.of("cluster", "dns");

    @Test
    void noFileHasMoreThan350Lines() throws IOException {
        assertThat(sources().filter(file -> lines(file) > MOST_LINES))
                .as("look for the second idea in the file, and give it one of its own")
                .isEmpty();
    }

    @Test
    void noTwoClassesHaveTheSameSimpleName() throws IOException {
        var files = sources().collect(Collectors.groupingBy(Path::getFileName));
        assertThat(files.values().stream().filter(same -> same.size() > 1))
                .as("rename one of them, so that its name alone leads to it")
                .isEmpty();
    }

    @Test
    void noPackageHasMoreThan30ClassesButTheFlatOnes() throws IOException {
        Map<Path, List<Path>> packages = sources()
                .filter(file -> file.startsWith(Path.of("src", "main")))
                .collect(Collectors.groupingBy(Path::getParent));
        assertThat(packages.entrySet().stream()
                        .filter(each -> each.getValue().size() > MOST_CLASSES)
                        .map(each -> each.getKey().getFileName().toString()))
                .as("divide the package into rooms")
                .isSubsetOf(FLAT);
    }

    private static Stream<Path> sources() throws IOException {
        try (var all = Files.walk(Path.of("src"))) {
            return all
                    .filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .toList()
                    .stream();
        }
    }

    private static long lines(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException cannotRead) {
            throw new UncheckedIOException(cannotRead);
        }
    }
}
