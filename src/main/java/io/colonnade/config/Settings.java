package io.colonnade.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Binds settings to a record: its defaults, under a YAML file, under the environment, under flags. Add the layers in
 * this order: a later one beats the earlier ones key by key; lists are replaced, not joined.
 *
 * <p>Keys are the record's components in dashed form ({@code maxHead} is {@code max-head}), nested ones joined by dots.
 *
 * @param <R> the record that has all settings
 */
public final class Settings<R extends Record> {
    private final Class<R> type;
    private final R defaults;
    private final Problems problems = new Problems();
    private Value.Fields tree = new Value.Fields(Map.of(), "settings");

    private Settings(Class<R> type, R defaults) {
        this.type = type;
        this.defaults = defaults;
    }

    public static <R extends Record> Settings<R> of(R defaults) {
        @SuppressWarnings("unchecked")
        var type = (Class<R>) defaults.getClass();
        return new Settings<>(type, defaults);
    }

    /** Adds a YAML file. */
    public Settings<R> file(Path file) {
        tree = tree.under(new YamlReader(file, problems).read());
        return this;
    }

    /**
     * Adds the variables whose names start with {@code COLONNADE_}: the key's path in upper case, with underscores for dots
     * and dashes. Lists are written with commas.
     *
     * @param others variables with that prefix that are no settings; any further unknown one is a problem
     */
    public Settings<R> environment(Map<String, String> variables, Set<String> others) {
        tree = tree.under(new Environment(type).read(variables, others, problems));
        return this;
    }

    /**
     * Adds one setting, as its text in YAML would be; a list is written with commas.
     *
     * @param origin where it comes from, such as {@code --port}
     */
    public Settings<R> set(String path, String text, String origin) {
        tree = tree.under(Value.Fields.at(path, Value.Text.of(text, origin)));
        return this;
    }

    /** Adds one setting that is a list. */
    public Settings<R> set(String path, List<String> texts, String origin) {
        var items =
                texts.stream().<Value>map(text -> Value.Text.of(text, origin)).toList();
        tree = tree.under(Value.Fields.at(path, new Value.Items(items, origin)));
        return this;
    }

    /** Adds a problem that was found elsewhere, to be reported with the others. */
    public Settings<R> problem(String sentence) {
        problems.add(sentence);
        return this;
    }

    /**
     * Binds what the layers say.
     *
     * @throws ConfigException with everything that is wrong, in all layers
     */
    public R bind() {
        var bound = new Binder(problems).record(type, defaults, tree, "");
        problems.throwIfAny();
        return bound;
    }
}
