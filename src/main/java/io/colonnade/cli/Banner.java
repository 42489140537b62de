package io.colonnade.cli;

import io.colonnade.core.Role;
import io.colonnade.node.Colonnade.Started;
import io.colonnade.node.Version;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a start prints. */
final class Banner {
    private Banner() {}

    /** @param took the time since the start of the process */
    static String of(Started started, Duration took) {
        var lines = new StringBuilder("Colonnade " + Version.current() + "\n\n");
        line(lines, "node", started.name() + " (" + roles(started) + ")");
        line(lines, "cluster", started.cluster() + ", " + members(started.members()));
        started.sites().forEach(url -> line(lines, "site", url));
        started.notReady().forEach(site -> line(lines, "not ready", site));
        line(lines, "admin", started.admin());
        if (!started.dns().isEmpty()) {
            line(lines, "dns", started.dns());
        }
        line(lines, "database", started.database());
        return lines + String.format(Locale.ROOT, "%nready in %.1f s", took.toMillis() / 1000.0);
    }

    /** The same as one JSON object, for programs that read what the node prints. */
    static String json(Started started, Duration took) {
        return new JsonObject()
                .put("version", Version.current())
                .put("node", started.name())
                .put(
                        "roles",
                        new JsonArray(started.roles().stream()
                                .sorted()
                                .map(Role::label)
                                .toList()))
                .put("cluster", started.cluster())
                .put("members", started.members())
                .put("sites", new JsonArray(started.sites()))
                .put("notReady", new JsonArray(started.notReady()))
                .put("admin", started.admin())
                .put("dns", started.dns().isEmpty() ? null : started.dns())
                .put("database", started.database())
                .put("readyMillis", took.toMillis())
                .encode();
    }

    private static void line(StringBuilder lines, String label, String value) {
        lines.append(String.format(Locale.ROOT, "  %-10s%s%n", label, value));
    }

    private static String roles(Started started) {
        return started.roles().stream().sorted().map(Role::label).collect(Collectors.joining(", "));
    }

    private static String members(int count) {
        return count == 1 ? "1 member" : count + " members";
    }
}
