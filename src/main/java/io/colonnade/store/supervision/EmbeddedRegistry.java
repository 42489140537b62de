package io.colonnade.store.supervision;

import io.colonnade.cluster.SharedMap;
import io.colonnade.store.server.Server;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's record of the embedded server that all its nodes use, in a shared map. The record stays as long as the cluster
 * lives, and never passes to other data.
 *
 * @param node this node's name
 */
public record EmbeddedRegistry(SharedMap map, String node) {
    private static final String KEY = "server";
    private static final String NODE = "node";

    /** The recorded server; empty if there is none yet. */
    public Future<Optional<Server>> recorded() {
        return map.read(KEY).map(value -> Optional.ofNullable(value).map(Server::parse));
    }

    /** The name of the node that recorded the server last; empty if there is no record. */
    Future<String> home() {
        return map.read(KEY)
                .map(value -> value == null ? "" : value.toJsonObject().getString(NODE));
    }

    /**
     * Records the server, unless a server with other data is recorded already: of two servers in one cluster, each would have
     * half of the data. Completes with the server that is recorded then.
     */
    Future<Server> claim(Server server) {
        return map.update(KEY, present -> foreign(present, server) ? present : record(server))
                .map(value -> Server.parse(Objects.requireNonNull(value)));
    }

    private Buffer record(Server server) {
        return server.toBuffer().toJsonObject().put(NODE, node).toBuffer();
    }

    private static boolean foreign(@Nullable Buffer present, Server server) {
        return present != null && !Server.parse(present).sameDataAs(server);
    }
}
