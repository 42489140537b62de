package io.colonnade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents name types that exist, show the import table as it is, link to files that exist, and have lines that can be read. */
class DocumentNamesTest {
    private static final int WIDEST = 140;
    private static final Path MAIN = Path.of("src/main/java/io/colonnade");

    /** A type with its package, {@code transport.link.Link}, or a name of two words and more, {@code NetSocket}. */
    private static final Pattern WITH_PACKAGE = Pattern.compile("`([a-z][a-z.]*)\\.([A-Z]\\w+)`");

    private static final Pattern ALONE = Pattern.compile("`([A-Z][a-z]+[A-Z]\\w*)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```");

    /** Types of Vert.x. */
    private static final Set<String> FOREIGN = Set.of("NetSocket", "ServerWebSocket");

    static Stream<Path> documents() throws IOException {
        var top = Stream.of(
                "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "src/test/chaos/RESULTS.md");
        return Stream.concat(top.map(Path::of), files(Path.of("docs"), ".md"));
    }

    static Stream<Path> designs() throws IOException {
        return Stream.concat(Stream.of(Path.of("ARCHITECTURE.md")), files(Path.of("docs/design"), ".md"));
    }

    @ParameterizedTest
    @MethodSource("designs")
    void namesTypesThatExistWhereItSays(Path document) throws IOException {
        var types = WITH_PACKAGE.matcher(Files.readString(document)).results();
        assertThat(types.map(type -> type.group(1).replace('.', '/') + "/" + type.group(2) + ".java")
                        .filter(file -> !Files.exists(MAIN.resolve(file))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("designs")
    void namesTypesThatExist(Path document) throws IOException {
        var ours = files(Path.of("src"), ".java")
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        var names = ALONE.matcher(Files.readString(document)).results().map(name -> name.group(1));
        assertThat(names.filter(name -> !ours.contains(name) && !FOREIGN.contains(name)))
                .isEmpty();
    }

    /** The third cell of the package's row in ARCHITECTURE.md. */
    @ParameterizedTest(name = "{0}")
    @FieldSource("io.colonnade.ImportTable#ROWS")
    void showsWhatEachPackageMayImport(ImportTable.Row row) throws IOException {
        var imports = row.imports().isEmpty() ? "nothing" : String.join(", ", row.imports());
        try (var lines = Files.lines(Path.of("ARCHITECTURE.md"))) {
            assertThat(lines.filter(line -> line.startsWith("| `" + row.name() + "` |"))
                            .map(line -> line.split(" ?\\| ?", -1)[3]))
                    .containsExactly(imports);
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksToFilesThatExist(Path document) throws IOException {
        var links = LINK.matcher(text(document)).results().map(link -> link.group(1));
        assertThat(links.filter(link -> !Files.exists(document.resolveSibling(link))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void hasLinesThatCanBeRead(Path document) throws IOException {
        assertThat(text(document)
                        .lines()
                        .filter(line -> !line.startsWith("|") && !line.startsWith("    ") && line.length() >= WIDEST))
                .isEmpty();
    }

    @Test
    void leadsToEachPageOfTheDesign() throws IOException {
        var architecture = Files.readString(Path.of("ARCHITECTURE.md"));
        assertThat(files(Path.of("docs/design"), ".md")).isNotEmpty().allSatisfy(page -> assertThat(architecture)
                .contains("(" + page + ")"));
    }

    private static String text(Path document) throws IOException {
        return CODE.matcher(Files.readString(document)).replaceAll("");
    }

    private static Stream<Path> files(Path folder, String ending) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        }
    }
}
