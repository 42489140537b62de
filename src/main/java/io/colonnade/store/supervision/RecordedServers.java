package io.colonnade.store.supervision;

import io.colonnade.store.server.Server;
import io.colonnade.store.server.ServerSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The servers of the nodes with the role {@code db}, as the cluster has recorded them; for a node that runs no server. */
public final class RecordedServers implements ServerSource {
    private static final long PACE_MS = 500;

    private final Vertx vertx;
    private final String kind;
    private final String problemWithout;
    private final Supplier<Future<Optional<List<Server>>>> recorded;
    private volatile List<Server> servers = List.of();
    private long timer = -1;

    /**
     * @param kind as the status shows it
     * @param problemWithout the problem to report while no server is recorded; may be empty
     * @param recorded asks the cluster; gives empty if nothing is recorded
     */
    public RecordedServers(
            Vertx vertx, String kind, String problemWithout, Supplier<Future<Optional<List<Server>>>> recorded) {
        this.vertx = vertx;
        this.kind = kind;
        this.problemWithout = problemWithout;
        this.recorded = recorded;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Future<Void> start() {
        timer = vertx.setPeriodic(0, PACE_MS, id -> read());
        return Future.succeededFuture();
    }

    /** Reads the record. The servers read last stay in use while the cluster does not answer. */
    private void read() {
        recorded.get().onSuccess(found -> servers = found.orElse(servers));
    }

    @Override
    public List<Server> servers() {
        return servers;
    }

    @Override
    public String problem() {
        return servers.isEmpty() ? problemWithout : "";
    }

    @Override
    public void stop() {
        vertx.cancelTimer(timer);
    }
}
