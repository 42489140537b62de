package io.colonnade.store;

import io.vertx.core.Future;
import java.util.Optional;

/** The user's own server: always the same. */
record ExternalServer(Database.External database) implements ServerSource {
    @Override
    public String kind() {
        return "external";
    }

    @Override
    public Future<Void> start() {
        return Future.succeededFuture(); // it is there, or not, without us
    }

    @Override
    public Optional<Server> server() {
        var url = database.url();
        return Optional.of(new Server(url.toString(), url.address(), url.user(), database.password()));
    }

    @Override
    public void stop() {
        // it outlives us
    }

    @Override
    public void halt() {
        // it outlives us
    }
}
