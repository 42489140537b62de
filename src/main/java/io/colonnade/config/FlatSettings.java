package io.colonnade.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The single settings of a record by their full paths such as {@code balancer.retry.attempts}; a list is one setting. */
public final class FlatSettings {
    private FlatSettings() {}

    /** The paths in the order of the record's components, each with its value. */
    public static Map<String, Object> of(Record settings) {
        var leaves = new LinkedHashMap<String, Object>();
        collect(settings, "", leaves);
        return leaves;
    }

    /** The paths of the settings that differ between two records of one type. */
    public static <R extends Record> Set<String> changed(R before, R after) {
        var old = of(before);
        return of(after).entrySet().stream()
                .filter(leaf -> !Objects.equals(leaf.getValue(), old.get(leaf.getKey())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static <R extends Record> void collect(R settings, String path, Map<String, Object> leaves) {
        @SuppressWarnings("unchecked")
        var shape = new RecordShape<>((Class<R>) settings.getClass(), settings);
        for (var component : shape.type().getRecordComponents()) {
            var value = shape.value(component);
            var keyPath = Keys.join(path, Keys.dashed(component));
            if (value instanceof Record nested && !Scalars.knows(component.getType())) {
                collect(nested, keyPath, leaves);
            } else {
                leaves.put(keyPath, value);
            }
        }
    }
}
