package io.colonnade.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value that was written somewhere, with the place where it was written. */
sealed interface Value {
    /** Where it was written, such as {@code conf/colonnade.yaml line 12}. */
    String origin();

    /**
     * One scalar.
     *
     * @param plain the scalar by YAML's own types; null if nothing was written after the key
     */
    record Text(String text, @Nullable Object plain, String origin) implements Value {
        static Text of(String text, String origin) {
            return new Text(text, text, origin);
        }

        @Override
        public @Nullable Object plainValue() {
            return plain;
        }
    }

    /** Several values in order. */
    record Items(List<Value> items, String origin) implements Value {
        @Override
        public List<@Nullable Object> plainValue() {
            var list = new ArrayList<@Nullable Object>();
            items.forEach(item -> list.add(item.plainValue()));
            return Collections.unmodifiableList(list);
        }
    }

    /** Values by key, in the order they were written. */
    record Fields(Map<String, Value> fields, String origin) implements Value {
        @Override
        public Map<String, @Nullable Object> plainValue() {
            var map = new LinkedHashMap<String, @Nullable Object>();
            fields.forEach((key, value) -> map.put(key, value.plainValue()));
            return Collections.unmodifiableMap(map);
        }

        /** These fields, overridden by the others; fields that are trees themselves are merged. */
        Fields under(Fields above) {
            var merged = new LinkedHashMap<>(fields);
            above.fields.forEach((key, value) -> merged.merge(key, value, Fields::overridden));
            return new Fields(merged, origin);
        }

        private static Value overridden(Value below, Value above) {
            return below instanceof Fields lower && above instanceof Fields upper ? lower.under(upper) : above;
        }

        /** A tree with this value at a dotted path and nothing else. */
        static Fields at(String path, Value value) {
            var dot = path.indexOf('.');
            return dot < 0
                    ? new Fields(Map.of(path, value), value.origin())
                    : new Fields(Map.of(path.substring(0, dot), at(path.substring(dot + 1), value)), value.origin());
        }
    }

    /** How it is shown in an error. */
    default String shown() {
        if (this instanceof Text text) {
            return '"' + text.text() + '"';
        }
        return this instanceof Items ? "a list" : "a group of keys";
    }

    /** The value as unmodifiable lists and maps, strings, numbers and booleans; null if nothing was written. */
    @Nullable
    Object plainValue();
}
