package io.colonnade.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A peer's configuration under {@code src/bench/peers}, with places such as <code>${port}</code>. */
final class Template {
    private static final Path FOLDER = Path.of("src", "bench", "peers");
    private static final Pattern PLACE = Pattern.compile("\\$\\{([a-z-]+)}");

    private Template() {}

    /** Fills the template in, and writes it to the file. */
    static Path write(String template, Map<String, Object> values, Path file) throws IOException {
        return Files.writeString(file, fill(Files.readString(FOLDER.resolve(template)), values));
    }

    static String fill(String text, Map<String, Object> values) {
        return PLACE.matcher(text).replaceAll(place -> {
            var value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalArgumentException("nothing is given for " + place.group());
            }
            return Matcher.quoteReplacement(value.toString());
        });
    }
}
