package io.colonnade.node.reload;

import io.colonnade.core.StatusSource;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the watched file compares to the settings that the node runs with. The record is replaced as a whole.
 *
 * @param problems why the file is refused as it is now; empty if it is not refused
 * @param needRestart the keys of the last good file that the running node has not applied
 * @param since since when this state has lasted
 */
record ConfigState(Path file, List<String> problems, Set<String> needRestart, Instant since) implements StatusSource {
    private static final Logger log = LoggerFactory.getLogger(ConfigState.class);

    @Override
    public String name() {
        return "config";
    }

    @Override
    public JsonObject status() {
        return new JsonObject()
                .put("file", file.toString())
                .put("state", problems.isEmpty() ? "applied" : "refused")
                .put("since", since.toString())
                .put("problems", new JsonArray(problems))
                .put("needRestart", new JsonArray(List.copyOf(needRestart)));
    }

    ConfigState refused(List<String> reasons, Instant now) {
        log.error("{} is refused, all settings stay as they are: {}", file, String.join("; ", reasons));
        return new ConfigState(file, reasons, needRestart, now);
    }

    ConfigState applied(Set<String> changed, Set<String> waiting, Instant now) {
        if (!changed.isEmpty()) {
            log.info("{}: changed {}", file, String.join(", ", changed));
        }
        waiting.stream()
                .filter(key -> !needRestart.contains(key))
                .forEach(key -> log.warn("{}: {} needs a restart of this node", file, key));
        return new ConfigState(file, List.of(), waiting, now);
    }
}
