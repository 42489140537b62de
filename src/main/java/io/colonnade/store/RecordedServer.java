package io.colonnade.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/** The embedded server that the cluster has recorded: for a node that may not run one itself. */
final class RecordedServer implements ServerSource {
    private static final long PACE_MS = 500;

    private final Vertx vertx;
    private final Registry registry;
    private volatile Optional<Server> server = Optional.empty();
    private long timer = -1;

    RecordedServer(Vertx vertx, Registry registry) {
        this.vertx = vertx;
        this.registry = registry;
    }

    @Override
    public String kind() {
        return "embedded";
    }

    @Override
    public Future<Void> start() {
        timer = vertx.setPeriodic(0, PACE_MS, id -> read());
        return Future.succeededFuture();
    }

    /** What was recorded once stays in use while the cluster has no answer. */
    private void read() {
        registry.recorded().onSuccess(recorded -> server = recorded.or(() -> server));
    }

    @Override
    public List<Server> servers() {
        return server.stream().toList();
    }

    @Override
    public void stop() {
        halt();
    }

    @Override
    public void halt() {
        vertx.cancelTimer(timer);
    }
}
