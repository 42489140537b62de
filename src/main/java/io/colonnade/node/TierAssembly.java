package io.colonnade.node;

import io.colonnade.app.AppTier;
import io.colonnade.app.Sites;
import io.colonnade.balancer.PublicPort;
import io.colonnade.cluster.Cluster;
import io.colonnade.cluster.NameServer;
import io.colonnade.cluster.Presence;
import io.colonnade.core.Clock;
import io.colonnade.core.Role;
import io.colonnade.core.Topics;
import io.colonnade.dns.DnsTier;
import io.colonnade.node.lane.EventLoops;
import io.colonnade.node.lane.Tiers;
import io.colonnade.node.settings.NodeConfig;
import io.colonnade.node.settings.Reach;
import io.colonnade.store.Store;
import io.colonnade.web.Webroots;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes what the lanes share of each tier that the node runs. */
final class TierAssembly {
    private final Prepared node;
    private final NodeConfig config;
    private final Vertx vertx;
    private final EventLoops loops;
    private final Cluster cluster;
    private final Store store;
    private final Topics topics;

    TierAssembly(Prepared node, Vertx vertx, EventLoops loops, Cluster cluster, Store store, Topics topics) {
        this.node = node;
        this.config = node.config();
        this.vertx = vertx;
        this.loops = loops;
        this.cluster = cluster;
        this.store = store;
        this.topics = topics;
    }

    /** Blocks, because it reads the archives and the classes of the sites. */
    Tiers make() {
        var webroots = webroots();
        var app = ifRuns(Role.APP, this::appTier);
        app.ifPresent(tier -> node.teardown().addBlocking("the sites", tier::close));
        var publicPort = ifRuns(Role.BALANCER, this::publicPort);
        publicPort.ifPresent(port -> node.teardown().addBlocking("the public port", port::release));
        return new Tiers(webroots, app, publicPort, ifRuns(Role.DNS, this::dnsTier));
    }

    private <T> Optional<T> ifRuns(Role role, Supplier<T> tier) {
        return config.roles().contains(role) ? Optional.of(tier.get()) : Optional.empty();
    }

    private Webroots webroots() {
        var webroots = new Webroots(vertx, config.web(), node.folder().path().resolve("webroot"));
        node.teardown().addBlocking("the static files", webroots::close);
        if (config.roles().contains(Role.WEB)) {
            node.archives().addTo(webroots);
        }
        return webroots;
    }

    private AppTier appTier() {
        var marks = new StartMarks(
                node.folder().path().resolve("starting"),
                node.archives().releases(),
                StartMarks.thisBoot(),
                Clock.system());
        node.teardown().addBlocking("the marks of starts", marks::close);
        var databases = NodeArchives.databases(node.archives().sites(), store);
        var sites = Sites.load(node.archives().sites(), databases, node.folder().libraries(), marks);
        var sessions = cluster.map("colonnade.sessions", config.app().sessionIdle());
        var tier = new AppTier(
                config.app(),
                node.name(),
                config.nodeHeaders(),
                loops.lanes().size(),
                loops.starts(),
                sites,
                sessions,
                topics);
        tier.pingWebSocketsAfter(config.balancer().websocketPing());
        return tier;
    }

    private PublicPort publicPort() {
        return new PublicPort(vertx, config.balancer(), Reach.publicPort(config), config.cluster(), cluster);
    }

    private DnsTier dnsTier() {
        return new DnsTier(config.dns(), node.name(), cluster, this::announce, Clock.system());
    }

    private void announce(NameServer nameServer) {
        cluster.announcePresence(new Presence(Reach.addresses(config), nameServer));
    }
}
