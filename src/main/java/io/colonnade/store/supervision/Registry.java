package io.colonnade.store.supervision;

import io.colonnade.store.server.Server;
import io.vertx.core.Future;
import java.util.Optional;

/** Where the cluster records the embedded server that all its nodes use. */
public interface Registry {
    /** What is recorded. */
    Future<Optional<Server>> recorded();

    /** The name of the node that has recorded it last. */
    Future<String> home();

    /**
     * Records the server, unless one with other data is recorded already: two servers in one cluster would each have half
     * of the data. Completes with what is recorded then.
     */
    Future<Server> claim(Server server);
}
