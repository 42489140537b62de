package io.colonnade.it.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A row of {@code conformance.txt} or {@code differences.txt}.
 *
 * @param title unique in the file; in the table with the source in brackets at its end
 * @param lines what is said of it, in order
 */
record Row(String title, List<Line> lines) {
    private static final Pattern PARAGRAPHS = Pattern.compile("\n{2,}");

    /** A word and what follows it. */
    record Line(String word, String rest) {
        static Line of(String text) {
            var words = text.strip().split("\\s+", 2);
            return new Line(words[0], words.length == 1 ? "" : words[1].strip());
        }
    }

    /** The rows of a file. Paragraphs are titles and then, indented, the lines that these share. */
    static List<Row> in(String file) {
        return PARAGRAPHS
                .splitAsStream(text(file))
                .flatMap(paragraph -> paragraph(
                        paragraph.lines().filter(line -> !line.startsWith("#")).toList()))
                .toList();
    }

    private static Stream<Row> paragraph(List<String> text) {
        var lines =
                text.stream().filter(line -> line.startsWith(" ")).map(Line::of).toList();
        return text.stream().filter(line -> !line.startsWith(" ")).map(title -> new Row(title, lines));
    }

    /** The title without the source. */
    String name() {
        return title.replaceFirst(" \\[[^]]*]$", "");
    }

    /** What follows that word, each time it is there. */
    List<String> all(String word) {
        return lines.stream()
                .filter(line -> line.word().equals(word))
                .map(Line::rest)
                .toList();
    }

    /** What follows the first of these words that is there. */
    String one(String... words) {
        for (var word : words) {
            var found = all(word);
            if (!found.isEmpty()) {
                return found.get(0);
            }
        }
        throw new IllegalArgumentException(title + ": no " + String.join(" or ", words));
    }

    boolean has(String word) {
        return !all(word).isEmpty();
    }

    private static String text(String file) {
        try (var in = Row.class.getResourceAsStream("/dns/" + file)) {
            if (in == null) {
                throw new IllegalStateException("no resource /dns/" + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
