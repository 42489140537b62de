package io.colonnade.store.server;

import io.vertx.core.Future;
import java.util.List;

/** The user's own servers, which never change. */
public record ExternalServers(List<Server> servers) implements ServerSource {
    public static ExternalServers of(Database.External database) {
        var config = database.config();
        var tls = new Tls(config.tls(), config.ca());
        return new ExternalServers(config.hosts().stream()
                .map(host -> new Server(host.toString(), host, config.user(), database.password(), tls))
                .toList());
    }

    @Override
    public String kind() {
        return "external";
    }

    @Override
    public Future<Void> start() {
        return Future.succeededFuture(); // nothing to start: the user runs them
    }

    @Override
    public void stop() {
        // nothing to stop: the user runs them
    }
}
