package io.colonnade.store;

import io.colonnade.cluster.SharedMap;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/** The servers of the Galera cluster that the nodes with the role {@code db} run: for a node that runs none. */
final class RecordedMembers implements ServerSource {
    private static final long PACE_MS = 500;

    private final Vertx vertx;
    private final SharedMap map;
    private final Database.Account account;
    private volatile List<Server> servers = List.of();
    private long timer = -1;

    RecordedMembers(Vertx vertx, SharedMap map, Database.Account account) {
        this.vertx = vertx;
        this.map = map;
        this.account = account;
    }

    @Override
    public String kind() {
        return "galera";
    }

    @Override
    public Future<Void> start() {
        timer = vertx.setPeriodic(0, PACE_MS, id -> read());
        return Future.succeededFuture();
    }

    /** What was recorded once stays in use while the cluster has no answer. */
    private void read() {
        map.read(GaleraSupervision.KEY).onSuccess(recorded -> {
            if (recorded != null) {
                servers = GaleraMembers.parse(recorded).servers(account);
            }
        });
    }

    @Override
    public List<Server> servers() {
        return servers;
    }

    @Override
    public String problem() {
        return servers.isEmpty() ? "no node with the role db has told of its server yet" : "";
    }

    @Override
    public void stop() {
        vertx.cancelTimer(timer);
    }
}
