package io.colonnade.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Binds trees of values to records. A value that cannot be bound is a problem, and the default takes its place. */
final class Binder {
    private final Problems problems;

    Binder(Problems problems) {
        this.problems = problems;
    }

    <R extends Record> R record(Class<R> type, R defaults, Value.Fields tree, String path) {
        var shape = new RecordShape<>(type, defaults);
        var given = new LinkedHashMap<String, Object>();
        tree.fields().forEach((key, value) -> shape.component(key)
                .ifPresentOrElse(
                        component -> bind(component, shape.value(component), value, Keys.join(path, key))
                                .ifPresent(bound -> given.put(key, bound)),
                        () -> unknown(key, value, path, type)));
        return construct(shape, given, tree, path);
    }

    private void unknown(String key, Value value, String path, Class<? extends Record> type) {
        problems.add(Keys.join(path, key) + " is unknown" + Keys.suggestion(key, Keys.of(type)), value.origin());
    }

    /**
     * The record, or its defaults if the record's own checks refuse what is given; each component is then tried alone to find
     * those that are to blame.
     */
    private <R extends Record> R construct(
            RecordShape<R> shape, Map<String, Object> given, Value.Fields tree, String path) {
        try {
            return shape.with(given);
        } catch (IllegalArgumentException refused) {
            var blamed = given.entrySet().stream()
                    .filter(entry -> blame(shape, Map.of(entry.getKey(), entry.getValue()), tree, path))
                    .count();
            if (blamed == 0) {
                problems.add(sentence(path, "", refused), tree.origin());
            }
            return shape.defaults();
        }
    }

    private <R extends Record> boolean blame(
            RecordShape<R> shape, Map<String, Object> one, Value.Fields tree, String path) {
        try {
            shape.with(one);
            return false;
        } catch (IllegalArgumentException refused) {
            one.keySet()
                    .forEach(key -> problems.add(
                            sentence(path, key, refused),
                            Optional.ofNullable(tree.fields().get(key))
                                    .orElse(tree)
                                    .origin()));
            return true;
        }
    }

    /** The message of a record's own check, with the full path in place of the key that it starts with. */
    private static String sentence(String path, String key, IllegalArgumentException refused) {
        var message = String.valueOf(refused.getMessage());
        if (key.isEmpty() || message.startsWith(key + " ") || message.startsWith(key + "[")) {
            return Keys.join(path, message);
        }
        return Keys.join(path, key) + ": " + message;
    }

    private Optional<Object> bind(RecordComponent component, Object fallback, Value value, String path) {
        if (value instanceof Value.Text text && text.plain() == null) {
            return Optional.empty();
        }
        return bind(component.getGenericType(), Optional.of(fallback), value, path);
    }

    private Optional<Object> bind(Type type, Optional<Object> fallback, Value value, String path) {
        if (type instanceof ParameterizedType generic) {
            return collection(generic, value, path);
        }
        var plain = (Class<?>) type;
        return Scalars.knows(plain)
                ? scalar(plain, value, path)
                : nested(plain.asSubclass(Record.class), fallback, value, path);
    }

    private Optional<Object> scalar(Class<?> type, Value value, String path) {
        if (!(value instanceof Value.Text text)) {
            problems.reject(path, value, "allowed is one value");
            return Optional.empty();
        }
        try {
            return Optional.of(Scalars.parse(type, text.text()));
        } catch (IllegalArgumentException refused) {
            problems.reject(path, value, String.valueOf(refused.getMessage()));
            return Optional.empty();
        }
    }

    private <R extends Record> Optional<Object> nested(
            Class<R> type, Optional<Object> fallback, Value value, String path) {
        var defaults = fallback.map(type::cast).orElseGet(() -> RecordShape.defaultsOf(type));
        if (value instanceof Value.Fields tree) {
            return Optional.of(record(type, defaults, tree, path));
        }
        var shorthand = RecordShape.shorthand(type);
        if (value instanceof Value.Text && shorthand.isPresent()) {
            return Optional.of(record(type, defaults, Value.Fields.at(shorthand.get(), value), path));
        }
        problems.reject(path, value, "allowed are the keys " + String.join(", ", Keys.of(type)));
        return Optional.empty();
    }

    private Optional<Object> collection(ParameterizedType type, Value value, String path) {
        if (type.getRawType() == Map.class) {
            return type.getActualTypeArguments()[1] == String.class ? texts(value, path) : freeForm(value, path);
        }
        var items = items(value, path);
        var bound = new ArrayList<Object>();
        for (int i = 0; i < items.size(); i++) {
            bind(type.getActualTypeArguments()[0], Optional.empty(), items.get(i), path + "[" + i + "]")
                    .ifPresent(bound::add);
        }
        return Optional.of(
                type.getRawType() == Set.class
                        ? Collections.unmodifiableSet(new LinkedHashSet<>(bound))
                        : List.copyOf(bound));
    }

    private Optional<Object> texts(Value value, String path) {
        if (!(value instanceof Value.Fields fields)) {
            problems.reject(path, value, "allowed are keys and values");
            return Optional.empty();
        }
        var texts = new LinkedHashMap<String, String>();
        fields.fields().forEach((key, each) -> scalar(String.class, each, Keys.join(path, key))
                .ifPresent(text -> texts.put(key, (String) text)));
        return Optional.of(texts);
    }

    private Optional<Object> freeForm(Value value, String path) {
        if (value instanceof Value.Fields fields) {
            return Optional.of(fields.plainValue());
        }
        problems.reject(path, value, "allowed are keys and values");
        return Optional.empty();
    }

    /** The items of a list. A text is a list with commas, so that lists fit into flags and variables. */
    private List<Value> items(Value value, String path) {
        if (value instanceof Value.Items list) {
            return list.items();
        }
        if (value instanceof Value.Text text) {
            return Arrays.stream(text.text().split(","))
                    .map(String::strip)
                    .filter(item -> !item.isEmpty())
                    .<Value>map(item -> Value.Text.of(item, text.origin()))
                    .toList();
        }
        problems.reject(path, value, "allowed is a list");
        return List.of();
    }
}
