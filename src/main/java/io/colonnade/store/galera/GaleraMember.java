package io.colonnade.store.galera;

import io.colonnade.core.Address;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/**
 * A node's report of its Galera server to the other nodes.
 *
 * @param identity of the server's directory, made with the directory
 * @param node the node's name
 * @param address for clients
 * @param group the address for other members
 * @param phase what the server does
 * @param state what the server has; the position is known only of a stopped server
 * @param known the members that may have what this one has or more, itself included: node names by identity
 */
record GaleraMember(
        String identity,
        String node,
        Address address,
        Address group,
        Phase phase,
        GaleraState state,
        Map<String, String> known) {

    enum Phase {
        STOPPED,
        /** The server was started, and may still run even if its node has died. */
        STARTED,
        /** The server takes part in a cluster that can decide. */
        PRIMARY
    }

    GaleraMember {
        known = Map.copyOf(known);
    }

    GaleraMember in(Phase newPhase) {
        return new GaleraMember(identity, node, address, group, newPhase, state, known);
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("identity", identity)
                .put("node", node)
                .put("address", address.toString())
                .put("group", group.toString())
                .put("phase", phase.name())
                .put("cluster", state.cluster())
                .put("seqno", state.seqno())
                .put("safe", state.safe())
                .put("known", JsonObject.mapFrom(new TreeMap<>(known)));
    }

    static GaleraMember parse(JsonObject json) {
        return new GaleraMember(
                json.getString("identity"),
                json.getString("node"),
                Address.parse(json.getString("address"), 0),
                Address.parse(json.getString("group"), 0),
                Phase.valueOf(json.getString("phase")),
                new GaleraState(json.getString("cluster"), json.getLong("seqno"), json.getBoolean("safe")),
                names(json.getJsonObject("known")));
    }

    /** The entries of an object as texts. */
    static Map<String, String> names(JsonObject json) {
        var names = new TreeMap<String, String>();
        json.forEach(entry -> names.put(entry.getKey(), String.valueOf(entry.getValue())));
        return names;
    }
}
