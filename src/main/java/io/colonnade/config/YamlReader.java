package io.colonnade.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads one YAML file and keeps the line of every value; errors of its form go to the problems. */
final class YamlReader {
    private static final int DEEPEST = 20;

    private final LoadSettings yaml = LoadSettings.builder().setUseMarks(true).build();
    private final Path file;
    private final Problems problems;

    YamlReader(Path file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    Value.Fields read() {
        try {
            return new Compose(yaml)
                    .composeString(Files.readString(file))
                    .map(this::root)
                    .orElse(new Value.Fields(Map.of(), file.toString()));
        } catch (MarkedYamlEngineException malformed) {
            var line = malformed.getProblemMark().map(mark -> mark.getLine() + 1);
            problems.add("the file is no YAML: " + malformed.getProblem(), at(line));
        } catch (YamlEngineException malformed) {
            problems.add("the file is no YAML: " + malformed.getMessage(), file.toString());
        } catch (NoSuchFileException missing) {
            problems.add("the file does not exist", file.toString());
        } catch (IOException unreadable) {
            problems.add("the file cannot be read: " + unreadable, file.toString());
        }
        return new Value.Fields(Map.of(), file.toString());
    }

    private Value.Fields root(Node node) {
        var value = value(node, "", 0);
        if (value instanceof Value.Fields fields) {
            return fields;
        }
        problems.add("the file is " + value.shown() + "; allowed are keys and values", value.origin());
        return new Value.Fields(Map.of(), file.toString());
    }

    private Value value(Node node, String path, int depth) {
        if (depth > DEEPEST) {
            problems.add(path + " is nested deeper than " + DEEPEST + " levels", origin(node));
            return Value.Text.of("", origin(node));
        }
        if (node instanceof MappingNode mapping) {
            return fields(mapping, path, depth);
        }
        if (node instanceof SequenceNode sequence) {
            var items = sequence.getValue().stream()
                    .map(item -> value(item, path, depth + 1))
                    .toList();
            return new Value.Items(items, origin(node));
        }
        return new Value.Text(((ScalarNode) node).getValue(), plain(node), origin(node));
    }

    private Value.Fields fields(MappingNode mapping, String path, int depth) {
        var fields = new LinkedHashMap<String, Value>();
        for (var tuple : mapping.getValue()) {
            var key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            var keyPath = Keys.join(path, key);
            if (fields.put(key, value(tuple.getValueNode(), keyPath, depth + 1)) != null) {
                problems.add(keyPath + " is there twice", origin(tuple.getKeyNode()));
            }
        }
        return new Value.Fields(fields, origin(mapping));
    }

    private @Nullable Object plain(Node scalar) {
        return new StandardConstructor(yaml).constructSingleDocument(Optional.of(scalar));
    }

    private String origin(Node node) {
        return at(node.getStartMark().map(mark -> mark.getLine() + 1));
    }

    private String at(Optional<Integer> line) {
        return file + line.map(number -> " line " + number).orElse("");
    }
}
