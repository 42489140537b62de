package io.colonnade.node;

import io.colonnade.admin.TokenFile;
import io.colonnade.app.SiteException;
import io.colonnade.app.Sites;
import io.colonnade.balancer.PortException;
import io.colonnade.balancer.PublicPort;
import io.colonnade.cluster.Cluster;
import io.colonnade.cluster.ClusterException;
import io.colonnade.cluster.LocalNode;
import io.colonnade.core.Protocol;
import io.colonnade.core.Role;
import io.colonnade.dns.DnsTier;
import io.colonnade.dns.ListenException;
import io.colonnade.dns.ZoneException;
import io.colonnade.node.lane.EventLoops;
import io.colonnade.node.settings.ConfigSource;
import io.colonnade.node.settings.NodeConfig;
import io.colonnade.node.settings.NodeSecrets;
import io.colonnade.node.settings.Reach;
import io.colonnade.node.settings.StartException;
import io.colonnade.security.AdminToken;
import io.colonnade.security.SecretException;
import io.colonnade.store.server.StoreException;
import io.colonnade.telemetry.Logging;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.file.FileSystemOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** The first half of a node's start: its folder, its place in the cluster, and Vert.x on top of that. */
final class Startup {
    /** The exceptions whose messages say what happened and what to do. */
    private static final Set<Class<? extends RuntimeException>> EXPLAINED = Set.of(
            ClusterException.class,
            PortException.class,
            SecretException.class,
            SiteException.class,
            StoreException.class,
            ZoneException.class,
            ListenException.class);

    private final NodeConfig config;
    private final Optional<ConfigSource> source;
    private final Teardown teardown = new Teardown();

    Startup(NodeConfig config, Optional<ConfigSource> source) {
        this.config = config;
        this.source = source;
    }

    /**
     * Starts the node. Blocks while the node looks for others.
     *
     * @param ended completes when the start is to be ended, if it ever is
     * @param started completes with the node; fails, also while this method blocks, when what was begun is undone
     */
    void run(Future<Void> ended, Promise<Colonnade> started) {
        ended.onSuccess(asked -> undo(new StartException("the start was ended before the node was ready"), started));
        try {
            join(prepare(), ended::isComplete).onSuccess(started::tryComplete).onFailure(cause -> undo(cause, started));
        } catch (RuntimeException refused) {
            undo(refused, started);
        }
    }

    private Prepared prepare() {
        var folder = NodeFolder.claim(Path.of(config.data()), config.name(), RandomGenerator.getDefault());
        teardown.addBlocking("the node's folder", folder::close);
        var secrets = NodeSecrets.of(config);
        Logging.configure(config.logFormat(), config.logLevel(), folder.name());
        NodeArchives.open(config.sites()).close(); // a wrong jar is refused by the name that the user knows
        check(folder);
        var copies = new JarCopies(folder.path().resolve("jars")).of(config.sites());
        var archives = NodeArchives.open(copies);
        teardown.addBlocking("the sites' archives", archives::close);
        return new Prepared(config, source, folder, secrets, tokenFile(folder), archives, teardown);
    }

    /** What can be known to fail before anything is started: ports, zones, and the sites' code and files. */
    private void check(NodeFolder folder) {
        var roles = config.roles();
        if (roles.contains(Role.BALANCER)) {
            PublicPort.check(Reach.publicPort(config), config.cluster());
        }
        NodeAdmin.check(config.adminPort());
        Cluster.checkPort(self(config.name()));
        if (roles.contains(Role.DNS)) {
            DnsTier.check(config.dns(), Reach.nameServerAddresses(config), config.dnsPort());
        }
        if (roles.contains(Role.WEB)) {
            NodeArchives.checkWebroots(config.sites());
        }
        if (roles.contains(Role.APP)) {
            Sites.check(config.sites(), folder.libraries());
        }
    }

    private TokenFile tokenFile(NodeFolder folder) {
        var configured = config.adminTokenFile();
        var path = configured.isEmpty() ? folder.path().resolve("admin.token") : Path.of(configured);
        return new TokenFile(path.toAbsolutePath(), AdminToken.readOrMake(path, new SecureRandom()));
    }

    private void undo(Throwable cause, Promise<Colonnade> started) {
        if (!started.future().isComplete()) {
            teardown.run().onComplete(undone -> started.tryFail(explained(cause)));
        }
    }

    private static Throwable explained(Throwable cause) {
        if (cause instanceof InvalidPathException) {
            return new StartException(
                    cause.getMessage() + "; if that is the name of a file, start the node with LC_ALL=C.UTF-8", cause);
        }
        return EXPLAINED.stream().anyMatch(type -> type.isInstance(cause))
                ? new StartException(String.valueOf(cause.getMessage()), cause)
                : cause;
    }

    private Future<Colonnade> join(Prepared node, BooleanSupplier ended) {
        var cluster = Cluster.join(config.clustering(), self(node.name()), node.secrets(), ended);
        teardown.addBlocking("the membership", cluster::leave);
        knownClusters().add(config.cluster());
        var bus = BusSettings.of(config, node.secrets(), cluster.port());
        return Vertx.builder()
                .with(vertxOptions(bus))
                .withClusterManager(cluster.clusterManager())
                .buildClustered()
                .compose(vertx -> {
                    teardown.add("Vert.x", vertx::close);
                    return new Assembly(node, cluster, vertx, bus).run();
                });
    }

    private LocalNode self(String name) {
        var clusterPort = config.clusterPort();
        return new LocalNode(
                name,
                config.cluster(),
                config.roles(),
                config.weight(),
                lanes(),
                Version.current(),
                Protocol.CURRENT,
                config.bind(),
                clusterPort.orNext() ? 0 : clusterPort.number(),
                config.join(),
                config.join().isEmpty() || config.found() || knownClusters().has(config.cluster()));
    }

    private KnownClusters knownClusters() {
        return KnownClusters.in(Path.of(config.data()));
    }

    private int lanes() {
        return config.lanes() > 0 ? config.lanes() : Runtime.getRuntime().availableProcessors();
    }

    private VertxOptions vertxOptions(EventBusOptions bus) {
        return new VertxOptions()
                .setEventLoopPoolSize(EventLoops.needed(lanes()))
                .setPreferNativeTransport(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false))
                .setEventBusOptions(bus);
    }
}
