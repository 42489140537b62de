package io.colonnade.store.galera;

import io.colonnade.core.Address;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a node with the role {@code db} tells the others of its server.
 *
 * @param identity of the server's directory, fresh when that was made
 * @param node the node's name
 * @param address for clients
 * @param group where the members find one another
 * @param phase what the server does
 * @param state what it has; the position is known only of one that is stopped
 * @param known who may have what this one has or more, itself among them: node names by identity
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
        /** It was told to start, and may run on even if its node has died. */
        STARTED,
        /** It takes part in a cluster that can decide. */
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

    /** Texts by their keys. */
    static Map<String, String> names(JsonObject json) {
        var names = new TreeMap<String, String>();
        json.forEach(entry -> names.put(entry.getKey(), String.valueOf(entry.getValue())));
        return names;
    }
}
