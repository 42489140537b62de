package io.colonnade.node;

import io.colonnade.cluster.Cluster;
import io.colonnade.core.Role;
import io.colonnade.node.settings.BindAddress;
import io.colonnade.node.settings.ConfigSource;
import io.colonnade.node.settings.NodeConfig;
import io.colonnade.node.settings.StartException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A running node. */
public final class Colonnade {
    /**
     * What has been started.
     *
     * @param members the number of members in the cluster, this node included
     * @param sites the URLs of the node's sites
     * @param notReady the sites that have not started, and why; they start when they can
     * @param admin the URL of the admin port
     * @param dns the address of the name server; empty without the role
     * @param database the kind and the address of the database, in words
     */
    public record Started(
            String name,
            Set<Role> roles,
            String cluster,
            int members,
            List<String> sites,
            List<String> notReady,
            String admin,
            String dns,
            String database) {}

    private final Started info;
    private final Cluster cluster;
    private final Draining draining;
    private final Future<Void> stopAsked;
    private final Teardown teardown;

    Colonnade(Started info, Cluster cluster, Draining draining, Future<Void> stopAsked, Teardown teardown) {
        this.info = info;
        this.cluster = cluster;
        this.draining = draining;
        this.stopAsked = stopAsked;
        this.teardown = teardown;
    }

    /**
     * Starts a node; completes when the node is ready. Fails with {@link StartException}, and then nothing of the node is left.
     *
     * @param ended completes when the start is to be ended, if it ever is. The start then fails as soon as what it has begun is undone
     */
    public static Future<Colonnade> start(NodeConfig config, Future<Void> ended) {
        return start(config, Optional.empty(), ended);
    }

    /**
     * Starts a node as {@link #start(NodeConfig, Future)} does, and watches a file. A second after the file is written, the
     * settings that a running node can change are applied. A file with an error is refused as a whole, and {@code /status} says so.
     */
    public static Future<Colonnade> start(ConfigSource source, Future<Void> ended) {
        return start(source.started(), Optional.of(source), ended);
    }

    /** On a thread of its own, because a node that looks for others may block for long. */
    private static Future<Colonnade> start(NodeConfig config, Optional<ConfigSource> source, Future<Void> ended) {
        var started = Promise.<Colonnade>promise();
        var thread = new Thread(() -> begin(config, source, ended, started), "colonnade-start");
        thread.setDaemon(true);
        thread.start();
        return started.future();
    }

    private static void begin(
            NodeConfig config, Optional<ConfigSource> source, Future<Void> ended, Promise<Colonnade> started) {
        try {
            new Startup(BindAddress.resolvedIn(config), source).run(ended, started);
        } catch (StartException refused) {
            started.tryFail(refused);
        } catch (Throwable defect) {
            started.tryFail(defect);
            throw defect;
        }
    }

    public Started info() {
        return info;
    }

    /** Completes when somebody asks the node over the admin port to stop. The caller then calls {@link #stop}. On any thread. */
    public Future<Void> stopAsked() {
        return stopAsked;
    }

    /**
     * Stops gracefully: leaves the selection, lets running exchanges finish for {@link NodeConfig#drainTimeout} at most, and leaves the
     * cluster. Never fails.
     */
    public Future<Void> stop() {
        var stopped = Promise.<Void>promise();
        draining.finish().onComplete(finished -> teardown.run().onComplete(stopped));
        return stopped.future();
    }

    /** Leaves the cluster as if the process had died. The process has to end after that. */
    public void halt() {
        cluster.halt();
    }
}
