package io.colonnade.build;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar carries nothing under a licence that is unknown or not allowed, and it carries the texts of all licences. */
class LicensesIT {
    private static final Path JAR = Path.of("target", "colonnade.jar");
    private static final String LIST = "META-INF/licenses/THIRD-PARTY.txt";

    /** The licences that are allowed and have one text for all, by the name that the pom's {@code licenseMerges} give them. */
    private static final Map<String, String> TEXTS = Map.of(
            "Apache-2.0", "META-INF/LICENSE",
            "LGPL-2.1", "META-INF/licenses/LGPL-2.1.txt",
            "Bouncy Castle Licence", "META-INF/licenses/Bouncy-Castle.txt");

    /** Those that are allowed and whose text names the author: each part must bring its own. */
    private static final Set<String> OWN_TEXT = Set.of("MIT", "BSD-3-Clause");

    private static final String WHAT_TO_DO =
            """

            The jar carries %s, and its pom says that its licence is: %s.
            That is none of the allowed licences %s, or the jar lacks its text. One of these helps:
            - take another library, or give the dependency the scope test or provided if the jar need not carry it;
            - if it is another name of an allowed licence, add the name to licenseMerges in pom.xml;
            - if the licence may be had with Apache-2.0 in one jar, allow it in LicensesIT, put its text into
              src/main/resources/META-INF/licenses/ if the dependency's jar has none, and say in NOTICE what the licence asks for.
            """;

    @Test
    void everythingHasAnAllowedLicenceWhoseTextTheJarCarries() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            var entries = jar.stream().map(ZipEntry::getName).collect(toCollection(TreeSet::new));
            var parts =
                    text(jar, LIST).lines().filter(line -> line.contains(" = ")).toList();
            assertThat(parts).hasSizeGreaterThan(40);
            assertThat(parts.stream().flatMap(part -> complaint(part, entries).stream()))
                    .isEmpty();
        }
    }

    @Test
    void saysWhatToDoAboutALicenceThatIsNotAllowed() {
        var entries = new TreeSet<>(Set.of("META-INF/LICENSE", "META-INF/licenses/a-lib/META-INF/LICENSE.txt"));
        assertThat(complaint("x:a:1 = GPL-3.0", entries)).get().asString().contains("carries x:a:1,", "is: GPL-3.0.");
        assertThat(complaint("x:a:1 = Unknown license", entries))
                .get()
                .asString()
                .contains("take another library");
        assertThat(complaint("x:a:1 = LGPL-2.1", entries)).as("no text").isPresent();
        assertThat(complaint("x:a:1 = MIT", entries)).as("no text of its own").isPresent();
        assertThat(complaint("x:a-lib:1 = MIT", entries)).isEmpty();
        assertThat(complaint("x:a:1 = GPL-3.0 or Apache-2.0", entries)).isEmpty();
    }

    /** The notices of its parts are whole, not shadowed by one another or by ours. */
    @Test
    void carriesTheNoticesOfItsParts() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            assertThat(text(jar, "META-INF/NOTICE")).startsWith("Colonnade\n");
            assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License");
            assertThat(text(jar, "META-INF/licenses/hazelcast/META-INF/NOTICE")).contains("Agrona");
            assertThat(text(jar, "META-INF/licenses/jackson-core/META-INF/NOTICE"))
                    .contains("Tatu Saloranta");
            for (var mention : text(jar, "META-INF/NOTICE").split("\\s+", -1)) {
                if (mention.startsWith("META-INF/")) {
                    assertThat(jar.getEntry(mention.replaceAll("[.,;)]+$", "")))
                            .as(mention)
                            .isNotNull();
                }
            }
        }
    }

    private static Optional<String> complaint(String part, Set<String> entries) {
        var name = part.substring(0, part.indexOf(" = "));
        var licences = part.substring(part.indexOf(" = ") + " = ".length());
        var artifact = name.split(":", -1)[1];
        return Arrays.stream(licences.split(" or ", -1)).anyMatch(licence -> isAllowed(licence, artifact, entries))
                ? Optional.empty()
                : Optional.of(WHAT_TO_DO.formatted(name, licences, allowed()));
    }

    private static boolean isAllowed(String licence, String artifact, Set<String> entries) {
        return OWN_TEXT.contains(licence)
                ? entries.stream().anyMatch(entry -> entry.startsWith("META-INF/licenses/" + artifact + "/"))
                : TEXTS.containsKey(licence) && entries.contains(TEXTS.get(licence));
    }

    private static List<String> allowed() {
        return Stream.concat(TEXTS.keySet().stream(), OWN_TEXT.stream())
                .sorted()
                .toList();
    }

    private static String text(JarFile jar, String name) {
        try (var content = jar.getInputStream(jar.getEntry(name))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
