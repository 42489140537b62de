package io.colonnade.architecture;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The import table of ARCHITECTURE.md as data, for {@link ArchitectureTest}. A package is named without {@code io.colonnade}, and stands for itself without its sub-packages.
 * Its first part is its feature.
 */
final class ImportTable {
    /**
     * A package and what it may import. The name of another feature permits what that feature shows to outsiders ({@link #SHOWN}), in whichever of its sub-packages that is.
     * Packages of the own feature are named one by one.
     */
    record Row(String name, SortedSet<String> imports) {
        String feature() {
            return featureOf(name);
        }

        @Override
        public String toString() {
            return name.isEmpty() ? "io.colonnade" : name;
        }
    }

    static final List<Row> ROWS = List.of(
            row("core"),
            row("config", "core"),
            row("telemetry"),
            row("security", "core"),
            row("site"),
            row("cluster", "core", "security"),
            row("transport", "cluster", "core"),
            row("routing", "cluster", "config", "core", "transport"),
            row("store", "cluster", "config", "core"),
            row("balancer", "cluster", "core", "routing"),
            row("web", "config", "core"),
            row("app", "cluster", "config", "core", "site", "store"),
            row("dns", "cluster", "config", "core"),
            row("admin", "cluster", "config", "core"),
            row("foobar", "site"),
            row(
                    "",
                    "admin",
                    "app",
                    "balancer",
                    "cluster",
                    "config",
                    "core",
                    "dns",
                    "routing",
                    "security",
                    "store",
                    "telemetry",
                    "transport",
                    "web"),
            row("cli", "", "config", "core", "security", "store", "telemetry"));

    /**
     * What a feature shows to other features: the simple names of its public classes that they may use. All public classes of a feature that is not named here may be used,
     * so a feature with sub-packages has to be named.
     */
    static final Map<String, Set<String>> SHOWN = Map.of(
            "store",
                    Set.of(
                            "Database",
                            "DatabaseConfig",
                            "Operator",
                            "Requester",
                            "SiteDatabase",
                            "Store",
                            "StoreConfig",
                            "StoreException",
                            "Transactions"),
            "transport", Set.of("Forwarder", "LaneTransport", "Transport", "TransportConfig"));

    /** Libraries that only one package, with its sub-packages, may use. */
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

    record Owner(String name, String library) {}

    /** The classes, by simple name, that use the event bus of Vert.x. Others use {@code core.Topics}. */
    static final Set<String> EVENT_BUS = Set.of(
            "Assembly",
            "BusTopics",
            "DirectLines",
            "EventBusWire",
            "GuardedEventBus",
            "GuardedVertx",
            "LaneReceiver",
            "LaneTransport",
            "NodeCertificate",
            "Startup",
            "Transport");

    /** The classes, by simple name, that use what Vert.x does not promise to keep (packages named {@code impl} or {@code internal}). A new version of Vert.x may break them. */
    static final Set<String> VERTX_INTERNALS = Set.of(
            "AppTier",
            "Assembly",
            "Body",
            "DirectLine",
            "Downstream",
            "EventBusWire",
            "EventLoops",
            "Fields",
            "FileBody",
            "Form",
            "ForwardedExchange",
            "Frame",
            "GoingAway",
            "Guard",
            "GuardedVertx",
            "Inflow",
            "LaneReceiver",
            "LaneSite",
            "LaneTransport",
            "LaneWatch",
            "Link",
            "Monitor",
            "Outflow",
            "Piece",
            "ReceivedExchange",
            "ReceivedRequest",
            "ReceivedResponse",
            "ReceivedUpload",
            "RequestHost",
            "Requester",
            "RequesterLocal",
            "Sessions",
            "SiteDatabase",
            "SiteInstance",
            "SiteRequest",
            "Together",
            "Transport",
            "TunnelChannel",
            "Turns",
            "Upgrade",
            "WebSocketDeflate");

    private static Row row(String name, String... imports) {
        return new Row(name, new TreeSet<>(Set.of(imports)));
    }

    static String featureOf(String name) {
        return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    }

    private ImportTable() {}
}
