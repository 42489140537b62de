package io.colonnade.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How keys are written: dashed in files, upper-case with underscores in the environment; and which key a wrong one is near. */
public final class Keys {
    private Keys() {}

    /** {@code max-head} of {@code maxHead}, or what {@link Key} says. */
    static String dashed(RecordComponent component) {
        var key = component.getAnnotation(Key.class);
        return key != null ? key.value() : dashed(component.getName());
    }

    private static String dashed(String name) {
        return name.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    static List<String> of(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents()).map(Keys::dashed).toList();
    }

    /** {@code least-connections} of {@code LEAST_CONNECTIONS}. */
    static String dashed(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code BALANCER_MAX_HEAD} of {@code balancer.max-head}. */
    static String variable(String path) {
        return path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** {@code ; did you mean port?}, or all that is known if nothing is near. */
    static String suggestion(String unknown, Collection<String> known) {
        return nearest(unknown, known)
                .map(key -> "; did you mean " + key + "?")
                .orElse("; known are " + String.join(", ", known));
    }

    /** The known word that somebody who wrote an unknown one may have meant; empty if none is near. */
    public static Optional<String> nearest(String unknown, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(key -> edits(unknown, key)))
                .filter(key -> edits(unknown, key) <= Math.max(2, unknown.length() / 2));
    }

    /** Levenshtein's distance: the insertions, deletions and replacements that make one text of the other. */
    private static int edits(String from, String to) {
        var previous = new int[to.length() + 1];
        Arrays.setAll(previous, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            var current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                var replace = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replace, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
