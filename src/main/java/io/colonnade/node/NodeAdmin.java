package io.colonnade.node;

import io.colonnade.admin.AdminServer;
import io.colonnade.admin.Status;
import io.colonnade.cluster.Cluster;
import io.colonnade.cluster.State;
import io.colonnade.config.Port;
import io.colonnade.core.Address;
import io.colonnade.core.BindTrial;
import io.colonnade.core.StatusSource;
import io.colonnade.node.settings.StartException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;

/** The admin port of a node, with what this node shows there. */
final class NodeAdmin {
    private NodeAdmin() {}

    /** Tries whether the port can be had, unless the next free one will do. Throws a {@link StartException} if it cannot. */
    static void check(Port port) {
        try {
            if (!port.orNext()) {
                BindTrial.tcp(new Address(AdminServer.LOOPBACK, port.number()), false);
            }
        } catch (IOException refused) {
            throw cannotBeOpened(port, refused);
        }
    }

    private static StartException cannotBeOpened(Port port, Throwable cause) {
        return new StartException(
                "the admin port " + port + " cannot be opened (" + cause.getMessage()
                        + "); choose another with --admin-port" + BindTrial.hint(port.number()),
                cause);
    }

    /** Opens the port, or fails with a {@link StartException}. The node's folder tells its URL while the node runs. */
    static Future<Address> open(Prepared node, Vertx vertx, Cluster cluster, List<StatusSource> sources) {
        var port = node.config().adminPort();
        var status = new Status(Version.current(), node.name(), node.config().cluster(), cluster, sources);
        return new AdminServer(vertx, status, cluster::order, node.tokenFile(), () -> isReady(cluster))
                .listen(port)
                .map(AdminServer.Listening::address)
                .compose(address -> vertx.executeBlocking(
                        () -> AdminUrls.write(node.folder().path(), address)))
                .recover(cause -> Future.failedFuture(cannotBeOpened(port, cause)));
    }

    private static boolean isReady(Cluster cluster) {
        var snapshot = cluster.snapshot();
        return snapshot.member(snapshot.self())
                .filter(self -> self.state() == State.READY && self.answers())
                .isPresent();
    }
}
