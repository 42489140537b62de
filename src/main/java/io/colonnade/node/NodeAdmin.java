package io.colonnade.node;

import io.colonnade.admin.AdminServer;
import io.colonnade.admin.Status;
import io.colonnade.cluster.Cluster;
import io.colonnade.cluster.State;
import io.colonnade.core.Address;
import io.colonnade.core.StatusSource;
import io.colonnade.node.settings.StartException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/** The admin port of a node, with what this node shows there. */
final class NodeAdmin {
    private NodeAdmin() {}

    /** Opens the port, or fails with a {@link StartException}. The node's folder tells its URL while the node runs. */
    static Future<Address> open(Prepared node, Vertx vertx, Cluster cluster, List<StatusSource> sources) {
        var port = node.config().adminPort();
        var status = new Status(Version.current(), node.name(), node.config().cluster(), cluster, sources);
        return new AdminServer(vertx, status, cluster::order, node.tokenFile(), () -> isReady(cluster))
                .listen(port)
                .map(AdminServer.Listening::address)
                .compose(address -> vertx.executeBlocking(() -> AdminUrls.write(node.folder().path(), address)))
                .recover(cause -> Future.failedFuture(new StartException(
                        "the admin port " + port + " cannot be opened (" + cause.getMessage()
                                + "); choose another with --admin-port",
                        cause)));
    }

    private static boolean isReady(Cluster cluster) {
        var snapshot = cluster.snapshot();
        return snapshot.member(snapshot.self())
                .filter(self -> self.state() == State.READY)
                .isPresent();
    }
}
