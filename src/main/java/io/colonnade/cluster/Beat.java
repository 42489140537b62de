package io.colonnade.cluster;

import io.colonnade.core.Address;
import io.colonnade.core.NodeId;
import io.colonnade.core.Role;
import io.colonnade.core.SiteId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One sign of life of a member.
 *
 * @param number rises with every beat of an epoch, so that a late beat never undoes a newer one
 */
record Beat(NodeId from, long epoch, long number, Announcement announcement, Load load, Times times) {
    /**
     * What the sender's clocks showed, in milliseconds since 1970.
     *
     * @param cluster the cluster's time; see {@link ClusterTime}
     * @param wall its own wall clock
     */
    record Times(long cluster, long wall) {}

    Buffer encode() {
        var json = new JsonObject()
                .put("from", from.toString())
                .put("epoch", epoch)
                .put("number", number)
                .put("state", announcement.state().name())
                .put("since", announcement.since().toEpochMilli())
                .put("weight", announcement.weight())
                .put("sites", sites(announcement.sites()))
                .put("admin", announcement.admin().toString())
                .put("presence", presence(announcement.presence()))
                .put("answers", announcement.answers())
                .put("time", times.cluster())
                .put("clock", times.wall())
                .put("served", load.served())
                .put("inFlight", load.inFlight())
                .put("requests", load.requests())
                .put("errors", load.errors())
                .put("selected", selected(load.selected()));
        if (announcement.publicAddress() != null) {
            json.put("public", announcement.publicAddress().toString());
        }
        return json.toBuffer();
    }

    /** @throws RuntimeException if the bytes are no beat */
    static Beat decode(Buffer bytes) {
        var json = new JsonObject(bytes);
        var since = Instant.ofEpochMilli(json.getLong("since"));
        var announcement = new Announcement(
                State.valueOf(json.getString("state")),
                since,
                json.getInteger("weight"),
                sites(json.getJsonArray("sites"), since),
                address(json.getString("public")),
                Address.parse(json.getString("admin"), 0),
                presence(json.getJsonObject("presence")),
                json.getBoolean("answers", true));
        var load = new Load(
                json.getLong("served"),
                json.getInteger("inFlight"),
                json.getLong("requests"),
                json.getLong("errors"),
                selected(json.getJsonObject("selected")));
        return new Beat(
                NodeId.parse(json.getString("from")),
                json.getLong("epoch"),
                json.getLong("number"),
                announcement,
                load,
                new Times(json.getLong("time", 0L), json.getLong("clock", 0L)));
    }

    private static @Nullable Address address(@Nullable String text) {
        return text == null ? null : Address.parse(text, 0);
    }

    private static JsonObject presence(Presence presence) {
        var json = new JsonObject().put("addresses", new JsonArray(presence.addresses()));
        var nameServer = presence.nameServer();
        return nameServer == null
                ? json
                : json.put("dns", nameServer.address().toString())
                        .put("serial", nameServer.serial())
                        .put("content", nameServer.content());
    }

    private static Presence presence(JsonObject json) {
        var addresses =
                json.getJsonArray("addresses").stream().map(String.class::cast).toList();
        var dns = address(json.getString("dns"));
        return new Presence(
                addresses, dns == null ? null : new NameServer(dns, json.getLong("serial"), json.getString("content")));
    }

    private static JsonArray sites(List<HostedSite> sites) {
        var json = new JsonArray();
        sites.forEach(site -> json.add(site(site)));
        return json;
    }

    private static JsonObject site(HostedSite site) {
        var health = site.health();
        var json = new JsonObject()
                .put("name", site.id().name())
                .put("content", site.id().content())
                .put("hosts", new JsonArray(site.hosts()))
                .put("default", site.isDefault())
                .put("state", health.state().name())
                .put("since", health.since().toEpochMilli());
        return health.reason().isEmpty() ? json : json.put("reason", health.reason());
    }

    private static List<HostedSite> sites(JsonArray json, Instant since) {
        return json.stream()
                .map(JsonObject.class::cast)
                .map(site -> site(site, since))
                .toList();
    }

    /** @param since when the sites of a node of a version before, which does not tell their health, count as ready */
    private static HostedSite site(JsonObject json, Instant since) {
        var id = new SiteId(json.getString("name"), json.getString("content"));
        var hosts = json.getJsonArray("hosts").stream().map(String.class::cast).toList();
        var health = new SiteHealth(
                SiteHealth.State.valueOf(json.getString("state", SiteHealth.State.READY.name())),
                Instant.ofEpochMilli(json.getLong("since", since.toEpochMilli())),
                json.getString("reason", ""));
        return new HostedSite(id, hosts, json.getBoolean("default", false), health);
    }

    private static JsonObject selected(Map<Role, Map<NodeId, Integer>> selected) {
        var json = new JsonObject();
        selected.forEach((role, counts) -> {
            var members = new JsonObject();
            counts.forEach((member, count) -> members.put(member.toString(), count));
            json.put(role.name(), members);
        });
        return json;
    }

    private static Map<Role, Map<NodeId, Integer>> selected(JsonObject json) {
        var selected = new EnumMap<Role, Map<NodeId, Integer>>(Role.class);
        for (var role : json.fieldNames()) {
            var members = json.getJsonObject(role);
            var counts = new HashMap<NodeId, Integer>();
            members.fieldNames().forEach(member -> counts.put(NodeId.parse(member), members.getInteger(member)));
            selected.put(Role.valueOf(role), Map.copyOf(counts));
        }
        return Map.copyOf(selected);
    }
}
