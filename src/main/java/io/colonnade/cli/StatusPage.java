package io.colonnade.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The answer of {@code GET /status} as people read it.
 *
 * @param status what the node that was asked told
 * @param others asks another member at its admin address: streams are counted by each member itself
 */
record StatusPage(JsonObject status, Function<String, Optional<JsonObject>> others) {
    private static final List<String> HEADING =
            List.of("NAME", "ROLES", "STATE", "WEIGHT", "LOAD", "SERVED", "STREAMS");

    String text() {
        var rows = new ArrayList<List<String>>(List.of(HEADING));
        objects(status.getJsonArray("members", new JsonArray())).forEach(member -> rows.add(row(member)));
        return "cluster   " + part("cluster").getString("name") + "\n"
                + "version   " + status.getString("version") + "\n"
                + "database  " + database() + "\n"
                + names() + "\n"
                + Table.of(rows);
    }

    private List<String> row(JsonObject member) {
        var roles = member.getJsonArray("roles", new JsonArray()).stream().map(String::valueOf);
        return List.of(
                member.getString("name", "?"),
                roles.collect(Collectors.joining(",")),
                member.getBoolean("heard", true) ? member.getString("state", "?") : "silent",
                String.valueOf(member.getValue("weight", "?")),
                String.valueOf(member.getValue("load", "?")),
                String.valueOf(member.getValue("served", "?")),
                streams(member));
    }

    private String streams(JsonObject member) {
        var itself = member.getString("name", "").equals(status.getString("node"));
        var told = itself ? Optional.of(status) : others.apply(member.getString("admin", ""));
        return told.map(json ->
                        json.getJsonObject("transport", new JsonObject()).getJsonArray("lanes"))
                .map(lanes -> objects(lanes).stream()
                        .mapToLong(lane -> lane.getLong("streams", 0L))
                        .sum())
                .map(String::valueOf)
                .orElse("-");
    }

    private String database() {
        var database = part("database");
        var facts = Stream.of("kind", "address", "version", "state", "problem")
                .map(key -> Objects.requireNonNullElse(database.getString(key), ""))
                .filter(fact -> !fact.isEmpty())
                .collect(Collectors.joining(", "));
        return facts.isEmpty() ? "-" : facts;
    }

    /** A line for each zone: its serial, and what is answered for the sites' hosts. */
    private String names() {
        var dns = part("dns");
        return objects(dns.getJsonArray("zones", new JsonArray())).stream()
                .map(zone -> "dns       " + zone.getString("name") + ", serial " + zone.getValue("serial")
                        + answers(zone.getJsonObject("answers", new JsonObject())) + "\n")
                .collect(Collectors.joining());
    }

    /** Hosts that have the same addresses are told together. */
    private static String answers(JsonObject answers) {
        var hosts = new LinkedHashMap<String, List<String>>();
        answers.forEach(answer -> hosts.computeIfAbsent(
                        ((JsonArray) answer.getValue())
                                .stream().map(String::valueOf).collect(Collectors.joining(" ")),
                        first -> new ArrayList<>())
                .add(answer.getKey()));
        return hosts.entrySet().stream()
                .map(entry -> ", " + String.join(" ", entry.getValue()) + " at " + entry.getKey())
                .collect(Collectors.joining());
    }

    private JsonObject part(String name) {
        return status.getJsonObject(name, new JsonObject());
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }
}
