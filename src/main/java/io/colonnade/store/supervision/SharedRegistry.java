package io.colonnade.store.supervision;

import io.colonnade.cluster.SharedMap;
import io.colonnade.store.server.Server;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The record in a map of the cluster. It stays for as long as the cluster lives, and is never given to other data.
 *
 * @param node this node's name
 */
public record SharedRegistry(SharedMap map, String node) implements Registry {
    private static final String KEY = "server";
    private static final String NODE = "node";

    @Override
    public Future<Optional<Server>> recorded() {
        return map.read(KEY).map(value -> Optional.ofNullable(value).map(Server::parse));
    }

    @Override
    public Future<String> home() {
        return map.read(KEY)
                .map(value -> value == null ? "" : value.toJsonObject().getString(NODE));
    }

    @Override
    public Future<Server> claim(Server server) {
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
