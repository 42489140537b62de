package io.colonnade;

import io.colonnade.admin.AdminServer;
import io.colonnade.admin.Status;
import io.colonnade.cluster.Snapshot;
import io.colonnade.core.Address;
import io.colonnade.core.NodeId;
import io.colonnade.core.Role;
import io.colonnade.telemetry.Logging;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** A running node. */
public final class Colonnade {
    /**
     * What has been started.
     *
     * @param members how many members the cluster has, this node among them
     * @param sites the URLs of its sites
     * @param admin the URL of the admin port
     * @param database what the database is, in words
     */
    public record Started(
            String name,
            Set<Role> roles,
            String cluster,
            int members,
            List<String> sites,
            String admin,
            String database) {}

    private final Vertx vertx;
    private final NodeFolder folder;
    private final Started info;

    private Colonnade(Vertx vertx, NodeFolder folder, Started info) {
        this.vertx = vertx;
        this.folder = folder;
        this.info = info;
    }

    /** Starts a node; blocks on the disk for a moment. Fails with {@link StartException}, and then nothing of it is left. */
    public static Future<Colonnade> start(NodeConfig config) {
        try {
            return start(config, NodeFolder.claim(Path.of(config.data()), config.name(), RandomGenerator.getDefault()));
        } catch (StartException refused) {
            return Future.failedFuture(refused);
        }
    }

    private static Future<Colonnade> start(NodeConfig config, NodeFolder folder) {
        Logging.configure(config.logFormat(), config.logLevel(), folder.name());
        var vertx = Vertx.vertx();
        var self = new Snapshot(new NodeId(UUID.randomUUID()), List.of());
        var status = new Status(Version.current(), folder.name(), config.cluster(), new Alone(self), List.of());
        return new AdminServer(vertx, status, (member, draining) -> Future.succeededFuture(), () -> true)
                .listen(config.adminPort())
                .map(admin -> new Colonnade(vertx, folder, started(config, folder, admin.address())))
                .recover(failure ->
                        undo(vertx, folder).transform(done -> Future.failedFuture(portTaken(config, failure))));
    }

    private static StartException portTaken(NodeConfig config, Throwable failure) {
        return new StartException(
                "the admin port " + config.adminPort() + " cannot be opened (" + failure.getMessage()
                        + "); choose another with --admin-port",
                failure);
    }

    private static Started started(NodeConfig config, NodeFolder folder, Address admin) {
        return new Started(
                folder.name(), config.roles(), config.cluster(), 1, List.of(), "http://" + admin, config.database());
    }

    public Started info() {
        return info;
    }

    /** Stops gracefully: drains, then stops. */
    public Future<Void> stop() {
        return undo(vertx, folder);
    }

    /** Stops at once; to be followed by the end of the process. */
    public void halt() {
        close(folder);
    }

    private static Future<Void> undo(Vertx vertx, NodeFolder folder) {
        return vertx.close().eventually(() -> {
            close(folder);
            return Future.succeededFuture();
        });
    }

    private static void close(NodeFolder folder) {
        try {
            folder.close();
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
