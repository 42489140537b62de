package io.colonnade.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The answer of {@code GET /status} in a form for people. */
final class StatusPage {
    private static final List<String> HEADING =
            List.of("NAME", "ROLES", "STATE", "FOR", "WEIGHT", "LOAD", "SERVED", "ERRORS", "STREAMS");

    private static final List<String> SITES_HEADING = List.of("SITE", "NODE", "STATE", "FOR", "DB CONNS", "REASON");

    /** The requests that a member's public port takes, and the exchanges that its sites answer. */
    private static final List<String> RATES = List.of("REQ/S", "SERVED/S");

    private final JsonObject status;
    private final Instant now;
    private final List<Told> members;

    /**
     * @param member the member as the asked node sees it
     * @param itself the member's own answer, if there is one
     */
    private record Told(JsonObject member, Optional<JsonObject> itself) {
        String name() {
            return member.getString("name", "?");
        }

        JsonObject part(String name) {
            return itself.map(json -> json.getJsonObject(name)).orElseGet(JsonObject::new);
        }
    }

    /**
     * @param status the answer of the asked node
     * @param others asks another member at its admin address, because only that member tells its streams and its configuration
     * @param now the present, which tells how long states have lasted
     */
    StatusPage(JsonObject status, Function<String, Optional<JsonObject>> others, Instant now) {
        this.status = status;
        this.now = now;
        this.members = objects(status.getJsonArray("members", new JsonArray())).stream()
                .map(member -> new Told(member, itself(member, others)))
                .toList();
    }

    /** A silent member is not asked, because waiting for its answer would delay the page. */
    private Optional<JsonObject> itself(JsonObject member, Function<String, Optional<JsonObject>> others) {
        if (member.getString("name", "").equals(status.getString("node"))) {
            return Optional.of(status);
        }
        return member.getBoolean("heard", true) ? others.apply(member.getString("admin", "")) : Optional.empty();
    }

    /** @param rates the values for the columns that need several looks; empty to leave these columns out */
    String text(Optional<Rates> rates) {
        var rows = new ArrayList<List<String>>();
        rows.add(joined(HEADING, rates.map(known -> RATES)));
        members.forEach(member -> rows.add(joined(row(member), rates.map(known -> rates(known, member)))));
        return "cluster   " + part("cluster").getString("name") + "\n"
                + "version   " + status.getString("version") + "\n"
                + "database  " + database() + "\n"
                + names()
                + clocks()
                + members.stream()
                        .flatMap(StatusPage::config)
                        .map("config    %s\n"::formatted)
                        .collect(Collectors.joining())
                + "\n"
                + Table.of(rows)
                + sites();
    }

    /** A row for each site on each member; nothing if there are none. */
    private String sites() {
        var rows = members.stream()
                .flatMap(told -> sites(told.member()).map(site -> row(site, told)))
                .sorted(Comparator.comparing(row -> row.get(0)))
                .toList();
        return rows.isEmpty() ? "" : "\n\n" + Table.of(joined(List.of(SITES_HEADING), rows));
    }

    /** Nothing for a member that only knows the hosts of sites. */
    private static Stream<JsonObject> sites(JsonObject member) {
        var runsSites = strings(member, "roles").anyMatch(role -> role.equals("web") || role.equals("app"));
        return runsSites ? objects(member.getJsonArray("sites", new JsonArray())).stream() : Stream.empty();
    }

    private List<String> row(JsonObject site, Told told) {
        return List.of(
                site.getString("name", "?"),
                told.name(),
                site.getString("state", "?"),
                age(site),
                connections(site.getString("name", "?"), told),
                Objects.requireNonNullElse(site.getString("reason"), ""));
    }

    /** The connections to the database that the site has on the member; only the member tells them. */
    private static String connections(String site, Told told) {
        var held = told.part("database")
                .getJsonObject("sites", new JsonObject())
                .getJsonObject(site, new JsonObject())
                .getInteger("connections");
        return held == null ? "?" : held.toString();
    }

    /** A line for each member whose wall clock is not this one's. */
    private String clocks() {
        var ahead = part("cluster").getJsonObject("clocksAhead", new JsonObject());
        return ahead.fieldNames().stream()
                .sorted()
                .map(member -> clock(member, ahead.getDouble(member)))
                .collect(Collectors.joining());
    }

    private static String clock(String member, double ahead) {
        return "clocks    %s is %s s %s the asked node; set the clocks by NTP\n"
                .formatted(member, Math.abs(ahead), ahead > 0 ? "ahead of" : "behind");
    }

    private static List<String> joined(List<String> cells, Optional<List<String>> more) {
        return joined(cells, more.orElse(List.of()));
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static List<String> rates(Rates rates, Told told) {
        return List.of(rates.perSecond(told.name(), "requests"), rates.perSecond(told.name(), "served"));
    }

    private List<String> row(Told told) {
        var member = told.member();
        var roles = member.getJsonArray("roles", new JsonArray()).stream().map(String::valueOf);
        return List.of(
                told.name(),
                roles.collect(Collectors.joining(",")),
                state(told),
                age(member),
                String.valueOf(member.getValue("weight", "?")),
                String.valueOf(member.getValue("load", "?")),
                String.valueOf(member.getValue("served", "?")),
                String.valueOf(member.getValue("errors", "?")),
                streams(told));
    }

    private static String state(Told told) {
        var member = told.member();
        if (!member.getBoolean("heard", true)) {
            return "silent";
        }
        if (told.part("descriptors").getBoolean("full", false)) {
            return "full";
        }
        return member.getBoolean("answers", true) ? member.getString("state", "?") : "stalled";
    }

    /** How long the member or site has been in its state, such as {@code 5m}: in the largest unit of which that time has at least one. */
    private String age(JsonObject stated) {
        var since = stated.getInstant("since");
        if (since == null) {
            return "?";
        }
        var age = Duration.between(since, now);
        if (age.toDays() > 0) {
            return age.toDays() + "d";
        }
        if (age.toHours() > 0) {
            return age.toHours() + "h";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + "m" : Math.max(0, age.toSeconds()) + "s";
    }

    private static String streams(Told told) {
        return Optional.ofNullable(told.part("transport").getJsonArray("lanes"))
                .map(lanes -> objects(lanes).stream()
                        .mapToLong(lane -> lane.getLong("streams", 0L))
                        .sum())
                .map(String::valueOf)
                .orElse("-");
    }

    /** The problems of a member's configuration file, and the keys that need a restart; nothing if all of the file is in use. */
    private static Stream<String> config(Told told) {
        var config = told.part("config");
        var file = told.name() + ": " + config.getString("file");
        var refused = strings(config, "problems").map(problem -> file + " is refused: " + problem);
        var waiting = strings(config, "needRestart").map(key -> file + ": " + key + " needs a restart");
        var jars = objects(told.part("jars").getJsonArray("changed", new JsonArray())).stream()
                .map(jar -> told.name() + ": " + jar.getString("file") + " was " + jar.getString("is")
                        + " and needs a restart");
        return Stream.concat(Stream.concat(refused, waiting), jars);
    }

    private String database() {
        var database = part("database");
        var facts = Stream.of("kind", "address", "version", "state", "problem")
                .map(key -> Objects.requireNonNullElse(database.getString(key), ""))
                .filter(fact -> !fact.isEmpty())
                .collect(Collectors.joining(", "));
        return facts.isEmpty() ? "-" : facts;
    }

    /** A line for each zone, with its serial and the addresses of the sites' hosts. */
    private String names() {
        var dns = part("dns");
        return objects(dns.getJsonArray("zones", new JsonArray())).stream()
                .map(zone -> "dns       " + zone.getString("name") + ", serial " + zone.getValue("serial")
                        + answers(zone.getJsonObject("answers", new JsonObject())) + "\n")
                .collect(Collectors.joining());
    }

    /** Hosts that have the same addresses share one entry. */
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

    private static Stream<String> strings(JsonObject json, String key) {
        return json.getJsonArray(key, new JsonArray()).stream().map(String::valueOf);
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }
}
