package io.colonnade;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The import table of ARCHITECTURE.md as data, for {@link ArchitectureTest}. A package is named without {@code io.colonnade}, and
 * stands for itself without its sub-packages. Its first part is its feature.
 */
final class ImportTable {
    /** A package, and what it may import. */
    record Row(String name, SortedSet<String> imports) {
        String feature() {
            return featureOf(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A library that only one package, with its sub-packages, may use. */
    record Owner(String name, String library) {}

    /**
     * What each package may import. The name of another feature permits what that feature shows to outsiders ({@link #SHOWN}), in
     * whichever of its sub-packages that is. Packages of the own feature are named one by one.
     */
    static final List<Row> ROWS = rows(
            """
            core:
            config:              core
            telemetry:           core
            security:            core
            site:
            cluster:             core security
            transport.frame:     core
            transport.wire:      transport.frame core
            transport.link:      transport.frame transport.wire cluster core
            transport.tunnel:    transport.frame transport.link core
            transport.received:  transport.frame transport.link transport.tunnel core
            transport.forwarded: transport.frame transport.link transport.tunnel core
            transport:           transport.frame transport.wire transport.link transport.received transport.forwarded cluster core
            routing:             cluster config core transport
            store.server:        config core
            store.topology:      store.server core
            store.pool:          store.server store.topology core
            store.migration:     store.server
            store.mariadb:       store.server core
            store.supervision:   store.server store.mariadb cluster core
            store.galera:        store.server store.mariadb store.supervision cluster core
            store.backup:        store.server store.mariadb store.migration store.galera core
            store:               store.server store.topology store.pool store.migration store.supervision store.galera cluster core
            balancer:            cluster core routing
            web:                 config core
            app.code:
            app.form:            core
            app.session:         cluster core
            app.verticle:
            app.websocket:       core
            app:                 app.code app.form app.session app.verticle app.websocket cluster config core site store
            dns:                 cluster config core security
            admin:               cluster config core security
            foobar:              site
            node.settings:       app balancer cluster config core dns routing security store telemetry transport web
            node.reload:         node.settings config core
            node.lane:           node.settings app balancer cluster config core dns routing transport web
            node:                node.settings node.reload node.lane admin app balancer cluster config core dns routing \
                                 security store telemetry transport web
            cli:                 node config core security store telemetry
            """);

    /**
     * What a feature shows to other features: the simple names of the public classes that they may use. All public classes of a feature
     * that is not named here may be used. A feature with sub-packages has to be named.
     */
    static final Map<String, SortedSet<String>> SHOWN = names(
            """
            app:       AppConfig AppTier Databases SiteException Sites
            store:     Database DatabaseConfig Operator Requester RequesterLocal SiteDatabase Store StoreConfig StoreException Transactions
            transport: Forwarder LaneTransport Transport TransportConfig
            node:      AdminUrls Colonnade ConfigSource NodeConfig OwnGalera StartException Version
            """);

    static final List<Owner> OWNERS = List.of(
            new Owner("cluster", "com.hazelcast.."),
            new Owner("cluster", "io.vertx.spi.cluster.hazelcast.."),
            new Owner("cluster", "io.vertx.core.spi.cluster.."),
            new Owner("store", "io.vertx.mysqlclient.."),
            new Owner("store", "org.flywaydb.."),
            new Owner("dns", "org.xbill.."),
            new Owner("config", "org.snakeyaml.."),
            new Owner("security", "org.bouncycastle.."),
            new Owner("cli", "picocli.."),
            new Owner("telemetry", "ch.qos.logback.."));

    /** The classes of each feature, by simple name, that use the event bus of Vert.x. Others use {@code core.Topics}. */
    static final Map<String, SortedSet<String>> EVENT_BUS = names(
            """
            app:       GuardedEventBus GuardedVertx
            node:      Assembly BusSettings Startup
            security:  NodeCertificate
            transport: BusTopics BusWrites DirectLines EventBusWire LaneReceiver LaneTransport Links Transport
            """);

    /**
     * The classes of each feature, by simple name, that use what Vert.x does not promise to keep: its packages named {@code impl} or
     * {@code internal}. A new version of Vert.x may break them.
     */
    static final Map<String, SortedSet<String>> VERTX_INTERNALS = names(
            """
            app:       App AppTier GuardedVertx LaneSite LaneWatch Sessions SiteCall SiteInstance SiteRequest WebSockets
            app:       Form FormUpload GuardedContext ListeningServer RouterRunner SiteDeployment SiteProgram SiteRunner SiteServers SiteVerticles VerticleRunner
            balancer:  ClientRequest Http1Pipeline
            cluster:   CombinedUpdates
            core:      GoingAway
            node:      EventLoops
            store:     GuardedConnection GuardedPool Monitor RequesterLocal ServerPool StatementGuard WaitQueue
            transport: BodyChunk DirectLine EventBusWire Fields FileBody ForwardedResponse Frame FrameDispatch Inflow LaneReceiver
            transport: LaneState LaneTransport Links Outflow ReceivedBody ReceivedExchange ReceivedFields ReceivedRequest ReceivedResponse
            transport: Transport TunnelChannel Upgrade
            web:       Body
            """);

    private static List<Row> rows(String lines) {
        return lines.lines().map(line -> new Row(key(line), words(line))).toList();
    }

    /** A name may have several lines. */
    private static Map<String, SortedSet<String>> names(String lines) {
        var names = new TreeMap<String, SortedSet<String>>();
        lines.lines().forEach(line -> names.computeIfAbsent(key(line), key -> new TreeSet<>())
                .addAll(words(line)));
        return names;
    }

    private static String key(String line) {
        return line.substring(0, line.indexOf(':'));
    }

    private static SortedSet<String> words(String line) {
        var words = line.substring(line.indexOf(':') + 1).strip();
        return words.isEmpty() ? new TreeSet<>() : new TreeSet<>(Set.of(words.split(" +")));
    }

    static String featureOf(String name) {
        return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    }

    private ImportTable() {}
}
