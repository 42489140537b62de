package io.colonnade.node;

import io.colonnade.node.lane.EventLoops;
import io.colonnade.node.lane.Lane;
import io.colonnade.node.lane.Parts;
import io.colonnade.node.lane.WarmUp;
import io.colonnade.node.reload.ConfigWatch;
import io.colonnade.node.settings.ConfigSource;
import io.colonnade.node.settings.DatabasePassword;
import io.colonnade.node.settings.NodeConfig;
import io.colonnade.node.settings.Reach;
import io.colonnade.node.settings.StartException;
import io.colonnade.admin.AdminServer;
import io.colonnade.admin.Status;
import io.colonnade.app.AppTier;
import io.colonnade.app.Sites;
import io.colonnade.balancer.PublicPort;
import io.colonnade.cluster.Cluster;
import io.colonnade.cluster.Load;
import io.colonnade.cluster.NameServer;
import io.colonnade.cluster.Presence;
import io.colonnade.cluster.State;
import io.colonnade.core.Address;
import io.colonnade.core.Clock;
import io.colonnade.core.Role;
import io.colonnade.core.StatusSource;
import io.colonnade.dns.DnsTier;
import io.colonnade.routing.Routing;
import io.colonnade.security.Secrets;
import io.colonnade.store.Store;
import io.colonnade.store.server.Database;
import io.colonnade.transport.Transport;
import io.colonnade.web.Webroots;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.internal.ContextInternal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The second half of a node's start: the tiers on top of cluster and Vert.x, until the node is ready. */
final class Assembly {
    /** The public port is open on every address of the machine. */
    private static final String PUBLIC_HOST = "0.0.0.0";

    private static final Duration BACKUPS_LIMIT = Duration.ofSeconds(1);

    private final NodeConfig config;
    private final Optional<ConfigSource> source;
    private final NodeFolder folder;
    private final NodeArchives archives;
    private final Cluster cluster;
    private final Secrets secrets;
    private final Vertx vertx;
    private final Teardown teardown;
    private final Transport transport;
    private final Routing routing;
    private final Store store;
    private final EventLoops loops;
    private final Promise<Void> stopAsked = Promise.promise();

    Assembly(
            NodeConfig config,
            Optional<ConfigSource> source,
            NodeFolder folder,
            NodeArchives archives,
            Cluster cluster,
            Secrets secrets,
            Vertx vertx,
            EventBusOptions bus,
            Teardown teardown) {
        this.config = config;
        this.source = source;
        this.folder = folder;
        this.archives = archives;
        this.cluster = cluster;
        this.secrets = secrets;
        this.vertx = vertx;
        this.teardown = teardown;
        loops = EventLoops.of(vertx);
        transport = new Transport(vertx, loops.bus(), bus, cluster, config.transport(), Clock.system());
        routing = new Routing(cluster, config.routing(), config.sites(), Clock.system());
        var registry = cluster.map("colonnade.database", Duration.ZERO);
        store = Store.open(vertx, config.store(), database(), registry, Clock.system());
        teardown.add("the transport", transport::close);
        teardown.add("the store", store::stop);
    }

    Future<Colonnade> run() {
        var databaseTried = on(loops.bus(), store::start);
        return vertx.executeBlocking(this::parts).compose(parts -> databaseTried.compose(tried -> open(parts)));
    }

    private Database database() {
        if (config.database().isGalera()) {
            return OwnGalera.of(config, folder, secrets, cluster);
        }
        return config.database().isEmbedded()
                ? new Database.Embedded(
                        Path.of(config.data()),
                        folder.name(),
                        config.bind(),
                        config.roles().contains(Role.DB))
                : new Database.External(config.database(), DatabasePassword.of(config));
    }

    /** Makes the tiers' parts; blocks, as it reads the sites' archives and classes. */
    private Parts parts() {
        var webroots = new Webroots(vertx, config.web(), folder.path().resolve("webroot"));
        teardown.addBlocking("the static files", webroots::close);
        if (config.roles().contains(Role.WEB)) {
            archives.addTo(webroots);
        }
        var app = Optional.of(Role.APP).filter(config.roles()::contains).map(role -> appTier());
        app.ifPresent(tier -> teardown.addBlocking("the sites", tier::close));
        var port = Optional.of(Role.BALANCER).filter(config.roles()::contains).map(role -> publicPort());
        port.ifPresent(claim -> teardown.addBlocking("the public port", claim::release));
        var dns = Optional.of(Role.DNS).filter(config.roles()::contains).map(role -> dnsTier());
        var nodeHeader = config.nodeHeaders() ? folder.name() : null;
        return new Parts(config, transport, routing, webroots, app, port, dns, Clock.system(), nodeHeader);
    }

    private AppTier appTier() {
        var sites = Sites.load(config.sites(), NodeArchives.databases(config.sites(), store));
        var sessions = cluster.map("colonnade.sessions", config.app().sessionIdle());
        return new AppTier(config.app(), folder.name(), config.nodeHeaders(), sites, sessions, transport.topics());
    }

    private PublicPort publicPort() {
        var wanted = new Address(PUBLIC_HOST, config.port());
        return new PublicPort(vertx, config.balancer(), wanted, config.cluster(), cluster);
    }

    private DnsTier dnsTier() {
        return new DnsTier(config.dns(), folder.name(), cluster, this::announcePresence, Clock.system());
    }

    private void announcePresence(@Nullable NameServer nameServer) {
        cluster.announcePresence(new Presence(Reach.addresses(config), nameServer));
    }

    private Future<Colonnade> open(Parts parts) {
        cluster.start(transport, () -> load(parts));
        cluster.announceSites(archives.hosted(config.sites()));
        var draining = new Draining(vertx, cluster, parts);
        var watch = source.map(from -> watch(from, parts, draining));
        return openAdmin(parts, watch).compose(admin -> claim(parts).compose(claimed -> {
            cluster.announceAddresses(admin, claimed.map(this::reachable).orElse(null));
            announcePresence(null);
            return deploy(parts)
                    .compose(lanes -> warmUp(lanes))
                    .compose(warm -> openPort(parts))
                    .compose(open -> vertx.executeBlocking(() -> openDns(parts)))
                    .compose(dns -> vertx.executeBlocking(this::awaitBackups)
                            .onSuccess(safe -> watch.ifPresent(ConfigWatch::start))
                            .map(safe -> ready(draining, started(admin, claimed, dns))));
        }));
    }

    private Optional<Address> openDns(Parts parts) {
        parts.dns().ifPresent(dns -> teardown.addBlocking("the name server", dns::close));
        return parts.dns().map(dns -> dns.open(Reach.nameServerAddresses(config), config.dnsPort()));
    }

    private ConfigWatch watch(ConfigSource from, Parts parts, Draining draining) {
        var applying = new Reconfiguration(folder.name(), cluster, archives, parts, draining);
        var watch = new ConfigWatch(vertx, from, Clock.system(), applying);
        teardown.add("the watch on the configuration file", watch::close);
        return watch;
    }

    private boolean awaitBackups() {
        cluster.awaitBackups(BACKUPS_LIMIT);
        return true;
    }

    private Colonnade ready(Draining draining, Colonnade.Started started) {
        cluster.announce(State.READY);
        cluster.onOrder(new OrderExecution(cluster, draining, stopAsked));
        return new Colonnade(started, cluster, draining, stopAsked.future(), teardown);
    }

    private Future<Address> openAdmin(Parts parts, Optional<ConfigWatch> watch) {
        var sources = new ArrayList<StatusSource>(List.of(cluster, transport, parts.webroots(), store));
        parts.publicPort().ifPresent(sources::add);
        parts.app().ifPresent(sources::add);
        parts.dns().ifPresent(sources::add);
        watch.ifPresent(sources::add);
        var status = new Status(Version.current(), folder.name(), config.cluster(), cluster, sources);
        return new AdminServer(vertx, status, cluster::order, this::isReady)
                .listen(config.adminPort())
                .map(AdminServer.Listening::address)
                .recover(cause -> Future.failedFuture(new StartException(
                        "the admin port " + config.adminPort() + " cannot be opened (" + cause.getMessage()
                                + "); choose another with --admin-port",
                        cause)));
    }

    private boolean isReady() {
        var snapshot = cluster.snapshot();
        return snapshot.member(snapshot.self())
                .filter(self -> self.state() == State.READY)
                .isPresent();
    }

    /** Where others find the public port, which is open at every address. */
    private Address reachable(Address claimed) {
        return new Address(config.bind(), claimed.port());
    }

    private static Future<Optional<Address>> claim(Parts parts) {
        return parts.publicPort()
                .map(port -> port.claim().map(Optional::of))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    private Future<List<Lane>> deploy(Parts parts) {
        var lanes = new ArrayList<Lane>();
        var deployments = new ArrayList<Future<?>>();
        for (var i = 0; i < loops.lanes().size(); i++) {
            lanes.add(new Lane(i, parts));
            deployments.add(deploy(lanes.get(i), loops.lanes().get(i)));
        }
        return Future.all(deployments).map(lanes);
    }

    private Future<?> warmUp(List<Lane> lanes) {
        var snapshot = cluster.snapshot();
        var self = snapshot.member(snapshot.self()).orElseThrow();
        var others = snapshot.members().stream().anyMatch(other -> other.state() == State.READY && other.heard());
        var timeLimit = others
                ? config.warmUp().timeLimit()
                : config.warmUp().timeLimit().dividedBy(10);
        var warmUps = new ArrayList<Future<?>>();
        for (var i = 0; i < lanes.size() && !timeLimit.isZero(); i++) {
            var lane = lanes.get(i);
            warmUps.add(on(loops.lanes().get(i), () -> WarmUp.run(lane, vertx, self, config.sites(), timeLimit)));
        }
        return Future.join(warmUps);
    }

    private static Future<?> openPort(Parts parts) {
        return parts.publicPort().map(PublicPort::open).orElseGet(Future::succeededFuture);
    }

    /** Vert.x's own deployment would choose the event loop; a lane needs one that is not the bus's. */
    private Future<?> deploy(Lane lane, ContextInternal context) {
        teardown.add("a lane", () -> on(context, () -> lane.undeploy(context)));
        return on(context, () -> lane.deploy(context));
    }

    private static Future<?> on(ContextInternal context, java.util.function.Supplier<Future<?>> action) {
        Promise<Object> done = Promise.promise();
        context.runOnContext(v -> action.get().<Object>mapEmpty().onComplete(done));
        return done.future();
    }

    private Load load(Parts parts) {
        return new Load(
                parts.app().map(AppTier::served).orElse(0L),
                parts.app().map(AppTier::inFlight).orElse(0),
                parts.publicPort().map(PublicPort::requests).orElse(0L),
                parts.publicPort().map(PublicPort::errors).orElse(0L),
                routing.selected());
    }

    private Colonnade.Started started(Address admin, Optional<Address> publicAddress, Optional<Address> dns) {
        return new Colonnade.Started(
                folder.name(),
                config.roles(),
                config.cluster(),
                cluster.snapshot().members().size(),
                publicAddress.map(this::urls).orElse(List.of()),
                "http://" + admin,
                dns.map(Address::toString).orElse(""),
                databaseInWords());
    }

    /** For each site its first host that this machine knows without a name server, if it has one. */
    private List<String> urls(Address address) {
        return config.sites().stream()
                .map(site -> site.hosts().stream()
                        .filter(host -> host.endsWith("localhost"))
                        .findFirst()
                        .orElse(site.hosts().get(0)))
                .map(host -> "http://" + host + ":" + address.port() + "/")
                .toList();
    }

    private String databaseInWords() {
        var status = store.status();
        return status.getString("kind") + ", " + (store.available() ? status.getString("address") : "away; trying on");
    }
}
