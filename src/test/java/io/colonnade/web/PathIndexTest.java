package io.colonnade.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathIndexTest {
    private static final List<String> NAMES = List.of(
            "index.html",
            "index.html.gz",
            "a.css",
            "a.css.br",
            "a.css.gz",
            "doc",
            "doc/index.html",
            "doc/b.js",
            ".git/index.html");

    /** Every path that any file of these names can make. */
    private static final List<String> PATHS = Stream.concat(
                    Stream.of("/", "/doc/"), NAMES.stream().map(name -> "/" + name))
            .toList();

    @Test
    void aCompressedFormThatComesAndGoesIsThatOfItsFile() {
        var index = new PathIndex(Map.of("a.css", file("plain")));
        assertThat(compressed(index)).isEmpty();
        index.change(Map.of("a.css.gz", Optional.of(file("small"))));
        assertThat(compressed(index)).extracting(Representation::encoding).containsExactly("gzip");
        index.change(Map.of("a.css.gz", Optional.empty()));
        assertThat(compressed(index)).isEmpty();
    }

    @Test
    void theDirectoryOfAnIndexComesAndGoesWithIt() {
        var index = new PathIndex(Map.of());
        index.change(Map.of("doc/index.html", Optional.of(file("doc"))));
        assertThat(index.find("/doc")).isEqualTo(Redirect.TO_DIRECTORY);
        assertThat(index.find("/doc/")).isEqualTo(index.find("/doc/index.html")).isNotNull();
        index.change(Map.of("doc/index.html", Optional.empty(), "doc", Optional.of(file("a file now"))));
        assertThat(index.find("/doc/")).isNull();
        assertThat(index.find("/doc")).isInstanceOf(StaticFile.class);
    }

    /** Whether changes one by one lead to the same as a new index. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void manyChangesLeaveWhatANewIndexHas(long seed) {
        var random = new Random(seed);
        var files = new HashMap<String, Representation>();
        var index = new PathIndex(files);
        for (var round = 0; round < 500; round++) {
            var changes = new HashMap<String, Optional<Representation>>();
            for (var name : NAMES) {
                if (random.nextInt(4) == 0) {
                    changes.put(
                            name, random.nextBoolean() ? Optional.empty() : Optional.of(file("v" + random.nextInt(3))));
                }
            }
            if (changes.getOrDefault("doc", Optional.empty()).isPresent()) {
                changes.put("doc/index.html", Optional.empty()); // a file and a directory cannot have one name
            } else if (changes.getOrDefault("doc/index.html", Optional.empty()).isPresent()) {
                changes.put("doc", Optional.empty());
            }
            changes.forEach(
                    (name, now) -> now.ifPresentOrElse(file -> files.put(name, file), () -> files.remove(name)));
            if (round % 5 == 0) {
                index.replace(files);
            } else {
                index.change(changes);
            }
            var fresh = new PathIndex(files);
            assertThat(PATHS).allSatisfy(path -> assertThat(index.find(path))
                    .as("%s of seed %d", path, seed)
                    .isEqualTo(fresh.find(path)));
        }
    }

    private static List<Representation> compressed(PathIndex index) {
        return index.find("/a.css") instanceof StaticFile file ? file.compressed() : List.of();
    }

    private static Representation file(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Representation(
                "text/css",
                Representation.IDENTITY,
                "\"" + text + "\"",
                Representation.UNKNOWN,
                bytes.length,
                Body.InMemory.of(bytes));
    }
}
