package io.colonnade.node.settings;

import io.colonnade.app.AppConfig;
import io.colonnade.balancer.BalancerConfig;
import io.colonnade.cluster.ClusterConfig;
import io.colonnade.config.Port;
import io.colonnade.config.Secret;
import io.colonnade.config.SiteConfig;
import io.colonnade.core.Address;
import io.colonnade.core.Role;
import io.colonnade.dns.DnsConfig;
import io.colonnade.routing.RoutingConfig;
import io.colonnade.store.server.DatabaseConfig;
import io.colonnade.store.server.StoreConfig;
import io.colonnade.telemetry.LogFormat;
import io.colonnade.telemetry.LogLevel;
import io.colonnade.transport.link.TransportConfig;
import io.colonnade.web.WebConfig;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Everything that can be configured about a node. Each component is a key of the YAML file in dashed form, documented in
 * {@code conf/colonnade.yaml}, and an environment variable ({@code COLONNADE_ADMIN_PORT}); from code, use {@link
 * io.colonnade.config.Settings}.
 *
 * @param name the node's name; empty for the name of a free folder under {@code data}, or a new name. Default empty
 * @param cluster the cluster that the node joins; nodes of other clusters are not seen. Default {@code colonnade}
 * @param roles what the node runs. Default all
 * @param port the public port; 0 for any free port. Nodes of one cluster on one machine share the port. Default 8080
 * @param adminPort the admin port, on loopback. Default 9080, or the next free one
 * @param adminTokenFile the file with the token that orders at the admin port need; it is made if there is none. Empty for {@code
 *     admin.token} in the node's folder. Default empty
 * @param clusterPort the port for the other members. Default 5701, or the next free one
 * @param dnsPort the port of the name server, UDP and TCP. Default 8053, or the next free one
 * @param publicBind the IP address of this machine at which the public port listens; empty for every address. Default empty
 * @param publicAddress the IP addresses at which clients reach this node; the name servers answer these addresses. Default
 *     {@code publicBind}; if that is empty, {@code bind}, because the balancer then listens at every address of the machine
 * @param join members to ask for the cluster, besides those on this machine; without a port, at 5701. Default none
 * @param found whether the node founds the cluster if {@code join} is given, nobody answers there, and its data directory never belonged
 *     to that cluster; without it such a node waits. Default false
 * @param bind this node's address for the other members; empty for the address that routes to the first of {@code join},
 *     or 127.0.0.1 if {@code join} is empty. Default empty
 * @param secret one or two secrets as {@code secret new} prints them; best given as {@code COLONNADE_SECRET}, or in a file.
 *     Default empty
 * @param secretFile a file that has the secrets; empty for the user's own if {@code join} and {@code bind} name loopback only. Default
 *     empty
 * @param data the directory of node folders and of the embedded database; several nodes may share it. Default {@code data}
 * @param database which database the node uses. Default embedded
 * @param databasePassword for {@code mysql://}; best given as {@code COLONNADE_DATABASE_PASSWORD}. Default empty
 * @param databasePasswordFile a file that has the password as its first line; empty for none. Default empty
 * @param sites the sites that the node serves; never empty, because without any site it is the bundled one
 * @param weight the node's share under weighted round-robin, 0 to 1000. Default 1
 * @param lanes event loops with one instance of each tier, 0 to 256; 0 for one per core. Default 0
 * @param drainTimeout how long exchanges may take to finish when the node stops; 0 s to 1 h. Default 30 s
 * @param nodeHeaders whether responses name the nodes that served them. Default true
 * @param logFormat Default text
 * @param logLevel Default info
 * @param clustering how members notice one another
 * @param warmUp what the node does before it is ready
 * @param transport how much of the exchanges between nodes may be on the way
 * @param routing how members are selected
 * @param balancer the public port's limits
 * @param web how static files are held
 * @param app sessions, and when site code is too slow
 * @param store how the database is used
 * @param dns how names are answered
 */
public record NodeConfig(
        String name,
        String cluster,
        Set<Role> roles,
        int port,
        Port adminPort,
        String adminTokenFile,
        Port clusterPort,
        Port dnsPort,
        String publicBind,
        List<String> publicAddress,
        List<Address> join,
        boolean found,
        String bind,
        Secret secret,
        String secretFile,
        String data,
        DatabaseConfig database,
        Secret databasePassword,
        String databasePasswordFile,
        List<SiteConfig> sites,
        int weight,
        int lanes,
        Duration drainTimeout,
        boolean nodeHeaders,
        LogFormat logFormat,
        LogLevel logLevel,
        ClusterConfig clustering,
        WarmUpConfig warmUp,
        TransportConfig transport,
        RoutingConfig routing,
        BalancerConfig balancer,
        WebConfig web,
        AppConfig app,
        StoreConfig store,
        DnsConfig dns) {

    private static final int DEFAULT_CLUSTER_PORT = 5701;

    public static final NodeConfig DEFAULTS = new NodeConfig(
            "",
            "colonnade",
            EnumSet.allOf(Role.class),
            8080,
            Port.from(9080),
            "",
            Port.from(DEFAULT_CLUSTER_PORT),
            Port.from(8053),
            "",
            List.of(),
            List.of(),
            false,
            "",
            Secret.NONE,
            "",
            "data",
            DatabaseConfig.DEFAULTS,
            Secret.NONE,
            "",
            List.of(),
            1,
            0,
            Duration.ofSeconds(30),
            true,
            LogFormat.TEXT,
            LogLevel.INFO,
            ClusterConfig.DEFAULTS,
            WarmUpConfig.DEFAULTS,
            TransportConfig.DEFAULTS,
            RoutingConfig.DEFAULTS,
            BalancerConfig.DEFAULTS,
            WebConfig.DEFAULTS,
            AppConfig.DEFAULTS,
            StoreConfig.DEFAULTS,
            DnsConfig.DEFAULTS);

    public NodeConfig {
        NodeChecks.name("name", name, true);
        NodeChecks.name("cluster", cluster, false);
        NodeChecks.atLeastOne("roles", roles);
        NodeChecks.range("port", port, 0, 65535);
        NodeChecks.oneAddress("bind", bind);
        NodeChecks.ownAddress("public-bind", publicBind);
        publicAddress = List.copyOf(publicAddress);
        publicAddress.forEach(address -> NodeChecks.address("public-address", address));
        NodeChecks.secret(secret, secretFile);
        if (secret.isEmpty() && secretFile.isEmpty()) {
            NodeChecks.loopback("bind", bind);
            join.forEach(address -> NodeChecks.loopback("join", address.host()));
        }
        join = join.stream().map(NodeConfig::atDefaultPort).toList();
        NodeChecks.notEmpty("data", data);
        store = database.over(store);
        sites = NodeSites.complete(sites, bind);
        NodeChecks.range("weight", weight, 0, 1000);
        NodeChecks.range("lanes", lanes, 0, 256);
        NodeChecks.range("drain-timeout", drainTimeout, Duration.ZERO, Duration.ofHours(1));
    }

    private static Address atDefaultPort(Address address) {
        return address.port() == 0 ? new Address(address.host(), DEFAULT_CLUSTER_PORT) : address;
    }
}
