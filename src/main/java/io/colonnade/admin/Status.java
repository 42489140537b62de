package io.colonnade.admin;

import io.colonnade.cluster.HostedSite;
import io.colonnade.cluster.Member;
import io.colonnade.cluster.Membership;
import io.colonnade.core.Role;
import io.colonnade.core.StatusSource;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The document that {@code GET /status} returns.
 *
 * @param version the version of the software
 * @param node this node's name
 * @param cluster the cluster's name
 * @param sources each adds an object under its own name; the object of the source {@code cluster} is merged with the
 *     cluster's name
 */
public record Status(String version, String node, String cluster, Membership membership, List<StatusSource> sources) {

    /** The site of that name as this node has it. */
    Optional<HostedSite> ownSite(String name) {
        var snapshot = membership.snapshot();
        return snapshot.member(snapshot.self()).stream()
                .flatMap(self -> self.sites().stream())
                .filter(site -> site.id().name().equals(name))
                .findFirst();
    }

    boolean hasMember(String name) {
        return membership.snapshot().named(name).isPresent();
    }

    JsonObject json() {
        var json = new JsonObject()
                .put("version", version)
                .put("node", node)
                .put("cluster", new JsonObject().put("name", cluster))
                .put("members", members());
        sources.forEach(source -> add(json, source));
        return json;
    }

    private static void add(JsonObject json, StatusSource source) {
        json.put(
                source.name(),
                json.getJsonObject(source.name(), new JsonObject()).mergeIn(source.status()));
    }

    private JsonArray members() {
        var members = new JsonArray();
        membership.snapshot().members().stream().map(Status::member).forEach(members::add);
        return members;
    }

    private static JsonObject member(Member member) {
        var publicAddress = member.publicAddress();
        var nameServer = member.presence().nameServer();
        return new JsonObject()
                .put("name", member.name())
                .put("id", member.id().toString())
                .put("epoch", member.epoch())
                .put(
                        "roles",
                        new JsonArray(member.roles().stream()
                                .sorted()
                                .map(Role::label)
                                .toList()))
                .put("state", member.state().label())
                .put("since", member.since().toString())
                .put("heard", member.heard())
                .put("answers", member.answers())
                .put("weight", member.weight())
                .put("load", member.load().inFlight())
                .put("served", member.load().served())
                .put("requests", member.load().requests())
                .put("errors", member.load().errors())
                .put("lanes", member.lanes())
                .put("public", publicAddress == null ? null : publicAddress.toString())
                .put("admin", member.admin().toString())
                .put("addresses", new JsonArray(member.presence().addresses()))
                .put("dns", nameServer == null ? null : nameServer.address().toString())
                .put(
                        "sites",
                        new JsonArray(member.sites().stream().map(Status::site).toList()))
                .put("version", member.version());
    }

    private static JsonObject site(HostedSite site) {
        var health = site.health();
        return new JsonObject()
                .put("name", site.id().name())
                .put("state", health.state().label())
                .put("since", health.since().toString())
                .put("reason", health.reason().isEmpty() ? null : health.reason());
    }
}
