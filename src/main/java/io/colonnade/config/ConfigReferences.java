package io.colonnade.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts secrets into the configuration of a site: {@code ${env:NAME}} in a text stands for a variable of the environment, and {@code
 * ${file:PATH}} for the text of a file without its last line break. A second dollar sign before the brace takes the meaning away. What
 * is put in is in the hands of the site alone: the node's own settings, its status and its log have the references.
 *
 * @param environment gives the value of a variable; null if it is not set
 */
public record ConfigReferences(Function<String, @Nullable String> environment) {
    private static final Pattern REFERENCE = Pattern.compile("\\$(\\$\\{)|\\$\\{(env|file):([^}]+)}");

    /**
     * The configuration with what its texts name.
     *
     * @throws IllegalArgumentException if a variable is not set or a file cannot be read; the message has the key and not the value
     */
    public Map<String, Object> resolve(Map<String, Object> config) {
        return fields("config", config);
    }

    private Map<String, Object> fields(String path, Map<?, ?> fields) {
        var resolved = new LinkedHashMap<String, Object>();
        fields.forEach((key, value) -> resolved.put(String.valueOf(key), value(path + "." + key, value)));
        return resolved;
    }

    private @Nullable Object value(String path, @Nullable Object value) {
        if (value instanceof Map<?, ?> fields) {
            return fields(path, fields);
        }
        if (value instanceof List<?> items) {
            return IntStream.range(0, items.size())
                    .mapToObj(i -> value(path + "[" + i + "]", items.get(i)))
                    .toList();
        }
        return value instanceof String text ? text(path, text) : value;
    }

    private String text(String path, String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) != null ? found.group(1) : named(path, found.group(2), found.group(3))));
    }

    private String named(String path, String kind, String name) {
        return kind.equals("env") ? variable(path, name) : file(path, name);
    }

    private String variable(String path, String name) {
        var value = environment.apply(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    path + " names ${env:" + name + "}, which is not set in the node's environment");
        }
        return value;
    }

    private static String file(String path, String name) {
        try {
            return Files.readString(Path.of(name)).replaceFirst("\\r?\\n\\z", "");
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(
                    path + " names ${file:" + name + "}, which cannot be read (" + unreadable + ")", unreadable);
        }
    }
}
