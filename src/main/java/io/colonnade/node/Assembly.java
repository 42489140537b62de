package io.colonnade.node;

import io.colonnade.balancer.PublicPort;
import io.colonnade.cluster.Cluster;
import io.colonnade.cluster.Presence;
import io.colonnade.cluster.State;
import io.colonnade.core.Address;
import io.colonnade.core.Clock;
import io.colonnade.core.StatusSource;
import io.colonnade.node.lane.DescriptorWatch;
import io.colonnade.node.lane.EventLoops;
import io.colonnade.node.lane.Lanes;
import io.colonnade.node.lane.Parts;
import io.colonnade.node.lane.Tiers;
import io.colonnade.node.lane.VitalSigns;
import io.colonnade.node.reload.ConfigWatch;
import io.colonnade.node.settings.ConfigSource;
import io.colonnade.node.settings.NodeConfig;
import io.colonnade.node.settings.Reach;
import io.colonnade.routing.Routing;
import io.colonnade.store.Store;
import io.colonnade.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBusOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The second half of a node's start, in its order: from the tiers on top of the cluster and Vert.x until the node is ready. */
final class Assembly {
    private static final Logger log = LoggerFactory.getLogger(Assembly.class);
    private static final Duration BACKUPS_LIMIT = Duration.ofSeconds(1);
    private static final long LOOK_AT_JARS_MS = 5_000;

    private final Prepared node;
    private final NodeConfig config;
    private final Cluster cluster;
    private final Vertx vertx;
    private final EventLoops loops;
    private final Transport transport;
    private final Routing routing;
    private final Store store;
    private final JarWatch jars;

    Assembly(Prepared node, Cluster cluster, Vertx vertx, EventBusOptions bus) {
        this.node = node;
        this.config = node.config();
        this.cluster = cluster;
        this.vertx = vertx;
        loops = EventLoops.of(vertx);
        transport = new Transport(vertx, loops.bus(), bus, cluster, config.transport(), Clock.system());
        routing = new Routing(cluster, config.routing(), config.sites(), Clock.system());
        store = NodeDatabase.open(node, cluster, vertx);
        jars = new JarWatch(
                NodeArchives.ownArchive(),
                config.sites().stream()
                        .filter(site -> !site.bundled())
                        .map(site -> Path.of(site.jar()))
                        .toList());
        node.teardown().add("the transport", transport::close);
        node.teardown().add("the store", store::stop);
    }

    /** The store starts while the tiers are made. */
    Future<Colonnade> run() {
        var storeTried = loops.onBus(store::start);
        var tiers = new TierAssembly(node, vertx, loops, cluster, store, transport.topics());
        return vertx.executeBlocking(tiers::make)
                .compose(made -> storeTried.map(made))
                .compose(this::open);
    }

    private Future<Colonnade> open(Tiers tiers) {
        var nodeHeader = config.nodeHeaders() ? node.name() : null;
        var parts = new Parts(config, transport, routing, tiers, Clock.system(), nodeHeader);
        var lanes = new Lanes(loops, parts);
        cluster.start(transport, parts::load);
        var sites = new SiteAnnouncement(cluster, node.archives(), tiers.app(), config.sites(), Clock.system());
        sites.start();
        var draining = new Draining(vertx, cluster, parts);
        var watch = node.source().map(source -> watch(source, sites, parts, draining));
        var descriptors = new DescriptorWatch(tiers.publicPort());
        var stopClasses = vertx.executeBlocking(Executors.callable(StopClasses::load), false);
        return openAdmin(tiers, descriptors, watch)
                .compose(admin -> claimPublicPort(tiers).map(claimed -> new OpenPorts(admin, claimed)))
                .map(this::announced)
                .compose(ports -> deploy(lanes).map(ports))
                .compose(ports -> lanes.warmUp(vertx, cluster.snapshot()).map(ports))
                .compose(ports -> openPublicPort(tiers).map(ports))
                .compose(ports -> vertx.executeBlocking(() -> ports.withDns(openNameServer(tiers))))
                .compose(ports -> vertx.executeBlocking(this::awaitBackups).map(ports))
                .compose(ports -> stopClasses.map(ports))
                .onSuccess(ports -> watch.ifPresent(ConfigWatch::start))
                .onSuccess(ports -> watchVitalSigns(descriptors))
                .map(ports -> ready(draining, sites, ports));
    }

    private ConfigWatch watch(ConfigSource source, SiteAnnouncement sites, Parts parts, Draining draining) {
        var reconfiguration = new Reconfiguration(node.name(), cluster, sites, parts, draining);
        var watch = new ConfigWatch(vertx, source, Clock.system(), reconfiguration);
        node.teardown().add("the watch on the configuration file", watch::close);
        return watch;
    }

    private Future<Address> openAdmin(Tiers tiers, DescriptorWatch descriptors, Optional<ConfigWatch> watch) {
        var sources = new ArrayList<StatusSource>(
                List.of(node.tokenFile(), cluster, transport, tiers.webroots(), store, jars));
        sources.addAll(tiers.statusSources());
        sources.add(descriptors);
        watch.ifPresent(sources::add);
        return NodeAdmin.open(node, vertx, cluster, sources);
    }

    private static Future<Optional<Address>> claimPublicPort(Tiers tiers) {
        return tiers.publicPort()
                .map(port -> port.claim().map(Optional::of))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    /** Tells the other members where the ports are. */
    private OpenPorts announced(OpenPorts ports) {
        var reachable = ports.publicPort().map(claimed -> new Address(Reach.publicHost(config), claimed.port()));
        cluster.announceAddresses(ports.admin(), reachable.orElse(null));
        cluster.announcePresence(new Presence(Reach.addresses(config), null));
        return ports;
    }

    private Future<?> deploy(Lanes lanes) {
        node.teardown().add("the lanes", lanes::undeploy);
        return lanes.deploy();
    }

    private static Future<?> openPublicPort(Tiers tiers) {
        return tiers.publicPort().map(PublicPort::open).orElseGet(Future::succeededFuture);
    }

    private Optional<Address> openNameServer(Tiers tiers) {
        tiers.dns().ifPresent(dns -> node.teardown().addBlocking("the name server", dns::close));
        return tiers.dns().map(dns -> dns.open(Reach.nameServerAddresses(config), config.dnsPort()));
    }

    private boolean awaitBackups() {
        cluster.awaitBackups(BACKUPS_LIMIT);
        return true;
    }

    private Colonnade ready(Draining draining, SiteAnnouncement sites, OpenPorts ports) {
        Promise<Void> stopAsked = Promise.promise();
        cluster.announce(State.READY);
        cluster.onOrder(new OrderExecution(cluster, draining, stopAsked));
        var report = StartReport.of(node, cluster, sites, store, ports);
        sites.notReady().forEach(site -> log.warn("this node is ready, but its site {}", site));
        watchJars();
        return new Colonnade(report, cluster, draining, stopAsked.future(), node.teardown());
    }

    /** It ends with Vert.x. */
    private void watchJars() {
        vertx.setPeriodic(
                LOOK_AT_JARS_MS,
                id -> vertx.<Void>executeBlocking(() -> {
                    jars.look();
                    return null;
                }));
    }

    /** It ends first, as the end of a lane's event loop is no fault then. */
    private void watchVitalSigns(DescriptorWatch descriptors) {
        var signs = new VitalSigns(cluster, loops, descriptors);
        node.teardown().addBlocking("the watch on the lanes", signs::close);
        signs.start();
    }
}
