package io.colonnade.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.colonnade.core.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    enum Colour {
        RED,
        DARK_BLUE
    }

    record Inner(long maxHead, Duration idle) {
        static final Inner DEFAULTS = new Inner(16384, Duration.ofSeconds(60));

        Inner {
            if (maxHead < 1024) {
                throw new IllegalArgumentException("max-head is " + maxHead + "; allowed is 1 KiB and more");
            }
            if (idle.isZero()) {
                throw new IllegalArgumentException("idle is 0 s; allowed is 1 ms and more");
            }
        }
    }

    record Item(@Shorthand String file, boolean fast) {
        static final Item DEFAULTS = new Item("", false);
    }

    record All(
            int count,
            boolean on,
            String text,
            Colour colour,
            Address at,
            Port port,
            Secret secret,
            Set<Colour> colours,
            List<Duration> times,
            List<Item> items,
            Map<String, Object> free,
            Inner inner) {
        static final All DEFAULTS = new All(
                1,
                false,
                "",
                Colour.RED,
                new Address("localhost", 1),
                Port.from(9080),
                Secret.NONE,
                Set.of(),
                List.of(),
                List.of(),
                Map.of(),
                Inner.DEFAULTS);

        All {
            if (count > 10) {
                throw new IllegalArgumentException("count is " + count + "; allowed is 0 to 10");
            }
        }
    }

    @TempDir
    Path folder;

    private final Settings<All> settings = Settings.of(All.DEFAULTS);

    @Test
    void isTheDefaultsWithoutAnyLayer() {
        assertThat(settings.bind()).isEqualTo(All.DEFAULTS);
    }

    @Test
    void bindsEveryTypeFromAFile() throws IOException {
        var bound = settings.file(
                        file(
                                """
                        count: 3
                        on: true
                        text: hello
                        colour: dark-blue
                        at: "[::1]:5701"
                        port: 80
                        secret: hush
                        colours: [dark-blue, red]
                        times: [500ms, 2m]
                        items: [{file: a, fast: true}, b]
                        free: {a: 1, b: [x, true], c: {d: 0.5}}
                        inner: {max-head: 64 KiB, idle: 1h}
                        """))
                .bind();
        assertThat(bound)
                .isEqualTo(new All(
                        3,
                        true,
                        "hello",
                        Colour.DARK_BLUE,
                        new Address("::1", 5701),
                        Port.exactly(80),
                        new Secret("hush"),
                        Set.of(Colour.RED, Colour.DARK_BLUE),
                        List.of(Duration.ofMillis(500), Duration.ofMinutes(2)),
                        List.of(new Item("a", true), new Item("b", false)),
                        Map.of("a", 1, "b", List.of("x", true), "c", Map.of("d", 0.5)),
                        new Inner(65536, Duration.ofHours(1))));
    }

    @Test
    void letsFlagsBeatTheEnvironmentAndTheEnvironmentBeatTheFileKeyByKey() throws IOException {
        var bound = settings.file(file("count: 2\ntext: file\ninner: {max-head: 2048, idle: 2s}\n"))
                .environment(
                        Map.of("COLONNADE_COUNT", "3", "COLONNADE_TEXT", "env", "COLONNADE_INNER_MAX_HEAD", "4 KiB"),
                        Set.of())
                .set("count", "4", "--count")
                .bind();
        assertThat(bound.count()).isEqualTo(4);
        assertThat(bound.text()).isEqualTo("env");
        assertThat(bound.inner()).isEqualTo(new Inner(4096, Duration.ofSeconds(2)));
    }

    @Test
    void readsListsWithCommasFromTheEnvironment() {
        var bound = settings.environment(
                        Map.of("COLONNADE_TIMES", "1s, 2s", "COLONNADE_ITEMS", "a.jar,b.jar", "HOME", "/"), Set.of())
                .bind();
        assertThat(bound.times()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(bound.items()).extracting(Item::file).containsExactly("a.jar", "b.jar");
    }

    @Test
    void keepsTheDefaultOfAKeyThatHasNoValue() throws IOException {
        assertThat(settings.file(file("count:\ninner:\n")).bind()).isEqualTo(All.DEFAULTS);
    }

    @Test
    void reportsAllErrorsAtOnceWithPathValueAllowedAndOrigin() throws IOException {
        var file = file(
                """
                count: 11
                colour: green
                inner:
                  max-head: 3
                  idle: 0s
                items: [{fiel: a}, {fast: maybe}]
                times: [soon]
                at: host:port
                """);
        settings.file(file)
                .environment(Map.of("COLONNADE_ON", "yes", "COLONNADE_CUONT", "1"), Set.of())
                .set("port", "70000", "--port");
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "count is 11; allowed is 0 to 10 (" + file + " line 1)",
                        "colour is \"green\"; allowed is red, dark-blue (" + file + " line 2)",
                        "inner.max-head is 3; allowed is 1 KiB and more (" + file + " line 4)",
                        "inner.idle is 0 s; allowed is 1 ms and more (" + file + " line 5)",
                        "items[0].fiel is unknown; did you mean file? (" + file + " line 6)",
                        "items[1].fast is \"maybe\"; allowed is true or false (" + file + " line 6)",
                        "times[0] is \"soon\"; allowed is a duration such as 500ms, 30s, 2m or 1h (" + file
                                + " line 7)",
                        "at is \"host:port\"; the port \"port\" is no number; allowed is HOST or HOST:PORT (" + file
                                + " line 8)",
                        "on is \"yes\"; allowed is true or false (environment COLONNADE_ON)",
                        "COLONNADE_CUONT is unknown; did you mean COLONNADE_COUNT? (environment)",
                        "port is \"70000\"; allowed is 0 to 65535 (--port)");
    }

    @Test
    void reportsValuesOfTheWrongForm() throws IOException {
        settings.file(file("count: [1]\ninner: 3\nfree: x\ntimes: {a: 1}\n"));
        assertThat(problems())
                .extracting(problem -> problem.substring(0, problem.indexOf(" (")))
                .containsExactlyInAnyOrder(
                        "count is a list; allowed is one value",
                        "inner is \"3\"; allowed are the keys max-head, idle",
                        "free is \"x\"; allowed are keys and values",
                        "times is a group of keys; allowed is a list");
    }

    @Test
    void reportsALineOfBadYamlAndKeysThatAreThereTwice() throws IOException {
        var broken = file("count: 1\ntext: [a\n");
        settings.file(broken).file(Files.writeString(folder.resolve("twice.yaml"), "count: 1\ncount: 2\n"));
        assertThat(problems()).hasSize(2);
        assertThat(problems().get(0)).startsWith("the file is no YAML: ").contains(broken + " line ");
        assertThat(problems().get(1)).isEqualTo("count is there twice (" + folder.resolve("twice.yaml") + " line 2)");
    }

    @Test
    void reportsAFileThatIsMissingOrNoMapping() throws IOException {
        var missing = folder.resolve("missing.yaml");
        settings.file(missing).file(file("- a\n"));
        assertThat(problems().get(0)).isEqualTo("the file does not exist (" + missing + ")");
        assertThat(problems().get(1)).startsWith("the file is a list; allowed are keys and values");
    }

    @Test
    void endsOnAnAliasOfItself() throws IOException {
        settings.file(file("free: &a\n  b: *a\n"));
        assertThat(problems()).anySatisfy(problem -> assertThat(problem).contains("is nested deeper than 20 levels"));
    }

    @Test
    void refusesSizesThatDoNotFit() {
        settings.set("inner.max-head", "99999999999 GiB", "--set");
        assertThat(problems().get(0)).startsWith("inner.max-head is \"99999999999 GiB\"; allowed is a size");
    }

    @Test
    void neverShowsASecret() {
        assertThat(new Secret("hush").toString()).doesNotContain("hush");
        settings.set("secret", List.of("hush"), "--set");
        assertThat(problems().get(0)).doesNotContain("hush");
    }

    private List<String> problems() {
        var thrown = catchThrowableOfType(ConfigException.class, settings::bind);
        assertThat(thrown).isNotNull();
        return thrown.problems();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("test.yaml"), text);
    }
}
