package io.colonnade.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds the settings among the environment's variables: {@code COLONNADE_BALANCER_MAX_HEAD} is {@code balancer.max-head}. */
final class Environment {
    static final String PREFIX = "COLONNADE_";

    private final Map<String, String> paths = new TreeMap<>();

    Environment(Class<? extends Record> type) {
        collect(type, "");
    }

    private void collect(Class<? extends Record> type, String path) {
        for (var component : type.getRecordComponents()) {
            var keyPath = Keys.join(path, Keys.dashed(component));
            if (component.getType().isRecord() && !Scalars.knows(component.getType())) {
                collect(component.getType().asSubclass(Record.class), keyPath);
                RecordShape.shorthand(component.getType().asSubclass(Record.class))
                        .ifPresent(key -> paths.put(PREFIX + Keys.variable(keyPath), keyPath));
            } else if (isText(component)) {
                paths.put(PREFIX + Keys.variable(keyPath), keyPath);
            }
        }
    }

    private static boolean isText(RecordComponent component) {
        return !(component.getGenericType() instanceof ParameterizedType type) || type.getRawType() != Map.class;
    }

    /** @param others variables with our prefix that are no settings */
    Value.Fields read(Map<String, String> variables, Set<String> others, Problems problems) {
        var tree = new Value.Fields(Map.of(), "environment");
        for (var variable : new TreeMap<>(variables).entrySet()) {
            var name = variable.getKey();
            var path = paths.get(name);
            if (path != null) {
                tree = tree.under(Value.Fields.at(path, Value.Text.of(variable.getValue(), "environment " + name)));
            } else if (name.startsWith(PREFIX) && !others.contains(name)) {
                problems.add(name + " is unknown" + Keys.suggestion(name, paths.keySet()), "environment");
            }
        }
        return tree;
    }
}
